"""Imports in the background: the dry run, and the batches that survive a killed worker."""

from django.db import transaction
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.files import sweep_files
from jiangxin.kernel.jobs import (
    Progress,
    advance,
    begin_progress,
    cancelled,
    fail,
    finish,
    job,
    scheduled,
    start_progress,
)
from jiangxin.kernel.sheets import actions, running
from jiangxin.kernel.sheets.models import ImportRun, as_kept
from jiangxin.kernel.text.sayings import say


@job("sheets.check_import", atomic=False)
def check_import(*, run_uid: str) -> None:
    """Try a file; a second run after a crash begins again, for nothing was written."""
    run = ImportRun.objects.select_related("file", "progress").get(uid=run_uid)
    if run.state != "uploaded":
        return
    progress = _opened(run)
    with running.own_language():
        try:
            by = running.actor_of(run.actor)
        except Refused as refusal:
            run = actions.refuse_file(run, sentence=say(refusal.sentence), by=running.ENGINE)
        else:
            run = running.check_import(run, by=by, progress=_counter(progress))
    _close(progress, run, good="checked")


@job("sheets.apply_import", atomic=False)
def apply_import(*, run_uid: str) -> None:
    """Apply what is left of an import; a second run after a crash goes on at the checkpoint."""
    run = ImportRun.objects.select_related("file", "progress").get(uid=run_uid)
    if run.state != "applying":
        return
    progress = _opened(run)
    with running.own_language():
        try:
            by = running.actor_of(run.actor)
        except Refused as refusal:
            run = actions.fail_import(run, sentence=say(refusal.sentence), by=running.ENGINE)
        else:
            run = running.apply_import(run, by=by, progress=_counter(progress))
    _close(progress, run, good="done")


@job("sheets.undo_import", atomic=False)
def undo_import(*, run_uid: str, actor: str) -> None:
    """Take an import back, whole or not at all; a second run after a crash finds it undone or begins again."""
    run = ImportRun.objects.select_related("file", "progress").get(uid=run_uid)
    if run.state != "done":
        return
    progress = _opened(run)
    try:
        with running.own_language():
            run = actions.undo_import(run, by=running.actor_of(actor))
    except Refused as refusal:
        kept = as_kept(say(refusal.sentence))
        ImportRun.objects.filter(pk=run.pk).update(**kept)
        run.message, run.said = kept["message"], kept["said"]
    _close(progress, run, good="undone")


@scheduled(daily="03:20")
@job("sheets.sweep_files", atomic=False)
def sweep_stored_files() -> None:
    """Let go of files whose time is over (they stand below jobs, so their sweep is scheduled here)."""
    sweep_files()


def enqueue_check(run: ImportRun, *, by: Actor) -> ImportRun:
    """Have an uploaded file checked in the background; its progress can be watched."""
    with transaction.atomic():
        _watch(run, "sheets.check_import", _("检查 %(file)s"), by)
        check_import.enqueue(run_uid=run.uid)
    return run


def start_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Begin to apply a checked file in the background."""
    with transaction.atomic():
        return _enqueue_apply(actions.begin_import(run, by=by), by)


def resume_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Go on with an import that stopped, or whose job died, at its checkpoint."""
    with transaction.atomic():
        if run.state != "applying":
            actions.reopen_import(run, by=by)
        return _enqueue_apply(run, by)


def enqueue_undo(run: ImportRun, *, by: Actor) -> ImportRun:
    """Take an import back in the background; refused at once where its sheet does not know how."""
    actions.check_undo(run)
    with transaction.atomic():
        _watch(run, "sheets.undo_import", _("撤回 %(file)s"), by)
        undo_import.enqueue(run_uid=run.uid, actor=by.actor_id)
    return run


def _enqueue_apply(run: ImportRun, by: Actor) -> ImportRun:
    _watch(run, "sheets.apply_import", _("导入 %(file)s"), by)
    apply_import.enqueue(run_uid=run.uid)
    return run


def _watch(run: ImportRun, kind: str, label: str, by: Actor) -> None:
    """Open a progress for the person who waits."""
    total = run.checked.get("rows") if run.checked else None
    shown = label % {"file": run.file_name}
    run.progress = begin_progress(kind, label=shown, by=by, total=total, opath=run.opath, waiting=True)
    ImportRun.objects.filter(pk=run.pk).update(progress=run.progress)


def _opened(run: ImportRun) -> Progress | None:
    return start_progress(run.progress) if run.progress is not None else None


def _counter(progress: Progress | None) -> running.Progress:
    def count(rows: int) -> None:
        if progress is None:
            return
        advance(progress, rows)
        if cancelled(progress):
            raise Refused(_("已按您的要求停止；已导入的批次保留，可以继续。"), code="cancelled")

    return count


def _close(progress: Progress | None, run: ImportRun, *, good: str) -> None:
    if progress is None:
        return
    if run.state == good:
        finish(progress, result=run.uid)
    else:
        fail(progress, run.message)
