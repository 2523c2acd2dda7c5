"""Secrets are hidden in whatever form they turn up; what is no secret stays readable."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatewatch.journal import Secrets

HOOK = "https://hooks.slack.com/services/T00AA/B00BBCC/s3cr3tTokenXYZ"


@pytest.mark.parametrize(
    "text",
    [
        f"POST {HOOK} failed",
        'connectionpool: "POST /services/T00AA/B00BBCC/s3cr3tTokenXYZ HTTP/1.1" 404',
        "no such webhook: s3cr3tTokenXYZ",
        f"redirected to https://elsewhere.example/?from={quote(HOOK, safe='')}",
    ],
)
def test_the_address_of_a_webhook_gives_itself_away_in_no_part(text: str) -> None:
    masked = Secrets([HOOK]).masked(text)
    assert "s3cr3t" not in masked
    assert "***" in masked


def test_the_plain_words_of_an_address_stay_readable() -> None:
    told = "the services of hooks.slack.com answer with HTTP 404"
    assert Secrets([HOOK]).masked(told) == told


def test_tokens_stand_where_other_services_have_their_host() -> None:
    secrets = Secrets(["tgram://987654321:AAbbCCddEEff/44556677", "ntfy://olga:geheim@ntfy.example/finland-1"])
    masked = secrets.masked("bot AAbbCCddEEff, chat 44556677, olga:geheim@ntfy.example said no to geheim")
    assert masked == "bot ***, chat ***, ***@ntfy.example said no to ***"


@pytest.mark.parametrize("secret", ['pa"ss\\wörd 1', "p@ss/word?x=1", "ключ-от-двери"])
def test_a_secret_is_found_however_others_have_quoted_it(secret: str) -> None:
    forms = [secret, quote(secret, safe=""), repr(secret), json.dumps(secret), base64.b64encode(secret.encode()).decode()]
    masked = Secrets([secret]).masked(" | ".join(forms))
    assert not any(form.strip("'\"") in masked for form in forms)


def test_a_short_password_is_hidden_where_it_stands_alone() -> None:
    masked = Secrets(["cat"]).masked("AUTH cat failed, category kept")
    assert masked == "AUTH *** failed, category kept"


def test_passwords_and_tokens_in_addresses_that_nobody_called_secret_are_hidden_too() -> None:
    masked = Secrets().masked("GET https://me:pw@feed.example/rss?owner=463&api_key=abc&sig=1 failed; see https://a.example/b@c")
    assert masked == "GET https://***@feed.example/rss?owner=463&api_key=***&sig=*** failed; see https://a.example/b@c"


def test_what_was_hidden_before_a_reload_stays_hidden() -> None:
    secrets = Secrets(["old-password-1"])
    secrets.hide(["new-password-2"])
    assert secrets.masked("old-password-1 new-password-2") == "*** ***"


@given(st.lists(st.text(min_size=6), min_size=1, max_size=4), st.text(), st.text())
def test_no_secret_of_six_characters_or_more_survives(secrets: list[str], before: str, after: str) -> None:
    masked = Secrets(secrets).masked(before + secrets[0] + after)
    assert secrets[0] not in masked or set(secrets[0]) <= {"*"}


@given(st.text())
def test_without_secrets_text_without_addresses_is_left_alone(text: str) -> None:
    if "://" not in text and "=" not in text:
        assert Secrets().masked(text) == text
