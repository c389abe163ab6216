"""The path of an organisation: fixed-width segments, one per level, compared byte by byte."""

from typing import Any, TypeVar

from django.db import connection, models

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)
SEGMENT = 4
DEEPEST = 60
PATH_LENGTH = SEGMENT * (DEEPEST + 1)
AFTER = "~"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_CHILDREN = 36**SEGMENT - 1


class ByteOrderedField(models.CharField[_ST, _GT]):
    """Characters compared by byte on both engines, so that a range over a prefix walks the index.

    SQLite compares bytes by itself; on PostgreSQL the column is created with the "C" collation.
    """

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters


class PathField(ByteOrderedField[str, str]):
    """The path of an organisation, or a copy of it in a record that belongs to one (opath)."""


def segment(serial: int) -> str:
    """Write the `serial`-th child (1 … 1,679,615) as four base-36 digits; ValueError outside."""
    if not 1 <= serial <= MOST_CHILDREN:
        raise ValueError(serial)
    text = ""
    for _place in range(SEGMENT):
        serial, digit = divmod(serial, 36)
        text = _DIGITS[digit] + text
    return text


def serial_of(path: str) -> int:
    """Read the last segment of `path` as a number; 0 for the empty path."""
    return int(path[-SEGMENT:], 36) if path else 0


def parent_path(path: str) -> str:
    """Return the path one level up; "" above a root."""
    return path[:-SEGMENT]


def ancestor_paths(path: str) -> list[str]:
    """Return the paths from the root down to `path` itself."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


def covers(upper: str, lower: str) -> bool:
    """Tell whether the organisation at `upper` is `lower` or stands above it."""
    return bool(upper) and lower.startswith(upper)


TREE_LOCK = 7_011_949


def lock_tree(*, alone: bool) -> None:
    """Hold the shape of the tree until the transaction ends: shared to add a leaf, alone to move branches.

    SQLite has one writer at a time (transactions begin IMMEDIATE), so only PostgreSQL needs a lock.
    """
    if connection.vendor == "postgresql":
        call = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}(%s)", [TREE_LOCK])
