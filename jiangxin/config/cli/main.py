"""The command group; each command loads Django only when it runs, so that --help is quick."""

from __future__ import annotations

from importlib import import_module

import click

from jiangxin import __version__

COMMANDS = {
    "run": "serving",
    "serve": "serving",
    "worker": "serving",
    "migrate": "preparing",
    "demo": "preparing",
    "import": "tables",
    "export": "tables",
    "verify": "proving",
    "audit": "proving",
    "backup": "keeping",
    "restore": "keeping",
    "keys": "keys",
    "bench": "measuring",
    "create-admin": "admins",
}


class LazyGroup(click.Group):
    """Finds a command's file only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        room = import_module(f"jiangxin.config.cli.{COMMANDS[cmd_name]}")
        found: click.Command = room.COMMANDS[cmd_name]
        return found


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jiangxin")
def main() -> None:
    """匠心 Jiangxin: the register of skilled workers and honours that can be proved."""
