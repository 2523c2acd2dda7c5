from __future__ import annotations

import shlex

from hypothesis import given
from hypothesis import strategies as st

from gatewatch.journal import line


def test_values_with_spaces_are_quoted_and_empty_ones_left_out() -> None:
    assert line("alert", rule="fi-closure", title="Finland closes", country=None) == (
        'event=alert rule=fi-closure title="Finland closes"'
    )


@given(st.text())
def test_no_title_breaks_a_line_or_reaches_the_terminal(title: str) -> None:
    assert line("alert", title=title).isprintable()


@given(st.text(alphabet="ab \"'=\\\n", min_size=1))
def test_a_title_cannot_forge_another_field(title: str) -> None:
    fields = shlex.split(line("alert", title=title, rule="r"))
    assert [field.partition("=")[0] for field in fields] == ["event", "title", "rule"]
    assert fields[1] == "title=" + title.replace("\n", "\\u000a")
