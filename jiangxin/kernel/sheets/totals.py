"""Counting what happens to rows, and keeping the first lines of each kind for the person to read."""

from collections import Counter
from collections.abc import Iterable

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.sheets.columns import Applied, Result, Row, Sheet
from jiangxin.kernel.sheets.findings import Finding, Severity
from jiangxin.kernel.sheets.models import ImportLine, ImportRun, as_kept

MOST_LINES = {Severity.ERROR: 10_000, Severity.WARNING: 5_000, Severity.NOTE: 2_000}
COUNTED = ("rows", "left_out", "new", "changed", "same", "refused", "errors", "warnings", "notes")
_PLURAL = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


class Totals:
    """Totals of one phase; lines above the limits are counted but not kept."""

    def __init__(
        self, run: ImportRun, sheet: Sheet, *, phase: str, counts: dict[str, int] | None = None
    ) -> None:
        self._run = run
        self._phase = phase
        self._counts = Counter(counts or {})
        self._kept = Counter(dict.fromkeys(Severity, 0))
        public = [each.name for each in sheet.columns if each.privacy is PrivacyClass.PUBLIC]
        inner = [each.name for each in sheet.columns if each.privacy is PrivacyClass.INTERNAL]
        self._shown = [*public, *inner][:2]
        if counts:
            found = ImportLine.objects.filter(run=run, phase=phase).values_list("severity", flat=True)
            self._kept.update(Severity(each) for each in found)

    def as_dict(self) -> dict[str, int]:
        """All totals, also those that are 0."""
        return {name: self._counts[name] for name in COUNTED}

    def count_applied(self, rows: Batch, applied: Applied) -> list[ImportLine]:
        """Count one batch; return the lines worth keeping."""
        self._counts["rows"] += len(rows)
        for result in Result:
            self._counts[result.value] += getattr(applied, result.value)
        told = {each.row for each in applied.outcomes} | {each.row for each in applied.findings}
        labels = {number: rows[place] for place, number in enumerate(rows.numbers) if number in told}
        lines = self.count_findings(applied.findings, labels)
        for outcome in applied.outcomes:
            if outcome.result is not Result.REFUSED and self._has_room(Severity.NOTE):
                label = self._label(labels.get(outcome.row))
                lines.append(
                    self._line(outcome.row, "", outcome.result, Severity.NOTE, outcome.message, label)
                )
        return lines

    def count_findings(
        self, findings: Iterable[Finding], labels: dict[int, Row] | None = None
    ) -> list[ImportLine]:
        """Count findings; return the lines worth keeping."""
        lines = []
        for each in findings:
            self._counts[_PLURAL[each.severity]] += 1
            if self._has_room(each.severity):
                label = self._label((labels or {}).get(each.row))
                lines.append(self._line(each.row, each.column, each.code, each.severity, each.message, label))
        return lines

    def count_reading(self, findings: Iterable[Finding]) -> list[ImportLine]:
        """Count what reading the file found; a row with an error is left out before it is tried."""
        found = list(findings)
        self._counts["left_out"] += len(
            {each.row for each in found if each.severity is Severity.ERROR and each.row}
        )
        lines = self.count_findings(found)
        for line in lines:
            line.phase = "read"
        return lines

    def _has_room(self, severity: Severity) -> bool:
        self._kept[severity] += 1
        return self._kept[severity] <= MOST_LINES[severity]

    def _label(self, row: Row | None) -> str:
        if row is None:
            return ""
        return " · ".join(str(row.values[name]) for name in self._shown if row.values[name] is not None)[:200]

    def _line(
        self, row: int, column: str, code: str, severity: Severity, message: str, label: str
    ) -> ImportLine:
        return ImportLine(
            run=self._run,
            phase=self._phase,
            row=row,
            column=column[:100],
            code=str(code)[:60],
            severity=severity,
            label=label,
            **as_kept(message),
        )
