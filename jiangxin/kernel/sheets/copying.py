"""Columns as the lines of PostgreSQL's COPY: its text format, put together a column at a time."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

ODD = "\\\t\n\r"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_LINES = 5_000  # sent at once


def copy_columns(cursor: Any, table: str, columns: dict[str, Sequence[Any]], always: dict[str, Any]) -> int:
    """Copy rows, given column by column, with the values that are the same in each; returns how many."""
    names = ", ".join(map(connection.ops.quote_name, (*columns, *always)))
    end = "".join("\t" + _text(value) for value in always.values()) + "\n"
    rows = list(map("\t".join, zip(*map(_texts, columns.values()), strict=True)))
    with (
        connection.wrap_database_errors,
        cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy,
    ):
        for start in range(0, len(rows), _LINES):
            copy.write((end.join(rows[start : start + _LINES]) + end).encode())
    return int(cursor.rowcount)


def _texts(values: Sequence[Any]) -> Sequence[str]:
    """A column in COPY's text format; most are texts without any character that needs care."""
    kinds = set(map(type, values))
    if kinds == {str}:
        together = "".join(values)
        return [_text(value) for value in values] if any(odd in together for odd in ODD) else values
    return list(map(str, values)) if kinds == {int} else [_text(value) for value in values]


def _text(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).translate(_ESCAPES)
