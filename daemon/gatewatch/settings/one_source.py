"""A single [[source]] that stands in no file yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gatewatch.model import Gazetteer, Source
from gatewatch.settings.known import Known
from gatewatch.settings.source_table import SourceTable, source_in


class InvalidSource(Exception):
    """The table is no source. Says why, in one line for each mistake."""


def source_of(table: Mapping[str, Any], every: timedelta, places: Gazetteer | None = None) -> Source:
    """The source that `table` describes; `every` is for one that doesn't say. Raises InvalidSource."""
    countries = None if places is None else [country.code for country in places.countries]
    try:
        written = SourceTable.model_validate(table, context=Known(countries=countries))
    except ValidationError as error:
        raise InvalidSource("\n".join(map(_complaint, error.errors(include_url=False)))) from None
    return source_in(written, every)


def _complaint(error: ErrorDetails) -> str:
    key = ".".join(map(str, error["loc"]))
    told = error.get("ctx", {})
    what, hint = told.get("what", error["msg"]), told.get("hint", "")
    return f"`{key}` {what}. {hint}".rstrip()
