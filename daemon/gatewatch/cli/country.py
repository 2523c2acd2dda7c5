"""COUNTRY as people type it: a code that the places file knows, in any case."""

from __future__ import annotations

from difflib import get_close_matches

import click

from gatewatch.settings import Settings


def country_or_usage(written: str | None, settings: Settings) -> str | None:
    """The code in capitals; None where none is asked for. Raises `click.UsageError` for one that nobody knows."""
    if written is None:
        return None
    known = [country.code for country in settings.gazetteer.countries]
    code = written.upper()
    if code not in known:
        near = get_close_matches(code, known, n=1)
        raise click.UsageError(f"no country {written!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return code
