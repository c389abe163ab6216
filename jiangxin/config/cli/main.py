"""The command group; each command loads Django only when it runs, so that --help is quick."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from jiangxin import __version__

WRONG_SETTING, STOPPED = 2, 3
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

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; trouble with database, cache or disk ends it with one line, not with a trace."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from jiangxin.config.cli.django_ready import DISK_FULL, sentence_of  # noqa: PLC0415 - slow: only when something is wrong

            sentence = sentence_of(error)
            if not sentence:
                raise
            click.echo(f"jiangxin: {sentence}", err=True)
            sys.exit(STOPPED if sentence.startswith(DISK_FULL) else WRONG_SETTING)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jiangxin")
def main() -> None:
    """匠心 Jiangxin: the register of skilled workers and honours that can be proved."""
