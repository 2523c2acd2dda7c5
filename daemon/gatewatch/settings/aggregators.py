"""Searches at aggregators of news, written as a query and polled at an address."""

from __future__ import annotations

from urllib.parse import urlencode

AGGREGATORS = ("google-news", "gdelt")


#: The country whose edition of Google News is written in a language. The source's own country does not
#: matter here: there is no English edition of Norway.
_EDITIONS = {"en": "GB", "sv": "SE", "et": "EE"}


def address(kind: str, query: str, language: str | None) -> str:
    """Where an aggregator answers `query`. For Google the language says whose edition is searched; in GDELT languages
    are part of the query (`sourcelang:finnish`)."""
    if kind == "google-news":
        language = language or "en"
        country = _EDITIONS.get(language, language.upper())
        edition = {"hl": language, "gl": country, "ceid": f"{country}:{language}"}
        return "https://news.google.com/rss/search?" + urlencode({"q": query} | edition, safe=":")
    if kind == "gdelt":
        asked = {"query": query, "mode": "artlist", "format": "json", "sort": "datedesc", "maxrecords": "100"}
        return "https://api.gdeltproject.org/api/v2/doc/doc?" + urlencode(asked | {"timespan": "1d"}, safe=":")
    return ""
