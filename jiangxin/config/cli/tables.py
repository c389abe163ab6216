"""import and export: spreadsheets in and out at the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from jiangxin.config.cli.django_ready import is_not_set_up, load_django

if TYPE_CHECKING:
    from jiangxin.kernel.sheets import Sheet
    from jiangxin.kernel.sheets.models import ImportLine, ImportRun

ROWS_REFUSED, UNUSABLE, STOPPED = 1, 2, 3
ENDINGS = (".csv", ".xlsx", ".jsonl")
WHERE = click.option(
    "--org",
    "org_code",
    default="",
    metavar="CODE",
    help="The organisation it is for: its own code or its uid.",
)


@click.command("import")
@click.argument("sheet")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only check, and show row by row what would happen.")
@WHERE
def import_rows(sheet: str, file: Path, dry_run: bool, org_code: str) -> None:
    """Import FILE (CSV, XLSX, XLS or JSON lines) as SHEET, e.g. people, honours, orgs.

    Importing a file again changes nothing, so an import that was stopped is simply repeated.

    Exit codes: 0 every row is in or was there already, 1 some rows were refused (the others are in), 2 the file cannot be
    read or the sheet is unknown, 3 stopped on the way (whole batches stay in).
    """
    load_django()
    from django.db import DatabaseError  # noqa: PLC0415 - app ready: settings

    from jiangxin.kernel.access import Refused  # noqa: PLC0415 - app ready: models

    _sheet_named(sheet)
    try:
        run = _run(file, sheet=sheet, opath=_path_of(org_code), dry_run=dry_run)
    except Refused as refusal:
        _stop(str(refusal))
    except (DatabaseError, OSError) as error:
        if is_not_set_up(error):
            raise
        _stop(f"Stopped: {error}. Whole batches stay in; mend it and repeat the command.", STOPPED)
    _show(run, all_lines=dry_run)
    if run.state == "refused":
        _stop(run.message)
    if run.state == "failed":
        _stop(run.message, STOPPED)
    sys.exit(ROWS_REFUSED if run.rows_refused else 0)


@click.command("export")
@click.argument("sheet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@WHERE
def export_rows(sheet: str, file: Path, org_code: str) -> None:
    """Export SHEET to FILE (.csv, .xlsx or .jsonl). Protected columns (敏感, 高敏) are left out; the export is logged.

    Exit codes: 0 written, 2 unknown sheet or ending, or the file cannot be written.
    """
    load_django()
    from jiangxin.kernel.access import Refused, SystemActor  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.sheets.export_files import write_export  # noqa: PLC0415 - app ready: models

    wanted = _sheet_named(sheet)
    by = SystemActor("command-line")
    if wanted.export is None:
        _stop(f"The sheet {sheet!r} cannot be exported.")
    if file.suffix.lower() not in ENDINGS:
        _stop(f"FILE must end in {', '.join(ENDINGS)}.")
    filters = {"path": _path_of(org_code)} if org_code else {}
    try:
        with _counting("rows") as count:
            rows = write_export(file, wanted, wanted.export(by, **filters), by=by, progress=count)
    except Refused as refusal:
        _stop(str(refusal))
    except OSError as error:
        _stop(f"{file} was not written: {error.strerror or error}.")
    click.echo(f"{file}: {rows} rows")


def _run(file: Path, *, sheet: str, opath: str, dry_run: bool) -> ImportRun:
    from jiangxin.kernel.access import SystemActor  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.sheets import actions, running  # noqa: PLC0415 - app ready: models

    by = SystemActor("command-line")
    scope = actions.ImportScope(opath)
    run = actions.upload_sheet(scope, path=file, name=file.name, sheet=sheet, by=by)
    with _counting("checked") as count:
        run = running.check_import(run, by=by, progress=count)
    if dry_run or run.state != "checked" or not run.rows_usable:
        return run
    run = actions.begin_import(run, by=by)
    with _bar(run.checked["rows"]) as advance:
        return running.apply_import(run, by=by, progress=advance)


def _sheet_named(name: str) -> Sheet:
    from jiangxin.kernel.sheets.offers import offered_sheets  # noqa: PLC0415 - app ready: models

    offered = offered_sheets()
    if name not in offered:
        _stop(f"There is no sheet {name!r}; there are: {', '.join(sorted(offered))}.")
    return offered[name].sheet


def _path_of(code: str) -> str:
    from jiangxin.orgs.queries import org_coded, path_of  # noqa: PLC0415 - app ready: models

    if not code:
        return ""
    org = org_coded(code)
    path = org.path if org else path_of(code)
    if not path:
        _stop(f"There is no organisation with the code or uid {code!r}.")
    return path


def _show(run: ImportRun, *, all_lines: bool) -> None:
    from jiangxin.kernel.sheets.queries import lines_of  # noqa: PLC0415 - app ready: models

    for line in lines_of(run).iterator(chunk_size=1000):
        if all_lines or line.severity != "note":
            click.echo(_sentence(line))
    totals = {name: run.count(name) for name in ("new", "changed", "same")}
    shown = ", ".join(f"{number} {name}" for name, number in totals.items())
    click.echo(f"{run.file_name}: {run.rows_read} rows; {shown}, {run.rows_refused} refused")


def _sentence(line: ImportLine) -> str:
    parts = [line.label, line.column, line.message or line.code]
    return f"{line.row or '-'}\t{line.severity}\t" + " | ".join(part for part in parts if part)


def _stop(sentence: str, code: int = UNUSABLE) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)


@contextmanager
def _counting(word: str) -> Iterator[Callable[[int], None]]:
    """A growing number on a terminal, for work of unknown length."""
    done = 0

    def count(rows: int) -> None:
        nonlocal done
        done += rows
        if sys.stderr.isatty():
            click.echo(f"\r{done:,} {word}", nl=False, err=True)

    yield count
    if done and sys.stderr.isatty():
        click.echo("", err=True)


@contextmanager
def _bar(length: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(
        length=length, label="import", hidden=not sys.stderr.isatty(), file=sys.stderr
    ) as bar:
        yield bar.update


COMMANDS = {"import": import_rows, "export": export_rows}
