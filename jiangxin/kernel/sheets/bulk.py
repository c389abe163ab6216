"""Insert many rows at the speed of the driver: executemany on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection, models, transaction

_DRAW = "SELECT nextval(pg_get_serial_sequence(%s, %s)) AS key FROM generate_series(1, %s)"
_FIRST_AND_LAST = f"WITH drawn AS ({_DRAW}) SELECT min(key), max(key) FROM drawn"  # noqa: S608 - constant text

_LARGE = {"mmap_size": 0, "cache_size": -49_152, "wal_autocheckpoint": 16_384}  # bytes, KiB (negative), pages
Records = Iterable[Sequence[Any]]
Columns = dict[str, Sequence[Any]]


def bulk_insert(model: type[models.Model], columns: Sequence[str], rows: Records) -> int:
    """Insert `rows` (values in the order of `columns`, named as in the table) and return how many were written.

    Values go in as they are: no defaults, no validation, no auto_now, sealed fields sealed by the caller. Runs in the
    caller's transaction; a violated constraint raises IntegrityError and leaves nothing of the rows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copy(cursor, model._meta.db_table, columns, rows)
        return _execute_many(cursor, model._meta.db_table, columns, rows)


def insert_columns(
    model: type[models.Model], columns: Columns, *, always: dict[str, Any] | None = None
) -> int:
    """Insert rows given column by column, and `always`, the columns in which every row has one value; as `bulk_insert`.

    SQLite binds only what varies: the rest stands in the statement, which saves a quarter of the binding.
    """
    constant = always or {}
    names = (*columns, *constant)
    rows = zip(*columns.values(), strict=True)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            end = tuple(constant.values())
            return _copy(cursor, model._meta.db_table, names, (row + end for row in rows))
        literals = [_literal(value) for value in constant.values()]
        return _execute_many(cursor, model._meta.db_table, names, rows, literals)


@contextmanager
def large_writes() -> Iterator[None]:
    """Give SQLite the memory that indexes of a million rows need, in its own cache instead of a map of the file."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in _LARGE}
        try:
            for name, value in _LARGE.items():
                cursor.execute(f"PRAGMA {name} = {value}")
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {value}")


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Reserve `count` primary keys, so that children can be written in the same go as their parents.

    Call it inside the transaction that inserts: SQLite lets one writer in at a time, so the keys after the largest
    ever given are free until its end; PostgreSQL takes them from the sequence and never gives them twice.
    """
    table, pk = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _from_sequence(cursor, connection.ops.quote_name(table), pk, count)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        given = cursor.fetchone()
        first = int(given[0]) + 1 if given else 1
        return range(first, first + count)


def _from_sequence(cursor: Any, table: str, pk: str, count: int) -> Sequence[int]:
    cursor.execute(_FIRST_AND_LAST, [table, pk, count])
    first, last = cursor.fetchone()
    if last - first == count - 1:
        return range(first, last + 1)
    cursor.execute(_DRAW, [table, pk, count])  # somebody drew in between: take each key by itself
    return [int(row[0]) for row in cursor.fetchall()]


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Records) -> int:
    names = ", ".join(map(connection.ops.quote_name, columns))
    statement = f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN"
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return int(cursor.rowcount)


def _execute_many(
    cursor: Any, table: str, columns: Sequence[str], rows: Records, literals: Sequence[str] = ()
) -> int:
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * (len(columns) - len(literals)) + list(literals))
    names = ", ".join(map(quote, columns))
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return 0
    cursor.executemany(
        f"INSERT INTO {quote(table)} ({names}) VALUES ({places})",  # noqa: S608 - quoted names
        chain([first], waiting),
    )
    return int(cursor.rowcount)


def _literal(value: Any) -> str:
    """A value as it stands in a statement of SQLite that is a template of its driver."""
    if value is None or isinstance(value, bool | int):
        return "NULL" if value is None else str(int(value))
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"
