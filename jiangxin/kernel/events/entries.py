"""Log entries: what of an event is hashed, and in which spelling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from jiangxin.kernel.events.models import Event, HashTile
from jiangxin.kernel.events.plain import canonical, written
from jiangxin.kernel.events.tiles import Place
from jiangxin.kernel.events.wording import cover, open_words

FIELDS = (
    "uid",
    "kind",
    "name",
    "actor",
    "actor_label",
    "action",
    "chain",
    "object_type",
    "object_id",
    "object_label",
    "opath",
    "payload",
    "reason",
    "request_id",
    "outcome",
)
COLUMNS = ("id", "at", *FIELDS, "salts")
AT_ONCE = 500  # ids in one query

Row = tuple[Any, ...]  # the COLUMNS of one event


def entry_bytes(sequence: int, row: Row) -> bytes:
    """The canonical JSON of one entry: its number, its time and every field; for words about people their digests."""
    at: datetime = row[1]
    entry = dict(zip(FIELDS, row[2:-1], strict=True))
    cover(entry, row[-1])
    entry["sequence"] = sequence
    entry["at"] = written(at)
    return canonical(entry)


def words_of(row: Row) -> dict[str, list[Any]]:
    """{place: [salt, word]} for the words of an event that the leaf only holds digests of and that still stand."""
    return open_words(dict(zip(FIELDS, row[2:-1], strict=True)), row[-1])


def event_rows(ids: list[int]) -> dict[int, Row]:
    """The rows of the events that exist among `ids`, by id."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = Event.objects.filter(pk__in=ids[start : start + AT_ONCE]).values_list(*COLUMNS)
        found.update((row[0], row) for row in rows)
    return found


def read_tiles(places: Iterable[Place]) -> dict[Place, bytes]:
    """The stored tiles at these places, in one query."""
    by_level: dict[int, list[int]] = {}
    for level, index in places:
        by_level.setdefault(level, []).append(index)
    if not by_level:
        return {}
    wanted = reduce(or_, (Q(level=level, index__in=indexes) for level, indexes in by_level.items()))
    tiles = HashTile.objects.filter(wanted).values_list("level", "index", "hashes")
    return {(level, index): bytes(hashes) for level, index, hashes in tiles}
