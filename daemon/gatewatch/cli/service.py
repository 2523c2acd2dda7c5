"""`gatewatch service`: Gatewatch under systemd. One file a sub-command, loaded only when it is called."""

from __future__ import annotations

from importlib import import_module

import click


class LazyGroup(click.Group):
    """Does not load what installs the service where its failure is to be told."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["print", "install", "uninstall", "failed"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"gatewatch.cli.service_{cmd_name}").command
        return command


@click.command(cls=LazyGroup)
def command() -> None:
    """Install Gatewatch as a systemd service, or take it away."""
