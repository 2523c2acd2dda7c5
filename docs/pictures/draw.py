"""Draws docs/slack.png and docs/mail.png: what a local webhook and a local mail server really received.

Needs chromium (apt-get install chromium fonts-lato fonts-roboto fonts-noto-color-emoji). Run by `make pictures`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

HERE = Path(__file__).parent
DOCS = HERE.parent
sys.path.insert(0, str(DOCS.parent / "tests"))

from alerts.far_ends import mail_server, webhook  # noqa: E402
from alerts.specimens import SPECIMENS, TOLD  # noqa: E402
from gatewatch.alerts.channels import open_channel  # noqa: E402
from gatewatch.alerts.messages import render  # noqa: E402
from gatewatch.alerts.results import Ending  # noqa: E402
from gatewatch.model import Channel  # noqa: E402

HELSINKI = ZoneInfo("Europe/Helsinki")
SHOWN = ("new", "count")


def send(channel: Channel, secret: str | None) -> None:
    sink = open_channel(channel, secret)
    for kind in SHOWN:
        result = sink.send(render(SPECIMENS[kind], sink.family, TOLD, sink.budget, HELSINKI))
        assert result.ending is Ending.DELIVERED, result


def slack_payloads() -> list[dict[str, Any]]:
    with webhook() as far_end:
        send(Channel("desk", "slack", secret="slack-webhook"), far_end.address)
        return far_end.received


def mails() -> list[dict[str, str]]:
    with mail_server() as box:
        options: dict[str, Any] = {"host": "127.0.0.1", "port": box.port, "security": "none"}
        options |= {"from": "Gatewatch <gatewatch@example.org>", "to": ("duty@example.org",)}
        send(Channel("duty-mail", "email", options=options), None)
        received = box.received
    found = []
    for message in received:
        body = message.get_body(("html",))
        assert body is not None
        found.append({name: str(message[name]) for name in ("Subject", "From", "To")} | {"html": body.get_content()})
    return found


def mrkdwn(text: str) -> Markup:
    """As Slack shows it: links, bold, italics, code, quotes. `text` holds &amp; &lt; &gt; already."""
    shown = escape(text.replace("&lt;", "\0l").replace("&gt;", "\0g").replace("&amp;", "&"), quote=False)
    shown = re.sub(r"&lt;(https?://[^|]*?)\|(.*?)&gt;", r'<a href="\1">\2</a>', shown)
    shown = shown.replace("\0l", "&lt;").replace("\0g", "&gt;")
    shown = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", shown)
    shown = re.sub(r"(?<![\w\u2060])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w\u2060])", r"<b>\1</b>", shown)
    shown = re.sub(r"(?<![\w\u2060])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w\u2060])", r"<i>\1</i>", shown)
    shown = re.sub(r"^&gt; (.*)$", r"<blockquote>\1</blockquote>", shown, flags=re.MULTILINE)
    shown = shown.replace(":hourglass:", "⌛")
    return Markup(shown.replace("\n", "<br>"))


def shoot(page: str, picture: Path, width: int, height: int) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("chromium is missing: apt-get install chromium fonts-lato fonts-roboto fonts-noto-color-emoji")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
        size = ["--force-device-scale-factor=1.5", f"--window-size={width},{height}"]
        command = [chromium, *options, *size, f"--screenshot={picture}", file.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    print(picture)


def main() -> None:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    environment.filters["mrkdwn"] = mrkdwn
    slack = environment.get_template("slack.html.j2").render(messages=slack_payloads())
    shoot(slack, DOCS / "slack.png", 1180, 950)
    mail = environment.get_template("mail.html.j2").render(mails=mails())
    shoot(mail, DOCS / "mail.png", 1120, 870)


if __name__ == "__main__":
    main()
