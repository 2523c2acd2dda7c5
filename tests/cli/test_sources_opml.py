"""`gatewatch sources import` and `export`: lists of feeds go out and come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatewatch.settings import load

from .watching import REST, Watch

OPML = """<opml version="1.0"><body>
<outline text="Finland">
  <outline type="rss" text="Yle Uutiset" xmlUrl="https://yle.example/rss" language="fi"/>
  <outline type="rss" text="Yle Uutiset" xmlUrl="https://yle.example/other"/>
</outline>
<outline text="There already" xmlUrl="http://www.first.example/rss/"/>
<outline text="Twice" xmlUrl="https://yle.example/rss"/>
</body></opml>
"""


def opml(watch: Watch, text: str) -> str:
    path = watch.path / "feeds.opml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_feeds_that_are_not_there_yet_are_added_each_once(watch: Watch) -> None:
    told = watch.call("import", opml(watch, OPML)).stdout
    assert "2 added, 2 there already, 0 left out" in told
    assert watch.added() == (
        '[[source]]\nid = "yle-uutiset"\nname = "Yle Uutiset"\nurl = "https://yle.example/rss"\nlanguage = "fi"\n\n'
        '[[source]]\nid = "yle-uutiset-2"\nname = "Yle Uutiset"\nurl = "https://yle.example/other"'
    )


def test_a_second_import_adds_nothing(watch: Watch) -> None:
    watch.call("import", opml(watch, OPML))
    before = watch.config.read_text()
    assert "0 added, 4 there already" in watch.call("import", opml(watch, OPML)).stdout
    assert watch.config.read_text() == before


def test_a_dry_run_shows_what_would_be_added_and_adds_nothing(watch: Watch) -> None:
    before = watch.config.read_text()
    told = watch.call("import", opml(watch, OPML), "--dry-run").stdout
    assert 'id = "yle-uutiset-2"' in told
    assert "2 would be added" in told
    assert watch.config.read_text() == before


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://a.example/rss", "begins with https:// or http://"),
        ("feed://a.example/rss", "begins with https:// or http://"),
        ("file:///etc/passwd", "begins with https:// or http://"),
        ("https://me:hunter2@a.example/rss", "holds a name or password"),
    ],
)
def test_an_address_that_can_not_be_polled_is_left_out_with_its_line(watch: Watch, url: str, told: str) -> None:
    path = opml(watch, OPML.replace("https://yle.example/other", url))
    result = watch.call("import", path, exit_code=1)
    assert result.stderr.startswith(f"{path}:4: left out: `url` ")
    assert told in result.stderr
    assert "hunter2" not in result.output
    assert "1 added, 2 there already, 1 left out" in result.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OPML.replace("</outline>", ""), ":8: not valid XML: mismatched tag"),
        ('<!DOCTYPE opml [\n<!ENTITY a "b">\n]>\n' + OPML, ":2: declares entities"),
        ("<opml><body/></opml>", ": names no feeds"),
        ("<html/>", ":1: not an OPML file"),
    ],
)
def test_a_file_that_is_no_opml_adds_nothing_and_says_where(watch: Watch, text: str, told: str) -> None:
    before = watch.config.read_text()
    path = opml(watch, text)
    assert f"{path}{told}" in watch.call("import", path, exit_code=1).stderr
    assert watch.config.read_text() == before


FULL = """[[source]]
id = "raja-fi"
name = "Rajavartiolaitos & \\"others\\""
url = "https://raja.example/rss?a=1&b=2"
country = "FI"
language = "fi"
official = true
every = "5m"
full_text = "on_hint"

[[source]]
id = "plain"
name = "Plain"
url = "http://plain.example/rss"

"""


def test_what_was_exported_comes_back_as_it_was(watch: Watch, tmp_path: Path) -> None:
    watch.config.write_text(FULL + REST)
    before = load(watch.config).sources
    watch.call("export", "--output", str(tmp_path / "out.opml"))
    watch.polls()
    watch.call("import", str(tmp_path / "out.opml"))
    assert load(watch.config).sources[1:] == before


PAGE = '[[source]]\nid = "a-page"\nurl = "https://page.example/"\nkind = "page"\n\n'
SEARCH = '[[source]]\nid = "a-search"\nkind = "google-news"\nquery = "border"\n\n'
KEY = '[[source]]\nid = "private"\nurl = "https://private.example/rss?token=hunter2"\n\n'


def test_what_is_no_feed_and_what_holds_a_key_is_left_out_and_told(watch: Watch) -> None:
    watch.config.write_text(FULL + PAGE + SEARCH + KEY + REST)
    told = watch.call("export")
    assert told.stdout.count("xmlUrl") == 2
    assert "left out, no feeds: a-page, a-search" in told.stderr
    assert "left out, their address holds a key: private" in told.stderr
    assert "hunter2" not in told.output


def test_no_secret_of_a_channel_gets_into_an_export(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWATCH_HOOK", "hunter2")
    watch.config.write_text(FULL + '[[channel]]\nname = "desk"\ntype = "slack"\nsecret = "hook"\n[[route]]\nto = "desk"\n')
    told = watch.call("export").output
    assert "hunter2" not in told
    assert "hook" not in told


def test_a_file_that_can_not_be_written_is_told(watch: Watch, tmp_path: Path) -> None:
    told = watch.call("export", "--output", str(tmp_path / "nowhere" / "out.opml"), exit_code=1)
    assert "can not be written: No such file or directory" in told.stderr
