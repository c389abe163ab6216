"""Looks for words in every table and every file of an installation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


def found(words: Collection[str]) -> list[tuple[str, str]]:
    """Where each of the words stands: (column or file, word), each once, in order."""
    return sorted({(place, word) for place, text in (*_cells(), *_files()) for word in words if word in text})


def _tables() -> list[str]:
    """Every table that holds rows itself: of SQLite's virtual ones, those behind them."""
    with connection.cursor() as cursor:
        virtual = []
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%%'")
            virtual = [name for (name,) in cursor.fetchall()]
        return [name for name in connection.introspection.table_names(cursor) if name not in virtual]


def _cells() -> Iterator[tuple[str, str]]:
    """Every value of every table, as text, with where it stands."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 - names of tables
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    yield f"{table}.{column}", raw.decode("utf-8", "replace")


def _files() -> Iterator[tuple[str, str]]:
    """Every file of the installation but the database's own, as text."""
    for path in Path(settings.JX_HOME).rglob("*"):
        if path.is_file() and ".sqlite3" not in path.name:
            yield path.name, path.read_bytes().decode("utf-8", "replace")
