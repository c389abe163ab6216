"""Reads what the full-text index of SQLite physically holds: every term of every block, also of rows long removed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

_SEGMENT_BITS, _NO_LEAF = 37, (1 << 37) - (1 << 31)


def terms_in_blocks() -> list[str]:
    """Every term that stands in a leaf, with the marks of what was deleted, as the format of FTS5 lays them down."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, block FROM search_terms_data WHERE id >= %s ORDER BY id", [1 << _SEGMENT_BITS]
        )
        leaves = [bytes(block) for number, block in cursor.fetchall() if not number & _NO_LEAF]
    return [term.decode("utf-8", "replace") for leaf in leaves for term in _terms(leaf)]


def _terms(leaf: bytes) -> Iterator[bytes]:
    """Bytes 2 and 3 say where the list of places begins; a term is kept as what it shares with the one before, and its rest."""
    places, at, place = [], int.from_bytes(leaf[2:4], "big"), 0
    while at < len(leaf):
        step, at = _number(leaf, at)
        place += step
        places.append(place)
    term = b""
    for count, where in enumerate(places):
        shared, begin = _number(leaf, where) if count else (0, where)
        length, begin = _number(leaf, begin)
        term = term[:shared] + leaf[begin : begin + length]
        yield term


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the highest first, and where the next thing begins."""
    value = 0
    while True:
        byte = content[at]
        value, at = (value << 7) | (byte & 127), at + 1
        if not byte & 128:
            return value, at
