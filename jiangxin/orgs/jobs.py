"""Long lists written to a file in the background, with progress and a word at the end."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.jobs import Progress, advance, cancelled, fail, finish, job, start_progress
from jiangxin.kernel.sheets.exporting import export_name, write_xlsx
from jiangxin.kernel.sheets.running import actor_of
from jiangxin.orgs import actions
from jiangxin.orgs.queries.leaving import AT_ONCE, WRITE
from jiangxin.orgs.sheets import LISTINGS


class _Stopped(Exception):  # noqa: N818 - somebody asked for it; nothing went wrong
    """The person who waits asked to stop."""


@job(WRITE, atomic=False, retries=1)
def write_list(*, task: str, language: str, what: str, wanted: dict[str, str]) -> None:
    """Write what the filters find as XLSX, in the language and with the rights of who asked."""
    progress = Progress.objects.still_open().filter(uid=task).first()
    if progress is None:
        return
    with translation.override(language or settings.LANGUAGE_CODE):
        try:
            actor = actor_of(progress.actor)
        except Refused:
            fail(progress, _("发起人的账号已停用，工作没有进行。"))
            return
        try:
            _write(progress, actor, what, wanted)
        except _Stopped:
            return
        except Refused as refusal:
            fail(progress, str(refusal))


def _write(progress: Progress, actor: Actor, what: str, wanted: dict[str, str]) -> None:
    listing = LISTINGS[what]
    keys = listing.keys(actor, **wanted)
    start_progress(progress, total=len(keys))
    with tempfile.TemporaryDirectory() as folder:
        rows = _counted(listing.rows(keys), progress)
        path = write_xlsx(Path(folder) / "list.xlsx", listing.sheet, rows, by=actor)
        kept = actions.keep_list(
            content=path,
            name=export_name(listing.sheet, ending=".xlsx"),
            what=what,
            count=len(keys),
            by=actor,
        )
    words = _("已导出 %(count)s 条，文件保留 7 天。") % {"count": f"{len(keys):,}"}
    finish(progress, result=kept.uid, message=words)


def _counted(rows: Iterator[dict[str, Any]], progress: Progress) -> Iterator[dict[str, Any]]:
    """The rows, counted as they go by; whether somebody wants to stop is asked every few hundred."""
    for number, row in enumerate(rows, start=1):
        yield row
        advance(progress)
        if number % AT_ONCE == 0 and cancelled(progress):
            raise _Stopped
