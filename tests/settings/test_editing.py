"""Sources are added to config.toml as a careful hand would: everything else stays as it is, to the byte."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.settings import InvalidSettings, load, shipped_config
from gatewatch.settings import editing as editing_module
from gatewatch.settings.editing import CannotEdit, add_sources, source_block, with_sources

from .conftest import CONFIG, Place

NEW: dict[str, Any] = {"id": "new", "name": 'The "New" \\ Österreich', "url": "https://new.example/rss", "official": True}
BLOCK = '[[source]]\nid = "new"\nname = "The \\"New\\" \\\\ Österreich"\nurl = "https://new.example/rss"\nofficial = true\n'

FIRST = '[[source]]\nid = "a"\nurl = "https://a.example"\n'
CHANNEL = '[[channel]]\nname = "c"\ntype = "console"\n'
HEADING = "# === Channels ===\n"


@pytest.mark.parametrize(
    ("before", "behind", "after"),
    [
        (FIRST, "", ""),
        (FIRST.rstrip(), "", ""),
        (FIRST, "\n" + HEADING + CHANNEL, "\n" + HEADING + CHANNEL),
        (FIRST, HEADING + CHANNEL, "\n" + HEADING + CHANNEL),
        (FIRST + '# every = "5m"\n', "\n" + CHANNEL, "\n" + CHANNEL),
        (FIRST, CHANNEL, "\n" + CHANNEL),
        (FIRST, "\n\n\n", "\n\n\n"),
        (FIRST + 'kind = "page"\n[source.list]\nrows = "li"\n', "\n" + CHANNEL, "\n" + CHANNEL),
        (CHANNEL, "", ""),
        ("", "", ""),
        ("\ufeff" + FIRST, "\n" + CHANNEL, "\n" + CHANNEL),
        (CHANNEL + "\n" + FIRST, "\n# the end\n", "\n# the end\n"),
    ],
    ids=[
        "at the end of the file",
        "where the last line is not ended",
        "before the heading of what comes next",
        "before a heading that follows at once",
        "behind a comment that belongs to the last source",
        "where the next table follows at once",
        "before blank lines at the end",
        "behind the layout of the last source",
        "where there is no source yet",
        "in an empty file",
        "behind a byte order mark",
        "before a gap and a closing remark",
    ],
)
def test_a_source_is_added_behind_the_last_one(before: str, behind: str, after: str) -> None:
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    new = with_sources(before + behind, [NEW])
    assert new is not None
    assert new == before + gap + BLOCK + after


def test_lines_end_as_they_do_in_the_file() -> None:
    text = (FIRST + "\n" + CHANNEL).replace("\n", "\r\n")
    new = with_sources(text, [NEW])
    assert new is not None
    assert new == text.replace("\r\n\r\n", "\r\n\r\n" + BLOCK.replace("\n", "\r\n") + "\r\n")


def test_a_layout_that_stands_far_below_its_source_keeps_its_source() -> None:
    """A [source.list] belongs to the [[source]] before it, whatever stands between them."""
    text = FIRST + 'kind = "page"\n\n' + CHANNEL + '[source.list]\nrows = "li"\n'
    new = with_sources(text, [NEW])
    assert new is not None
    assert new.startswith(text)
    assert [source.get("list") for source in tomllib.loads(new)["source"]] == [{"rows": "li"}, None]


def test_sources_that_are_written_inside_brackets_are_left_alone() -> None:
    assert with_sources('source = [{id = "a", url = "https://a.example"}]\n' + CHANNEL, [NEW]) is None


def test_the_tables_of_a_page_come_behind_its_keys() -> None:
    table = {"id": "p", "json": {"title": "t", "rows": "a.b"}, "kind": "page"}
    assert source_block(table) == '[[source]]\nid = "p"\nkind = "page"\n[source.json]\ntitle = "t"\nrows = "a.b"\n'


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.dictionaries(st.sampled_from(["id", "name", "url", "query"]), TEXTS | st.booleans(), min_size=1))
def test_whatever_a_value_holds_it_reads_as_it_was_meant(table: dict[str, Any]) -> None:
    text = shipped_config().read_text(encoding="utf-8")
    new = with_sources(text, [table])
    assert new is not None
    assert tomllib.loads(new)["source"][-1] == table
    place = new.index(source_block(table))
    assert new[:place].rstrip("\n") + new[place:].removeprefix(source_block(table)).rstrip("\n") == text.rstrip("\n")


def test_the_file_loads_with_what_was_added(place: Place) -> None:
    add_sources(place.config, [NEW])
    assert [source.id for source in load(place.config).sources] == ["raja-fi", "new"]
    assert not list(place.path.glob(".*"))


def test_what_would_not_load_leaves_the_file_as_it_was_and_says_why(place: Place) -> None:
    with pytest.raises(InvalidSettings) as refused:
        add_sources(place.config, [NEW | {"country": "Finland"}])
    [problem] = refused.value.problems
    assert (problem.path, problem.line) == (place.config, 10)
    assert "names a country" in problem.what or "names no country" in problem.what
    assert place.config.read_text() == CONFIG
    assert not list(place.path.glob(".*"))


def test_the_mode_of_the_file_stays(place: Place) -> None:
    place.config.chmod(0o640)
    add_sources(place.config, [NEW])
    assert stat.S_IMODE(place.config.stat().st_mode) == 0o640


def test_a_link_stays_a_link(place: Place) -> None:
    real = place.path / "elsewhere" / "real.toml"
    real.parent.mkdir()
    place.config.rename(real)
    place.config.symlink_to(real)
    add_sources(place.config, [NEW])
    assert place.config.is_symlink()
    assert 'id = "new"' in real.read_text()


def test_an_edit_by_somebody_else_in_between_is_not_lost(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = CONFIG + "# theirs\n"

    def load_slowly(path: Path) -> None:
        place.config.write_text(theirs)

    monkeypatch.setattr(editing_module, "load", load_slowly)
    with pytest.raises(CannotEdit, match="changed by somebody else"):
        add_sources(place.config, [NEW])
    assert place.config.read_text() == theirs


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_may_not_be_written_is_told(place: Place) -> None:
    place.path.chmod(0o500)
    try:
        with pytest.raises(CannotEdit, match="can not be written"):
            add_sources(place.config, [NEW])
    finally:
        place.path.chmod(0o700)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotEdit, match="can not be read"):
        add_sources(tmp_path / "config.toml", [NEW])
