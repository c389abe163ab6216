"""The two passes over a file: the dry run, and the import in batches that goes on where it stopped."""

import gc
import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused, SystemActor
from jiangxin.kernel.events import acting
from jiangxin.kernel.files import path_of
from jiangxin.kernel.files.storage import is_disk_full
from jiangxin.kernel.sheets import actions
from jiangxin.kernel.sheets.apart import apart, can_work_apart
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.sheets.bulk import large_writes
from jiangxin.kernel.sheets.cleaning import Cleaner
from jiangxin.kernel.sheets.columns import Sheet
from jiangxin.kernel.sheets.findings import Finding, Severity, Unusable
from jiangxin.kernel.sheets.models import ImportLine, ImportRun, as_kept
from jiangxin.kernel.sheets.offers import PERMISSION, offered_sheet
from jiangxin.kernel.sheets.reading import read_sheet
from jiangxin.kernel.sheets.totals import Totals
from jiangxin.kernel.text.sayings import say

Progress = Callable[[int], None]
Found = tuple[Batch, list[Finding]]
LARGE = 1 << 20  # bytes of a file from which a process of its own reads it

ENGINE = SystemActor("import")  # closes a run also when the one who began it lost the right to


@contextmanager
def own_language() -> Iterator[None]:
    """The language of the source: what is found is put together in it, so that it can be said again in any other."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def silent(rows: int) -> None:
    """No progress."""


@own_language()
def check_import(run: ImportRun, *, by: Actor, progress: Progress = silent) -> ImportRun:
    """Read the whole file and try every row in transactions that are rolled back; nothing but the result is written.

    `progress` gets the number of rows of each batch. Ends as checked, or as refused with one sentence.
    """
    sheet = offered_sheet(run.sheet).sheet
    totals, lines = Totals(run, sheet, phase="check"), _first_lines(run)
    try:
        passing = _Pass(run, sheet, dry_run=True)
        with _collector_at_rest(), closing(passing.batches()) as batches:
            for rows, findings in batches:
                lines += totals.count_reading(findings)
                if rows:
                    lines += _try(run, sheet, rows, totals, by)
                progress(len(rows))
    except (Unusable, Refused) as refusal:
        return actions.refuse_file(run, sentence=say(refusal.sentence), by=ENGINE)
    unknown = passing.unknown_columns
    return actions.record_check(run, totals=totals.as_dict(), unknown_columns=unknown, lines=lines, by=by)


@own_language()
def apply_import(run: ImportRun, *, by: Actor, progress: Progress = silent) -> ImportRun:
    """Apply the batches after the checkpoint; call it again after a crash and it goes on there.

    A refusal, a changed file or a full disk ends as failed, with the sentence, and can be resumed; any other error
    is raised, and leaves the import at its last whole batch.
    """
    sheet = offered_sheet(run.sheet).sheet
    totals = Totals(run, sheet, phase="apply", counts=run.applied)
    try:
        passing = _Pass(run, sheet, dry_run=False)
        with _collector_at_rest(), large_writes(), closing(passing.batches()) as batches:
            for rows, _findings in batches:
                if waiting := rows.after(run.last_row):
                    actions.apply_batch(run, rows=waiting, totals=totals, by=by)
                progress(len(rows))
                del rows, waiting
    except (Refused, Unusable) as refusal:
        run.refresh_from_db()
        return (
            actions.fail_import(run, sentence=say(refusal.sentence), by=ENGINE)
            if run.state == "applying"
            else run
        )
    except (OperationalError, OSError) as error:
        if not is_disk_full(error):
            raise
        return _stop_for_want_of_room(run)
    return actions.finish_import(run, by=by)


def import_file(
    path: Path,
    *,
    sheet: str,
    by: Actor,
    dry_run: bool = False,
    options: dict[str, Any] | None = None,
    opath: str = "",
    progress: Progress = silent,
) -> ImportRun:
    """Upload, check and, unless it is a dry run, apply one file here and now: the way of the command line.

    Returns the run as checked (dry run, or not one row can go in), done, refused or failed; raises Refused when the file cannot be read at all.
    """
    scope = actions.ImportScope(opath)
    run = actions.upload_sheet(scope, path=path, name=path.name, sheet=sheet, options=options, by=by)
    run = check_import(run, by=by, progress=progress)
    if dry_run or run.state != "checked" or not run.rows_usable:
        return run
    return apply_import(actions.begin_import(run, by=by), by=by, progress=progress)


def actor_of(actor_id: str) -> Actor:
    """The actor again by its id, for work that goes on later; raises Refused when the account is gone or off."""
    kind, _colon, key = actor_id.partition(":")
    if kind == "system":
        return SystemActor(key)
    user = get_user_model()._default_manager.filter(pk=key, is_active=True).first() if key.isdigit() else None
    if user is None:
        raise Refused(_("发起导入的账号已停用，请由在岗干部重新上传。"), code="actor_gone")
    actor: Actor = user
    return actor


def _stop_for_want_of_room(run: ImportRun) -> ImportRun:
    """Fail the run; when there is no room even for that, the error goes up and the job is tried again later."""
    run.refresh_from_db()
    sentence = _("磁盘空间已满：已导入 %(rows)d 行，其余没有写入。腾出空间后可以继续。")
    return actions.fail_import(run, sentence=say(sentence, rows=run.applied.get("rows", 0)), by=ENGINE)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Rows make no cycles; without this the collector walks through all of them again and again, 3 µs a row."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Pass:
    """One pass over the file of a run, in batches of clean rows with what was found beside them.

    A large file is read, cleaned and prepared in a child process while the batch before is written.
    """

    def __init__(self, run: ImportRun, sheet: Sheet, *, dry_run: bool) -> None:
        self._path = path_of(run.file)
        with self._path.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != run.sha256:
                raise Unusable("altered", _("保存的文件已被改动，与上传时不同，已停止导入。"))
        self._sheet = sheet
        self._dry_run = dry_run
        self._is_apart = self._path.stat().st_size >= LARGE and can_work_apart()
        self.unknown_columns: list[str] = []

    def batches(self) -> Generator[Found, None, None]:
        """Yield (rows, findings); the last one may have findings only. Close it to end the child early."""
        with closing(apart(self._read) if self._is_apart else self._read()) as read:
            for rows, findings, self.unknown_columns in read:
                yield rows, findings
                del rows, findings  # before the next is taken in

    def _read(self) -> Generator[tuple[Batch, list[Finding], list[str]], None, None]:
        reading, cleaner = read_sheet(self._path, self._sheet), Cleaner(self._sheet)
        size = self._sheet.batch_rows
        rows = Batch([], {column.name: [] for column in self._sheet.columns})
        for numbers, texts in reading.parts():
            rows.extend(cleaner.batch(numbers, texts))
            while len(rows) >= size:
                found = reading.take_findings() + cleaner.take_findings()
                yield self._prepared(rows[:size]), found, reading.unknown_columns
                rows = rows[size:]
        found = reading.take_findings() + cleaner.take_findings()
        if rows or found:
            yield self._prepared(rows), found, reading.unknown_columns

    def _prepared(self, rows: Batch) -> Batch:
        if rows and self._sheet.prepare is not None:
            self._sheet.prepare(rows.columns, self._dry_run)
        return rows


def _try(run: ImportRun, sheet: Sheet, rows: Batch, totals: Totals, by: Actor) -> list[ImportLine]:
    assert sheet.apply is not None  # noqa: S101 - upload_sheet saw to it
    with acting(by, action=PERMISSION), transaction.atomic():
        applied = sheet.apply(rows, by=by, dry_run=True, context=actions.context_of(run))
        transaction.set_rollback(True)
    return totals.count_applied(rows, applied)


def _first_lines(run: ImportRun) -> list[ImportLine]:
    """What is to be said before any row: the same file was here already."""
    before = ImportRun.objects.of_same_file(run).order_by("-id").first()
    if before is None or before.ended_at is None:
        return []
    message = _("同一个文件已于 %(when)s 由 %(who)s 导入过；再导入不会产生重复。")
    said = say(message, when=f"{before.ended_at:%Y-%m-%d}", who=before.actor_label)
    return [
        ImportLine(run=run, phase="read", row=0, code="same_file", severity=Severity.NOTE, **as_kept(said))
    ]
