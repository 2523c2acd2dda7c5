"""One call makes the line for people, for the journal and for programs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.journal import Form, FormFormatter, Secrets, line
from gatewatch.journal.formats import priority

AT = datetime(2023, 11, 22, 14, 0, 0, 250_000, tzinfo=UTC)


def said(form: Form, message: object, *arguments: object, level: int = logging.INFO, secrets: Secrets | None = None, fault: bool = False) -> str:
    record = logging.LogRecord("gatewatch.x", level, "", 0, message, arguments, sys.exc_info() if fault else None)
    record.created = AT.timestamp()
    return FormFormatter(form, secrets).format(record)


ALERT = line("alert", rule="fi-closure", count=4, title="Finland closes", country=None, channels=("desk", "mail"))


def test_people_get_key_and_value_with_the_time() -> None:
    assert said(Form.PLAIN, ALERT) == (
        "time=2023-11-22T14:00:00Z level=info event=alert rule=fi-closure count=4"
        ' title="Finland closes" channels=desk,mail'
    )


def test_the_journal_gets_a_priority_and_no_second_time() -> None:
    assert said(Form.JOURNAL, line("stopped")) == "<6>level=info event=stopped"


def test_programs_get_one_object_with_values_as_they_are() -> None:
    assert json.loads(said(Form.JSON, ALERT)) == {
        "time": "2023-11-22T14:00:00.250Z",
        "level": "info",
        "event": "alert",
        "rule": "fi-closure",
        "count": 4,
        "title": "Finland closes",
        "channels": ["desk", "mail"],
    }


def test_moments_and_paths_are_told_as_text() -> None:
    told = json.loads(said(Form.JSON, line("x", path=Path("/state"), at=AT, well=True)))
    assert (told["path"], told["at"], told["well"]) == ("/state", "2023-11-22 14:00:00.250000+00:00", True)


def test_libraries_speak_in_the_same_form_with_their_name() -> None:
    assert said(Form.JOURNAL, "took %d s\n", 3, level=logging.WARNING) == (
        '<4>level=warning logger=gatewatch.x message="took 3 s\\u000a"'
    )
    assert json.loads(said(Form.JSON, "took %d s", 3))["message"] == "took 3 s"


def test_words_and_arguments_that_do_not_fit_are_told_nevertheless() -> None:
    assert 'message="took %d s"' in said(Form.PLAIN, "took %d s", "long", "too long")


@pytest.mark.parametrize(
    ("level", "number"),
    [(logging.DEBUG, 7), (logging.INFO, 6), (logging.WARNING, 4), (logging.ERROR, 3), (logging.CRITICAL, 2)],
)
def test_levels_are_priorities_of_syslog(level: int, number: int) -> None:
    assert priority(level) == number


def test_every_line_of_a_traceback_has_its_priority_and_none_can_be_forged() -> None:
    try:
        raise ValueError("bad feed\n<0>level=info event=alert")
    except ValueError:
        told = said(Form.JOURNAL, line("fault"), level=logging.ERROR, fault=True).splitlines()
    assert told[0] == "<3>level=error event=fault"
    assert len(told) > 3
    assert {each[:5] for each in told[1:]} == {"<3>| "}


def test_the_traceback_is_a_field_for_programs() -> None:
    try:
        raise ValueError("bad feed")
    except ValueError:
        told = json.loads(said(Form.JSON, line("fault"), level=logging.ERROR, fault=True))
    assert told["traceback"].startswith("Traceback")
    assert told["traceback"].endswith("ValueError: bad feed")


@pytest.mark.parametrize("form", list(Form))
def test_secrets_stand_in_no_field_no_message_and_no_traceback(form: Form) -> None:
    secrets = Secrets(['s3cr3t"päss'])
    try:
        raise ValueError('s3cr3t"päss')
    except ValueError as fault:
        told = said(form, line("fault", error=repr(fault), which=('s3cr3t"päss',)), fault=True, secrets=secrets)
        told += said(form, "said %s", 's3cr3t"päss', fault=True, secrets=secrets)
    assert "s3cr3t" not in told
    assert "\u00e4ss" not in told


@given(st.text(st.characters(exclude_categories=())))
def test_any_title_comes_back_whole_from_json_and_reaches_no_terminal(title: str) -> None:
    told = said(Form.JSON, line("alert", title=f".{title}"))
    assert told.isprintable()
    assert json.loads(told)["title"] == Secrets().masked(f".{title}")
