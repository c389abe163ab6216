"""Reading spreadsheets: one way in for CSV, TSV, XLSX, XLS and JSON lines, each checked before a row is given out."""

from jiangxin.kernel.sheets.reading.opening import Reading, read_sheet

__all__ = ["Reading", "read_sheet"]
