"""Shapes the columns and cells of the table component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

ARIA_SORT = {"asc": "ascending", "desc": "descending"}


def table_columns(values: dict[str, Any]) -> dict[str, Any]:
    """Return columns as mappings, and rows whose cells know their column."""
    columns = [_column(column) for column in values["columns"]]
    rows = values["rows"]
    if rows is not None:
        rows = [_cells(row, columns) for row in rows]
    return {"columns": columns, "rows": rows}


def _column(column: object) -> dict[str, Any]:
    if not isinstance(column, Mapping):
        return {"label": column}
    return {**column, "aria_sort": ARIA_SORT.get(str(column.get("sorted", "")), "")}


def _cells(row: Iterable[object], columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = []
    for column, value in zip(columns, row, strict=True):
        cell = dict(value) if isinstance(value, Mapping) else {"value": value}
        cells.append({"column": column, **cell})
    return cells
