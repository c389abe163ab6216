"""backup and restore: one file that holds database, files, keys and checkpoints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from jiangxin.config.cli.django_ready import load_django

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
MEBIBYTE = 1024 * 1024
MOST_TOLD = 5


@click.command("backup")
@FILE
def backup(file: Path) -> None:
    """Write a backup while the installation runs. It holds keys: keep it as safe as them.

    Exit codes: 0 written, 1 not written (the reason is told, and no half file stays), 2 wrong use or setting.
    """
    load_django()
    from jiangxin.config.archive import ArchiveFault, write_backup  # noqa: PLC0415 - app ready: settings

    try:
        with _bar("backup") as told:
            summary = write_backup(file, told)
    except ArchiveFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
    click.echo(f"{file}: {summary.files} files, {summary.size / MEBIBYTE:.1f} MiB, {summary.engine}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only compare every hash; change nothing.")
def restore(file: Path, check: bool) -> None:
    """Restore a backup into an empty installation, comparing every hash, then verify the log.

    Exit codes: 0 restored (with --check: whole), 1 refused, because it is no whole backup, the place is not empty or the
    log does not verify, 2 wrong use or setting.
    """
    load_django()
    from jiangxin.config.archive import ArchiveFault, check_backup, restore_backup  # noqa: PLC0415 - app ready: settings
    from jiangxin.kernel.events import verify_log  # noqa: PLC0415 - app ready: models

    try:
        with _bar("restore") as told:
            summary = check_backup(file, told) if check else restore_backup(file, told)
    except ArchiveFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
    click.echo(f"{file}: {summary.files} files, {summary.size / MEBIBYTE:.1f} MiB, every hash as written")
    if not check and (findings := verify_log().findings):
        click.echo("The restored event log does not verify; run `jiangxin audit verify`.", err=True)
        for finding in findings[:MOST_TOLD]:
            click.echo(finding.sentence, err=True)
        sys.exit(1)


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of bytes on a terminal."""
    with click.progressbar(
        length=1, label=label, hidden=not sys.stderr.isatty(), file=sys.stderr, show_eta=False
    ) as bar:

        def told(done: int, whole: int) -> None:
            bar.length = max(whole, 1)
            bar.update(done - bar.pos)

        yield told


COMMANDS = {"backup": backup, "restore": restore}
