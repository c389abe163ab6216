"""The verbs of an import: upload, check, start, apply batch by batch, finish, resume, undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.files import remove_file, store_file
from jiangxin.kernel.files.kinds import JSON, OLE, TEXT, XLSX
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.sheets.columns import Applied, ImportContext, UndoRun
from jiangxin.kernel.sheets.findings import Unusable
from jiangxin.kernel.sheets.flow import FLOW
from jiangxin.kernel.sheets.models import ImportLine, ImportRun, as_kept
from jiangxin.kernel.sheets.offers import PERMISSION, offered_sheet
from jiangxin.kernel.sheets.reading import read_sheet
from jiangxin.kernel.sheets.totals import Totals

MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class ImportScope:
    """The organisation an import is made for."""

    opath: str = ""


def context_of(run: ImportRun) -> ImportContext:
    """What the sheet's functions learn about the run."""
    return ImportContext(run.uid, run.file_name, run.sha256, run.opath, run.options)


@action(PERMISSION)
def upload_sheet(
    scope: ImportScope, *, path: Path, name: str, sheet: str, by: Actor, options: dict[str, Any] | None = None
) -> ImportRun:
    """Keep a file that was sent in; refuse at once, with one sentence, what cannot be read as this sheet."""
    offered = offered_sheet(sheet)
    if offered.sheet.apply is None or not by.has_perm(offered.permission, scope):
        raise Refused(_("您没有导入这种表格的权限。"), code="no_permission")
    try:
        read_sheet(path, offered.sheet)
    except Unusable as unusable:
        raise Refused(unusable.sentence, code=unusable.code, field="file") from None
    file = store_file(
        path,
        name=name,
        by=by,
        permission=PERMISSION,
        opath=scope.opath,
        privacy=offered.sheet.privacy,
        allowed={XLSX, OLE, JSON, TEXT},
        most_bytes=MOST_BYTES,
    )
    return ImportRun.objects.create(
        sheet=sheet,
        file=file,
        file_name=file.name,
        sha256=file.sha256,
        opath=scope.opath,
        actor=by.actor_id,
        actor_label=by.actor_label,
        options=options or {},
    )


@action(PERMISSION)
def record_check(
    run: ImportRun, *, totals: dict[str, int], unknown_columns: list[str], lines: list[ImportLine], by: Actor
) -> ImportRun:
    """Write down what the dry run found; the file may now be applied."""
    ImportLine.objects.bulk_create(lines, batch_size=500)
    FLOW.move(run, "check", by=by, checked=totals, unknown_columns=unknown_columns, checked_at=timezone.now())
    return run


@action(PERMISSION)
def refuse_file(run: ImportRun, *, sentence: str, by: Actor) -> ImportRun:
    """Say that the file as a whole cannot be used."""
    FLOW.move(run, "refuse", by=by, ended_at=timezone.now(), **as_kept(sentence))
    return run


@action(PERMISSION)
def discard_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Leave a checked file unapplied, or the rest of one whose import stopped."""
    FLOW.move(run, "discard", by=by, ended_at=timezone.now())
    return run


@action(PERMISSION)
def begin_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Open a checked import for its batches; refused when not one of its rows can go in, or its file is gone."""
    if run.emptied_at:
        raise Refused(_("这个文件已按保存期限删除，请重新上传。"), code="emptied")
    if run.state == "checked" and not run.rows_usable:
        raise Refused(_("没有可以导入的行，请先按检查结果修改文件。"), code="nothing_to_import")
    FLOW.move(run, "start", by=by, started_at=timezone.now())
    return run


@action(PERMISSION)
def apply_batch(run: ImportRun, *, rows: Batch, totals: Totals, by: Actor) -> Applied:
    """Apply one batch and move the checkpoint, in one transaction and with one entry in the log.

    Refused when another worker has applied this batch already.
    """
    at = {"pk": run.pk, "state": "applying", "batches_done": run.batches_done}
    changes: dict[str, Any] = {"batches_done": run.batches_done + 1, "last_row": rows.numbers[-1]}
    if not ImportRun.objects.filter(**at).update(**changes):
        raise Refused(_("刚才已有人改动了这条记录，请刷新后再看。"), code="overtaken")
    apply = offered_sheet(run.sheet).sheet.apply
    assert apply is not None  # noqa: S101 - upload_sheet saw to it
    applied = apply(rows, by=by, dry_run=False, context=context_of(run))
    ImportLine.objects.bulk_create(totals.count_applied(rows, applied), batch_size=500)
    changes["applied"] = totals.as_dict()
    ImportRun.objects.filter(pk=run.pk).update(applied=changes["applied"])
    for name, value in changes.items():
        setattr(run, name, value)
    return applied


@action(PERMISSION)
def finish_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Close an import whose every batch is in."""
    FLOW.move(run, "finish", by=by, ended_at=timezone.now(), **as_kept(""))
    return run


@action(PERMISSION)
def fail_import(run: ImportRun, *, sentence: str, by: Actor) -> ImportRun:
    """Say why an import stopped; what was applied stays applied batch by batch, and it can be resumed."""
    FLOW.move(run, "fail", by=by, ended_at=timezone.now(), **as_kept(sentence))
    return run


@action(PERMISSION)
def reopen_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Open a stopped import again at its checkpoint."""
    FLOW.move(run, "resume", by=by, ended_at=None, **as_kept(""))
    return run


@action(PERMISSION)
def undo_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Take back what an import wrote, where its sheet knows how."""
    undo = check_undo(run)
    FLOW.move(run, "undo", by=by, ended_at=timezone.now())
    undo(context_of(run), by=by)
    return run


def check_undo(run: ImportRun) -> UndoRun:
    """How this import is taken back; raises Refused when its sheet does not know how or there is nothing to take back."""
    undo = offered_sheet(run.sheet).sheet.undo
    if undo is None:
        raise Refused(_("这种表格导入后不能整批撤回，请逐条更正。"), code="no_undo")
    if run.state != "done":
        raise Refused(_("只有已经导入的文件可以撤回。"), code="wrong_state")
    return undo


@action("jobs.keep_terms")
def empty_imports(rows: Sequence[ImportRun], *, by: Actor) -> int:
    """Remove file, lines and sentence of imports past their term; counts, checksum, who and when stay."""
    del by
    now = timezone.now()
    for run in rows:
        remove_file(run.file, moment=now)
    keys = [run.pk for run in rows]
    ImportLine.objects.filter(run__in=keys).delete()
    return ImportRun.objects.filter(pk__in=keys).update(emptied_at=now, **as_kept(""))
