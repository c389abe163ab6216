"""Questions about imports: whose, what was found, as a file for download."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.search import pending
from jiangxin.kernel.sheets.columns import Column, Sheet
from jiangxin.kernel.sheets.exporting import stream_csv
from jiangxin.kernel.sheets.findings import Severity
from jiangxin.kernel.sheets.models import ImportLine, ImportLineQuerySet, ImportRun, ImportRunQuerySet
from jiangxin.kernel.sheets.offers import PERMISSION, offered_sheets
from jiangxin.kernel.sheets.reading.headers import in_every_language

_LINES = Sheet(
    name="import_lines",
    title=_("检查结果"),
    columns=(
        Column("row", _("行号")),
        Column("severity", _("类别")),
        Column("label", _("内容")),
        Column("column", _("列")),
        Column("code", _("代码")),
        Column("message", _("说明")),
    ),
)


def runs_of(actor: Actor) -> ImportRunQuerySet:
    """The imports this actor began, the latest first."""
    return ImportRun.objects.begun_by(actor).select_related("progress")


def run_for(actor: Actor, uid: str) -> ImportRun | None:
    """One import, for who began it or may import sheets of its kind for its organisation; None for everybody else."""
    run = ImportRun.objects.select_related("file", "progress").filter(uid=uid).first()
    if run is None or not (run.actor == actor.actor_id or _may_import(actor, run)):
        return None
    return run


def _may_import(actor: Actor, run: ImportRun) -> bool:
    """Its lines hold what its rows hold, so the right of the sheet itself counts beside the right to import at all."""
    offered = offered_sheets().get(run.sheet)
    return actor.has_perm(PERMISSION, run) and (offered is None or actor.has_perm(offered.permission, run))


def runs_due(before: datetime) -> ImportRunQuerySet:
    """Imports whose file and lines are past their term: nothing moved in them since, and they cannot go on."""
    return ImportRun.objects.untouched_since(before)


def lines_of(run: ImportRun, *, severity: str = "") -> ImportLineQuerySet:
    """What was found or done row by row: of the import once it began, of the check before that."""
    phases = ("read", "apply" if run.batches_done else "check")
    return ImportLine.objects.shown(run, phases=phases, severity=severity)


def column_titles(run: ImportRun) -> dict[str, str]:
    """The headers of an import's columns in the language of the moment, by what its lines call them in any."""
    offered = offered_sheets().get(run.sheet)
    columns = offered.sheet.columns if offered else ()
    return {name: str(each.header) for each in columns for name in in_every_language(each.header)}


def lines_csv(run: ImportRun, *, by: Actor, severity: str = "") -> Iterator[bytes]:
    """The same as a CSV file in a stream."""
    titles = column_titles(run)
    lines = lines_of(run, severity=severity).iterator(chunk_size=1000)
    rows = (
        {
            "row": line.row or "",
            "severity": Severity(line.severity).label,
            "label": line.label,
            "column": titles.get(line.column, line.column),
            "code": line.code,
            "message": line.sentence,
        }
        for line in lines
    )
    return stream_csv(_LINES, rows, by=by)


def count_lines(run: ImportRun) -> dict[str, int]:
    """How many lines are kept of each severity."""
    counted = lines_of(run).order_by().values_list("severity").annotate(lines=Count("id"))
    return dict(counted)


def waiting_for_search(run: ImportRun) -> int:
    """How many changes search does not know yet, after an import; counted up to a cap."""
    return pending() if run.state in {"done", "undone"} else 0
