"""The `gatewatch` command: one file a command, loaded only when it is called.

Exit codes: 0 right, 1 found something wrong, 2 wrong usage, 78 bad configuration (EX_CONFIG).
"""

from __future__ import annotations

import sys
from importlib import import_module, metadata

import click

# httpx has a command line of its own, with rich and pygments below it: 4 MB and a tenth of a second, never used here
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

COMMANDS = {
    "init": "Write a config.toml and rules/ to start from.",
    "check": "Check config.toml and rules/; silent when all is right.",
    "run": "Poll, read, match and deliver until stopped.",
    "demo": "Watch November 2023 pass in half a minute.",
    "read": "Read items from a JSONL file: one JSON line of events and counts each.",
    "explain": "Show what a text says, and which words say it.",
    "score": "Score the reading against labelled texts.",
    "replay": "Let stored items pass through the whole pipeline on their own clock.",
    "rules": "Test and list the rules.",
    "sources": "Check, add, import and export what is polled.",
    "alerts": "Show what was told, to whom, and when; send it again.",
    "silence": "Keep alerts back for a while.",
    "ack": "Acknowledge an alert.",
    "drill": "Send a test alert the whole way to real channels.",
    "border": "Show which crossings are open or closed, since when, and who says so.",
    "counts": "Show how many people were counted on each day.",
    "backup": "Copy the database to a file, while the service goes on.",
    "restore": "Put a backup in the place of the database.",
    "status": "Show the daemon, sources and outbox at a glance.",
    "service": "Install Gatewatch as a systemd service, or take it away.",
}


class LazyGroup(click.Group):
    """Imports the module of a command when that command is called, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gatewatch.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("gatewatch"), prog_name="gatewatch")
def main() -> None:
    """Tells you within minutes, and once, when a border closes."""
