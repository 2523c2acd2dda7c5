"""Searches at aggregators of news, written as a query and polled at an address."""

from __future__ import annotations

from urllib.parse import urlencode

AGGREGATORS = ("google-news", "gdelt")


def address(kind: str, query: str, language: str | None, country: str | None) -> str:
    """Where an aggregator answers `query`. For Google language and country say whose edition is searched; in GDELT
    both are part of the query (`sourcelang:finnish`)."""
    if kind == "google-news":
        language, country = language or "en", country or ("GB" if language in (None, "en") else language.upper())
        edition = {"hl": language, "gl": country, "ceid": f"{country}:{language}"}
        return "https://news.google.com/rss/search?" + urlencode({"q": query} | edition, safe=":")
    if kind == "gdelt":
        asked = {"query": query, "mode": "artlist", "format": "json", "sort": "datedesc", "maxrecords": "100"}
        return "https://api.gdeltproject.org/api/v2/doc/doc?" + urlencode(asked | {"timespan": "1d"}, safe=":")
    return ""
