"""The document row as the engines write and read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from jiangxin.kernel.search.docs import Doc
from jiangxin.kernel.search.terms import (
    LONGEST_WORD,
    MOST_CHARACTERS,
    document_terms,
    facets_text,
    fold,
    name_keys,
    readings_of,
)


class Row(NamedTuple):
    """The columns of a document row except its id, in the order they are written."""

    kind_id: int
    object_id: int
    title: str
    text: str
    readings: str
    opath: str
    facets: str
    is_public: bool
    name_key: str
    pinyin: str
    initials: str
    updated_at: datetime | None

    def terms(self, lead: str) -> str:
        """The terms of the row in one text, each behind `lead`."""
        return document_terms(self.text, self.readings, self.opath, self.facets, lead=lead)


class Entry(NamedTuple):
    """A row and the further keys by which its name is found."""

    row: Row
    keys: tuple[str, ...]


COLUMNS = ", ".join(Row._fields)


def entry_of(doc: Doc, kind_id: int) -> Entry:
    """Make the row of a document: texts folded and cut to size, names read."""
    readings = readings_of(doc.title, doc.names)
    keys = name_keys(doc.title, doc.names)
    first = readings[0]
    words = list(dict.fromkeys(_cut(word) for reading in readings for word in reading))
    row = Row(
        kind_id=kind_id,
        object_id=doc.object_id,
        title=doc.title.replace("\x00", "")[:300],
        text="\n".join((fold(doc.title), fold(doc.unit), fold(doc.body[:MOST_CHARACTERS]))),
        readings=" ".join(words),
        opath=doc.opath,
        facets=facets_text(doc.facets),
        is_public=doc.is_public,
        name_key=keys[0][:100],
        pinyin=first.pinyin[:200],
        initials=first.initials[:100],
        updated_at=doc.updated_at,
    )
    return Entry(row, further_keys(row.name_key, keys, words, first.pinyin, first.initials))


def further_keys(name_key: str, keys: Iterable[str], words: Iterable[str], *known: str) -> tuple[str, ...]:
    """The keys that the row's own three columns do not hold."""
    held = {name_key, *(_cut(word) for word in known), ""}
    return tuple(dict.fromkeys(key[:200] for key in (*keys, *words) if key[:200] not in held))


def _cut(word: str) -> str:
    return word[:LONGEST_WORD]
