"""How an import is shown: its stage, its figures, what may be decided now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.access import Refused
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.jobs.models import OPEN
from jiangxin.kernel.sheets.findings import Severity
from jiangxin.kernel.sheets.flow import FLOW
from jiangxin.kernel.sheets.models import ImportLine, ImportRun
from jiangxin.kernel.sheets.offers import offered_sheet
from jiangxin.kernel.sheets.queries import column_titles, count_lines

_STAGES = (gettext_lazy("上传"), gettext_lazy("检查"), gettext_lazy("确认"), gettext_lazy("导入"))
_AT = {
    "uploaded": 1,
    "refused": 1,
    "checked": 2,
    "discarded": 2,
    "applying": 3,
    "failed": 3,
    "done": 4,
    "undone": 4,
}
_TONES = {
    "checked": "amber", "applying": "steel", "failed": "red", "refused": "red", "done": "green",
}  # fmt: skip
_KIND_TITLES = {
    "": gettext_lazy("全部"),
    Severity.ERROR: gettext_lazy("错误"),
    Severity.WARNING: gettext_lazy("提醒"),
    Severity.NOTE: gettext_lazy("说明"),
}


@dataclass(frozen=True)
class SeenRun:
    """One import as a page shows it."""

    run: ImportRun
    title: Label
    state_title: str
    tone: str
    is_moving: bool
    figures: list[tuple[Label, int]]
    choices: frozenset[str]

    @property
    def progress_words(self) -> dict[str, object]:
        """Attributes for the progress component."""
        progress = self.run.progress
        if progress is None:  # checked and applied on the spot, as from the command line
            rows = self.run.rows_read
            return {"value": rows, "max": max(rows, 1), "label": "", "rate": "", "state": "done"}
        done = progress.done
        return {
            "value": done,
            "max": progress.total or max(done, 1),
            "label": _labels(self.run).get(progress.kind, progress.label),
            "rate": progress.rate,
            "state": progress.state,
        }


@dataclass(frozen=True)
class SeenLine:
    """One line of an import in the language of its reader."""

    row: int
    severity: str
    label: str
    column: str
    sentence: str


def seen_lines(run: ImportRun, lines: Iterable[ImportLine]) -> list[SeenLine]:
    """Lines of one import as a page shows them."""
    titles = column_titles(run)
    return [
        SeenLine(each.row, each.severity, each.label, titles.get(each.column, each.column), each.sentence)
        for each in lines
    ]


def seen_run(run: ImportRun) -> SeenRun:
    """What a page needs of one import; its file's sheet may be gone from the installation."""
    try:
        title: Label = offered_sheet(run.sheet).sheet.title
    except Refused:
        title = run.sheet
    is_moving = run.progress is not None and run.progress.state in OPEN
    return SeenRun(
        run=run,
        title=title,
        state_title=FLOW.title(run.state),
        tone=_TONES.get(run.state, "neutral"),
        is_moving=is_moving,
        figures=_figures(run),
        choices=frozenset() if is_moving else _choices(run),
    )


def shown_run(run: ImportRun | None) -> list[tuple[str, str]]:
    """The stages of an import with where it stands, for the steps component."""
    at = _AT[run.state] if run is not None else 0
    return [
        (str(name), "done" if place < at else "current" if place == at else "todo")
        for place, name in enumerate(_STAGES)
    ]


def kinds_of_lines(run: ImportRun, severity: str) -> list[dict[str, object]]:
    """Tabs over the lines: all of them, errors, warnings, notes, with how many are kept."""
    counts = count_lines(run)
    tabs = []
    for code, title in _KIND_TITLES.items():
        count = counts.get(code, 0) if code else sum(counts.values())
        query = QueryDict(mutable=True)
        query["severity"] = code
        if count or code in {"", severity}:
            tabs.append(
                {
                    "label": str(title),
                    "url": f"?{query.urlencode()}" if code else "?",
                    "count": count,
                    "current": code == severity,
                }
            )
    return tabs


def _labels(run: ImportRun) -> dict[str, str]:
    """What the work on an import is called, by its kind; the label kept with it is in the language of who began it."""
    labels = {
        "sheets.check_import": _("检查 %(file)s"),
        "sheets.apply_import": _("导入 %(file)s"),
        "sheets.undo_import": _("撤回 %(file)s"),
    }
    return {kind: label % {"file": run.file_name} for kind, label in labels.items()}


def _figures(run: ImportRun) -> list[tuple[Label, int]]:
    """Totals in words: what would happen before the import began, what happened after."""
    if not run.checked:
        return []
    begun = bool(run.batches_done)
    return [
        (_("新增") if begun else _("将新增"), run.count("new")),
        (_("更新") if begun else _("将更新"), run.count("changed")),
        (_("已有，没有变化"), run.count("same")),
        (_("没有导入") if begun else _("不能导入"), run.rows_refused),
    ]


def _choices(run: ImportRun) -> frozenset[str]:
    """Decisions open in the present state."""
    match run.state:
        case "uploaded" | "checked" if run.emptied_at:
            return frozenset()
        case "uploaded":
            return frozenset({"check"})
        case "checked":
            return frozenset({"start", "discard"} if run.rows_usable else {"discard"})
        case "applying":
            return frozenset({"resume"})
        case "failed":
            return frozenset({"resume", "discard"})
        case "done" if offered_sheet(run.sheet).sheet.undo is not None and run.count("new"):
            return frozenset({"undo"})
        case _:
            return frozenset()
