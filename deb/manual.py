"""Prints gatewatch(1), made of what `--help` says. Argument: the version."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import click

from gatewatch.cli import main

HEAD = """.TH GATEWATCH 1 "" "gatewatch {version}" "User Commands"
.SH NAME
gatewatch \\- alerts on border news, within minutes and once
.SH SYNOPSIS
.B gatewatch
.I COMMAND
[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...
.SH DESCRIPTION
Polls news feeds and press pages, reads what they say about border crossings and arrivals, matches that against rules,
and delivers alerts. As a service it runs by
.BR "systemctl enable --now gatewatch" .
.SH COMMANDS
"""

TAIL = """.SH EXIT STATUS
0 right, 1 found something wrong, 2 wrong usage, 78 bad configuration.
.SH FILES
.TP
.I /etc/gatewatch/config.toml
sources, channels and routes
.TP
.I /etc/gatewatch/rules/
the rules, and words that replace the shipped ones
.TP
.I /etc/gatewatch/secrets/NAME
the secret NAME, for root alone (mode 0600)
.TP
.I /var/lib/gatewatch/
the database
.SH ENVIRONMENT
.TP
.B GATEWATCH_CONFIG
the settings, where no --config is given
.TP
.B CREDENTIALS_DIRECTORY
where systemd puts secrets
.SH SEE ALSO
.BR systemctl (1),
/usr/share/doc/gatewatch/
"""


def manual(version: str) -> str:
    """The whole page."""
    return HEAD.format(version=_plain(version)) + "".join(_commands(main, [])) + TAIL


def _commands(group: click.Group, above: list[str]) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        path = [*above, name]
        yield from _command(command, path)
        if isinstance(command, click.Group):
            yield from _commands(command, path)


def _command(command: click.Command, path: list[str]) -> Iterator[str]:
    context = click.Context(command, info_name=" ".join(path))
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_plain(' '.join(path))} {_plain(usage)}\n{_paragraphs(command.help or '')}"
    for parameter in command.get_params(context):
        told = parameter.get_help_record(context)
        if told and "--help" not in parameter.opts:
            yield f".TP\n.B {_plain(told[0])}\n{_plain(told[1])}\n"


def _paragraphs(text: str) -> str:
    """Click's own mark for lines that are not to be filled is \\b."""
    parts = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            parts.append(f".nf\n{_plain(paragraph[2:])}\n.fi\n")
        else:
            parts.append(f"{_plain(paragraph)}\n")
    return ".PP\n".join(parts)


def _plain(text: str) -> str:
    """Text that troff takes as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in escaped.splitlines())


if __name__ == "__main__":
    sys.stdout.write(manual(sys.argv[1]))
