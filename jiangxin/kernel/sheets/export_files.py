"""Whole exports into files, logged: the way of the command line."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jiangxin.kernel.access import Actor
from jiangxin.kernel.events import record_action
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets.columns import Sheet
from jiangxin.kernel.sheets.exporting import Values, write_csv, write_jsonl, write_xlsx

PROGRESS_STEP = 1_000


def write_export(
    path: Path,
    sheet: Sheet,
    rows: Iterable[Values],
    *,
    by: Actor,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write what may leave the house without a reason (no 敏感 or 高敏 column) by the ending of `path`; log it; return the rows.

    The file is there whole or not at all. KeyError for an ending other than .csv, .xlsx and .jsonl.
    """
    write = {".csv": write_csv, ".xlsx": write_xlsx, ".jsonl": write_jsonl}[path.suffix.lower()]
    columns = [each for each in sheet.columns if each.privacy.rank < PrivacyClass.SENSITIVE.rank]
    counted = _Counted(rows, progress)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        write(unfinished, sheet, counted, by=by, columns=columns)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    record_action("sheets.export_rows", by=by, payload={"sheet": sheet.name, "rows": counted.rows})
    return counted.rows


class _Counted:
    """Rows that are counted while they go by."""

    def __init__(self, rows: Iterable[Values], progress: Callable[[int], None] | None) -> None:
        self.rows = 0
        self._source = rows
        self._progress = progress

    def __iter__(self) -> Iterator[Values]:
        for values in self._source:
            self.rows += 1
            if self._progress is not None and self.rows % PROGRESS_STEP == 0:
                self._progress(PROGRESS_STEP)
            yield values
