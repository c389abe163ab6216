"""Verbs by which lists of organisations and employers leave the house as files; the log says how many each time."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.files import StoredFile, store_file
from jiangxin.kernel.files.kinds import XLSX
from jiangxin.kernel.jobs import Progress, begin_progress, registered_jobs
from jiangxin.orgs.queries.leaving import WRITE

KEPT_FOR = timedelta(days=7)
MOST_BYTES = 1 << 30


@action("orgs.export_orgs")
def export_list(*, what: str, count: int, by: Actor) -> None:
    """Allow a list to leave as a file at once. Refused when there is nothing in it."""
    del by
    if not count:
        raise Refused(_("这里没有可以导出的记录：只能导出您管理的工会及下级。"), code="nothing_found")
    announce("orgs.list_exported", None, what=what, count=count)


@action("orgs.export_orgs")
def begin_export(*, what: str, wanted: dict[str, str], count: int, by: Actor) -> Progress:
    """Have a long list written in the background; the filters are asked again when its turn comes."""
    label = _("导出组织名单") if what == "orgs" else _("导出单位名单")
    task = begin_progress(WRITE, label=label, by=by, total=count, waiting=True)
    registered_jobs()[WRITE].enqueue(task=task.uid, language=get_language() or "", what=what, wanted=wanted)
    return task


@action("orgs.export_orgs")
def keep_list(*, content: Path, name: str, what: str, count: int, by: Actor) -> StoredFile:
    """Keep a written list for a week for who asked for it."""
    until = timezone.now() + KEPT_FOR
    kept = store_file(content, name=name, by=by, expires_at=until, allowed={XLSX}, most_bytes=MOST_BYTES)
    announce("orgs.list_exported", kept, what=what, count=count)
    return kept
