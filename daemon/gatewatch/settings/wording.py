"""pydantic's complaints in plain words, each with the place that it belongs to."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gatewatch.settings.known import Known, nearest, shown, suggestion
from gatewatch.settings.positions import Loc
from gatewatch.settings.toml_file import Finding, TomlFile
from gatewatch.settings.values import COMPLAINT, SECRETS_STAY_OUT, Table

Model = TypeVar("Model", bound=Table)

_EXPECTED = {
    "string_type": "a text in quotes",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false, without quotes",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
}
_SECRETIVE = {"url", "webhook", "webhook_url", "password", "pass", "token", "api_key", "key"}


def validate(model: type[Model], file: TomlFile, known: Known) -> tuple[Model | None, list[Finding]]:
    """What a file says as `model`, or None and every reason why not."""
    try:
        return model.model_validate(file.data, context=known), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        misspelt = {meant for each in details if (meant := _meant(each, model))}
        return None, [_finding(each, model) for each in details if each["loc"] not in misspelt]


def _meant(error: ErrorDetails, model: type[BaseModel]) -> Loc | None:
    """The key that an unknown one was meant to be: that it is missing is not said a second time."""
    if error["type"] != "extra_forbidden":
        return None
    *above, key = error["loc"]
    near = nearest(str(key), _keys(_model_at(model, tuple(above))))
    return (*above, near) if near else None


def _finding(error: ErrorDetails, model: type[BaseModel]) -> Finding:
    loc, given = error["loc"], error["input"]
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    match error["type"]:
        case "missing":
            return Finding(loc[:-1], f"{_table(loc[:-1])} has no `{key}`")
        case "extra_forbidden":
            return Finding(loc, f"unknown key `{key}`", _about_unknown(key, loc[:-1], model), on_key=True)
        case kind if kind == COMPLAINT:
            ctx = error["ctx"]
            return Finding(loc, f"`{key}` {ctx['what']}", ctx["hint"])
        case "greater_than_equal":
            return Finding(loc, f"`{key}` has to be {error['ctx']['ge']} or more, not {shown(given)}")
        case "less_than_equal":
            return Finding(loc, f"`{key}` has to be {error['ctx']['le']} or less, not {shown(given)}")
        case "tuple_type" if isinstance(given, dict):
            return Finding(loc, f"[{key}] needs two brackets", f"Write [[{key}]]: there can be several")
    expected = _EXPECTED.get(error["type"])
    if expected is None:
        return Finding(loc, f"`{key}`: {error['msg'].lower()}")
    return Finding(loc, f"`{key}` has to be {expected}, not {_kind(given)}")


def _about_unknown(key: str, above: Loc, model: type[BaseModel]) -> str:
    """What the author may have meant: a key spelled right, one that belongs elsewhere, or no key at all."""
    here = _keys(_model_at(model, above))
    if near := nearest(key, here):
        return f"Did you mean `{near}`?"
    if key in _keys(model) and above:
        # In TOML all that follows a [[table]] belongs to it, however it is indented.
        return "It belongs at the top of the file, above the first [table]"
    if key in _SECRETIVE and "secret" in here:
        return SECRETS_STAY_OUT
    return suggestion(key, here)


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model of the table at `loc`; numbers and the free keys of a mapping lead no deeper."""
    for part in loc:
        for name, field in model.model_fields.items():
            if (field.alias or name) == part:
                model = _nested(field.annotation) or model
                break
    return model


def _nested(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _nested(each))), None)


def _table(loc: Loc) -> str:
    """A table as its header or key is written."""
    names = ".".join(part for part in loc if isinstance(part, str))
    if not names:
        return "the file"
    return f"[[{names}]]" if isinstance(loc[-1], int) else f"`{loc[-1]}`"


def _kind(value: object) -> str:
    match value:
        case str():
            return f"the text {shown(value)}"
        case list():
            return "a list"
        case dict():
            return "a table"
    return shown(value)
