from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gatewatch.sources.encoding import clean_xml, decode

FORBIDDEN = ["\x00", "\x0b", "\x1f", "\ufffe", "&#0;", "&#x1F;", "&#xFFFE;", "&#xD800;", "&#99999999;"]


@pytest.mark.parametrize("character", FORBIDDEN)
def test_characters_that_xml_forbids_do_not_stop_a_strict_parser(character: str) -> None:
    text = clean_xml(f'\n<?xml version="1.0" encoding="utf-16"?>\n<a>Raja{character} suljetaan</a>')
    assert ElementTree.fromstring(text).text == "Raja suljetaan"


@pytest.mark.parametrize("reference", ["&#228;", "&#xE4;", "&#x1F600;", "&#10;", "&amp;"])
def test_references_that_xml_allows_are_left_alone(reference: str) -> None:
    assert clean_xml(f"<a>{reference}</a>") == f"<a>{reference}</a>"


@pytest.mark.parametrize("name", ["rot13", "hex", "no-such-thing", "undefined", "utf-8", ""])
def test_a_declaration_that_names_no_encoding_is_passed_over(name: str) -> None:
    assert decode("itäraja".encode("cp1252"), f"text/xml; charset={name}") == "itäraja"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(encoding: str) -> None:
    assert decode("<rss>Граница</rss>".encode(encoding), None) == "<rss>Граница</rss>"


@pytest.mark.parametrize("before", [b"", b" " * 5_000, b"<script>" + b"x" * 5_000 + b"</script>"])
def test_the_charset_of_a_web_page_is_found_behind_its_scripts(before: bytes) -> None:
    page = before + b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert "граница" in decode(page + "граница".encode("cp1251"), "text/html; charset=iso-8859-1")
