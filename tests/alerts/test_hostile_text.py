"""What feeds could try, in each field that they have a say in, as it arrives at real far ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gatewatch.alerts.channels import open_channel
from gatewatch.alerts.messages import Budget, Family, render
from gatewatch.alerts.results import Ending
from gatewatch.model import Alert, Channel, Link

from .far_ends import mail_server, webhook
from .samples import NOW, an_alert

#: One after the other in one text, so that each field has to stand all of them.
ATTACKS = (
    "<!channel> <!here|x> <@U123> <#C1> @here @everyone @channel <https://evil.example|bank>",
    "*bold* _it_ ~struck~ `code` ```block```",
    "[click](https://evil.example) ![i](https://evil.example/i.png) **b** # h\n- item\n> quote\n---",
    "</title></style><script>alert(1)</script><img src=x onerror=alert(1)> ]]> <!-- \" onmouseover=\"x",
    "\r\nBcc: victim@example.org\r\n\r\nbody\n.\r\nQUIT\r\n",
    "{{ 7 * 7 }} {% for x in range(9) %}{{ x }}{% endfor %} {{ ''.__class__ }} ${7*7} {# gone #}",
    "a\u2028b\u2029c\x85d \u202eright\u202c \u2066iso\u2069 nul\x00 esc\x1b[31m \ud83d half \ufeff \x0b",
    "👨‍👩‍👧 🇫🇮 é e\u0301",
)
HOSTILE = " ".join(ATTACKS)

FIELDS = ("title", "quote", "source", "url", "language", "facts", "change", "known", "links", "says", "country", "event")

#: What no far end may get from a feed, in whatever field.
UNSEEN = set("\x00\x1b\x0b\x85\u2028\u2029\u202e\u202c\u2066\u2069\ufeff\ud83d")


def with_hostile(field: str, text: str = HOSTILE) -> Alert:
    match field:
        case "facts" | "known":
            return an_alert(**{field: (text, text)})
        case "links":
            return an_alert(links=(Link(text, f"https://e.example/{text}"), Link("x", "javascript:alert(1)")))
        case "url":
            return an_alert(url=f"https://e.example/{text}")
    return an_alert(**{field: text})


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)


@pytest.mark.parametrize("field", FIELDS)
def test_slack_gets_words_only(field: str) -> None:
    alert = with_hostile(field)
    with webhook() as far_end:
        sink = open_channel(Channel("desk", "slack"), far_end.address)
        assert sink.send(render(alert, sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
    for text in strings(far_end.received[0]):
        assert not set(text) & UNSEEN
        assert not re.search(r"@(here|everyone|channel)\b", text)
        for found in re.findall(r"<[^>]*>", text):
            assert re.fullmatch(r"<https://(raja|e)\.example/[^<>|\s]*\|[^<>]*>", found)
        words = re.sub(r"<https://[^|>]*\|", "", text)
        assert not re.search(r"(?<!\u2060)~struck", words) or text.startswith("🔴")  # the header is plain text
        assert not re.search(r"\{\{ 49|012345678", text)


@pytest.mark.parametrize("field", FIELDS)
def test_a_webhook_gets_one_line_without_hidden_characters(field: str) -> None:
    with webhook() as far_end:
        sink = open_channel(Channel("hook", "webhook"), far_end.address)
        assert sink.send(render(with_hostile(field), sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
    told = far_end.received[0]
    for text in strings(told):
        assert not set(text) & UNSEEN
    for text in strings({name: value for name, value in told.items() if name != "text"}):
        assert len(text.splitlines()) <= 1
    assert "javascript:" not in [link["url"][:11] for link in told["links"]]


@pytest.mark.parametrize("field", FIELDS)
def test_a_mailbox_gets_one_mail_with_our_headers_and_our_tags(field: str) -> None:
    with mail_server() as box:
        sink = open_channel(mail(box.port), None)
        assert sink.send(render(with_hostile(field), sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
        clean = open_channel(mail(box.port), None)
        clean.send(render(an_alert(**{field: getattr(with_hostile(field, "words"), field)}), sink.family, NOW, sink.budget))
    assert len(box.raw) == 2
    assert box.recipients == ["duty@example.org"] * 2
    hostile, harmless = box.received
    assert hostile.keys() == harmless.keys()
    assert len(str(hostile["Subject"])) <= 150
    assert not hostile.defects
    for name, value in hostile.items():
        assert not set(str(value)) & (UNSEEN | set("\r\n")), name
    parts = [hostile.get_body((kind,)) for kind in ("plain", "html")]
    plain, page = (str(part.get_content()) for part in parts if part is not None)
    assert not set(plain + page) & UNSEEN
    tree = LexborHTMLParser(page)
    assert not tree.css("script, img, iframe, form")
    for node in tree.css("*"):
        assert not any(name.startswith("on") for name in node.attributes)
    for link in tree.css("a"):
        assert str(link.attributes["href"]).startswith(("https://raja.example/", "https://e.example/"))


def mail(port: int) -> Channel:
    options: dict[str, str | int | bool | tuple[str, ...]] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "from": "Gatewatch <gate@example.org>",
        "to": ("duty@example.org",),
    }
    return Channel("duty", "email", options=options)


def test_titles_of_50_kb_arrive_short_everywhere() -> None:
    alert = an_alert(title=HOSTILE * 200, source=HOSTILE * 200, change=HOSTILE * 200, known=(HOSTILE * 200,))
    with webhook() as slack, webhook() as hook, mail_server() as box:
        for channel, secret in (
            (Channel("desk", "slack"), slack.address),
            (Channel("hook", "webhook"), hook.address),
            (mail(box.port), None),
        ):
            sink = open_channel(channel, secret)
            assert sink.send(render(alert, sink.family, NOW, sink.budget)).ending is Ending.DELIVERED
    assert all(len(text) <= 5000 for text in strings(slack.received[0]))
    assert sum(map(len, strings(hook.received[0]))) <= 25_000
    assert len(box.raw[0]) <= 60_000


#: What must not stand bare in a body, by family, once our own links are taken out.
BARE = {
    Family.MRKDWN: re.compile(r"<|(?<![\w\u2060])[~](?=\w)"),
    Family.MARKDOWN: re.compile(r"(?<!\\)(?:\\\\)*[<]|(?<!\\)(?:\\\\)*!\["),
    Family.HTML: re.compile(r"<(?:script|img|iframe|b onload)", re.IGNORECASE),
    Family.PLAIN: re.compile(r"@(?:here|everyone|channel|all)\b", re.IGNORECASE),
}

anything = st.one_of(st.text(max_size=200), st.lists(st.sampled_from([*HOSTILE, *ATTACKS]), max_size=40).map("".join))


@settings(max_examples=150)
@given(family=st.sampled_from(list(Family)), field=st.sampled_from(FIELDS), text=anything, room=st.integers(200, 6000))
def test_any_text_in_any_field_is_escaped_and_keeps_the_budget(family: Family, field: str, text: str, room: int) -> None:
    alert = replace(with_hostile(field, text), story="s1")
    message = render(alert, family, NOW, Budget(title=150, body=room))
    assert len(message.body) <= room
    assert "a1b2c3" in message.body
    assert len(message.title.splitlines()) == 1
    for said in (message.title, message.body):
        if family is not Family.HTML or said is message.body:  # a subject is no HTML
            assert not BARE[family].search(re.sub(r"<?https?://[^\s|>]*", "", said)), said
        said.encode()
        assert not set(said) & UNSEEN
