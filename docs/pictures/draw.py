"""Draws docs/slack.png and docs/mail.png from what was really sent: `make pictures`.

Two alerts go through the real channels to a webhook and a mail server on 127.0.0.1; a headless browser shows what
arrived there. Slack's own page can't be had, so its blocks are drawn by `slack.html`.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.alerts.far_ends import mail_server, webhook  # noqa: E402

from gatewatch.alerts.channels import open_channel  # noqa: E402
from gatewatch.alerts.messages import render  # noqa: E402
from gatewatch.model import Alert, AlertKind, Channel, Confirmation, Link, Point, Severity  # noqa: E402

NOW = datetime(2023, 11, 22, 15, 34, tzinfo=UTC)

CLOSURE = Alert(
    id="5d1c8a4e90b2",
    story="b7f3a1c04d5e",
    kind=AlertKind.NEW,
    rule="fi-closure",
    says="Finland closes its border or a crossing",
    severity=Severity.CRITICAL,
    at=NOW,
    title="Hallitus sulkee kaikki itärajan ylityspaikat Raja-Jooseppia lukuun ottamatta",
    quote="Valtioneuvosto päätti sulkea Kuusamon, Sallan ja Vartiuksen rajanylityspaikat 24. marraskuuta alkaen.",
    url="https://raja.example/uutiset/2023-11-22",
    source="Finnish Border Guard",
    country="FI",
    event="closure_announced",
    language="fi",
    published=NOW - timedelta(minutes=2),
    official=True,
    facts=("all crossings but Raja-Jooseppi", "border with Russia", "from 24 November 2023", "until 23 December 2023"),
    items=("i1",),
    confirmation=Confirmation.OFFICIAL,
    known=(
        "16 November: closure announced: Vaalimaa, Nuijamaa, Imatra, Niirala, from 18 November 2023",
        "14 November: closure considered",
    ),
    links=(Link("Helsinki Bulletin", "https://bulletin.example/1"), Link("Saimaan Päivälehti", "https://saimaa.example/2")),
)
LIGHTS = {"🔴": "#d0312d", "🟠": "#e08a1e", "🟡": "#e3c31c", "🔵": "#2f6fb3", "⚪": "#c4c9d1"}
DAILY = (3, 5, 4, 9, 13, 20, 39, 55, 71, 67, 66, 72, 39, 126)
ARRIVALS = replace(
    CLOSURE,
    id="c41f07be22d9",
    story="e08d55a1f6c7",
    rule="fi-arrivals-day",
    says="More than 100 arrivals in one day in Finland",
    severity=Severity.HIGH,
    title="Over a hundred asylum seekers came across the eastern border on Wednesday",
    quote="On Wednesday 126 asylum seekers arrived at the eastern border, the Border Guard says.",
    language="en",
    event=None,
    count=126,
    confirmation=None,
    facts=("126 asylum seekers in a day",),
    known=(),
    links=(),
    points=tuple(Point(date(2023, 11, 9) + timedelta(days=n), value) for n, value in enumerate(DAILY)),
)


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Drawing needs a browser: apt-get install chromium")
    blocks, mails = sent()
    with tempfile.TemporaryDirectory() as folder:
        page = (HERE / "slack.html").read_text(encoding="utf-8")
        shown = "\n".join(slack_message(block) for block in blocks)
        draw(browser, Path(folder), page.replace("<!-- messages -->", shown), "slack.png", 700, 830)
        both = "".join(f'<iframe srcdoc="{html.escape(mail)}"></iframe>' for mail in mails)
        frames = (HERE / "mail.html").read_text(encoding="utf-8").replace("<!-- mails -->", both)
        draw(browser, Path(folder), frames, "mail.png", 1240, 800)


def sent() -> tuple[list[dict[str, Any]], list[str]]:
    """What arrived at the webhook, and the HTML that arrived at the mail server."""
    with webhook() as slack, mail_server() as mailbox:
        options = {"host": "127.0.0.1", "port": mailbox.port, "security": "none", "from": "gatewatch@desk.example"}
        mail = Channel("duty-mail", "email", options={**options, "to": ("duty@desk.example",)})
        for channel, secret in ((Channel("desk", "slack", "slack-webhook"), slack.address), (mail, None)):
            sink = open_channel(channel, secret)
            for alert in (CLOSURE, ARRIVALS):
                result = sink.send(render(alert, sink.family, NOW, sink.budget))
                assert result.ending == "delivered", result
        return slack.received, [body.get_content() for body in map(html_of, mailbox.received)]


def html_of(mail: Any) -> Any:
    return mail.get_body(("html",))


def slack_message(told: dict[str, Any]) -> str:
    inner = "".join(block(each) for each in told["blocks"])
    for attachment in told.get("attachments", ()):
        inner += f'<div class="attachment" style="border-color:{attachment["color"]}">'
        inner += "".join(block(each) for each in attachment["blocks"]) + "</div>"
    return (
        '<div class="message"><div class="avatar">G</div><div class="body"><div class="who"><b>Gatewatch</b>'
        f'<span class="app">APP</span><span class="time">17:34</span></div>{inner}</div></div>'
    )


def block(told: dict[str, Any]) -> str:
    match told["type"]:
        case "header":
            light, _, words = told["text"]["text"].partition(" ")  # fonts without emoji show a box
            dot = f'<i style="background:{LIGHTS.get(light, "#888")}"></i>'
            return f'<div class="header">{dot}{html.escape(words)}</div>'
        case "context":
            return '<div class="context">' + "<br>".join(mrkdwn(each["text"]) for each in told["elements"]) + "</div>"
        case "section" if "fields" in told:
            fields = "".join(f"<div>{mrkdwn(each['text'])}</div>" for each in told["fields"])
            return f'<div class="fields">{fields}</div>'
        case "section":
            return f'<div class="section">{mrkdwn(told["text"]["text"])}</div>'
    raise ValueError(json.dumps(told))


def mrkdwn(text: str) -> str:
    """Slack's markup as HTML, as far as our messages use it. What arrived is escaped already."""
    text = re.sub(r"<(https?://[^|>]+)\|([^>]+)>", r'<a href="\1">\2</a>', text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?!\w)", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\w)_\(([^_\n]+)\)_", r"<i>(\1)</i>", text)
    text = text.replace(":hourglass:", "⌛")
    text = re.sub(r"^&gt; (.*)$|^> (.*)$", r"<blockquote>\1\2</blockquote>", text, flags=re.MULTILINE)
    return text.replace("\n", "<br>")


def draw(browser: str, folder: Path, page: str, name: str, width: int, height: int) -> None:
    source = folder / "page.html"
    source.write_text(page, encoding="utf-8")
    target = HERE.parent / name
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5"]
    subprocess.run(
        [browser, *options, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},{height}",
         f"--screenshot={target}", source.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    print(target)


if __name__ == "__main__":
    main()
