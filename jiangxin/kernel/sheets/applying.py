"""For sheets that call an action for each row: one savepoint per row, so that a refused row leaves the others alone."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from jiangxin.kernel.access import Refused
from jiangxin.kernel.sheets.cleaning import sentence_of
from jiangxin.kernel.sheets.columns import Applied, Result, Row
from jiangxin.kernel.sheets.findings import Finding

SaveRow = Callable[[Row], tuple[Result, str]]


def row_by_row(rows: Iterable[Row], save: SaveRow) -> Applied:
    """Call `save(row)`, which answers (result, message), for each row; a refusal becomes a finding of that row."""
    applied = Applied()
    for row in rows:
        try:
            with transaction.atomic():
                result, message = save(row)
        except (Refused, ValidationError) as refusal:
            result, message = Result.REFUSED, sentence_of(refusal)
            code = str(getattr(refusal, "code", "") or "refused")
            applied.findings.append(
                Finding(row.number, str(getattr(refusal, "field", "") or ""), code, message)
            )
        applied.add(row, result, message)
    return applied
