"""Spreadsheets in and out: read CSV, XLSX and JSONL safely, find faults row by row, import in batches, export streamed."""

from jiangxin.kernel.sheets.applying import row_by_row
from jiangxin.kernel.sheets.columns import (
    Applied,
    ApplyRows,
    Column,
    ExportRows,
    ImportContext,
    Outcome,
    Result,
    Row,
    Sheet,
    UndoRun,
)
from jiangxin.kernel.sheets.findings import Finding, Severity, Unusable

__all__ = [
    "Applied",
    "ApplyRows",
    "Column",
    "ExportRows",
    "Finding",
    "ImportContext",
    "Outcome",
    "Result",
    "Row",
    "Severity",
    "Sheet",
    "UndoRun",
    "Unusable",
    "row_by_row",
]
