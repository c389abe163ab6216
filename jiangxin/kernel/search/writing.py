"""The writing half of an engine: documents in, changed ones replaced, facet counts kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from jiangxin.kernel.search.among import among
from jiangxin.kernel.search.docs import Doc
from jiangxin.kernel.search.rows import COLUMNS, Entry, Row, entry_of

BATCH = 5_000
Stored = tuple[int, Row]
_FACETS = """
    INSERT INTO search_facet_count AS f (kind_id, is_public, key, value, count) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (kind_id, is_public, key, value) DO UPDATE SET count = f.count + excluded.count
"""


class Writer(ABC):
    """Keeps the index of one database. Works inside the caller's transaction; documents equal to the stored ones cost no write."""

    def __init__(self, using: str = DEFAULT_DB_ALIAS) -> None:
        self.using = using

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """The database connection of this thread."""
        return connections[self.using]

    def index(self, docs: Iterable[Doc]) -> int:
        """Write documents, replacing those of the same kind and object id; returns how many rows changed."""
        changed = 0
        for batch in _batches(docs):
            with transaction.atomic(using=self.using):
                changed += self._index_batch(batch)
        return changed

    def index_many(self, docs: Iterable[Doc]) -> int:
        """Write very many documents, one transaction per batch; for a rebuild. The engine may tidy up at the end."""
        with self.roomy():
            changed = self.index(docs)
        self.settle()
        self._measure()
        return changed

    def remove(self, kind: str, object_ids: Iterable[int]) -> int:
        """Take things out of the index; returns how many were in it."""
        with transaction.atomic(using=self.using):
            kind_id = self._kind_id(kind)
            stored = list(self._stored(kind_id, list(object_ids)).values()) if kind_id else []
            self._erase(stored)
            self._add_to_facets([], stored)
        return len(stored)

    def clear(self) -> None:
        """Empty the whole index."""
        with transaction.atomic(using=self.using):
            self._erase_everything()

    def _index_batch(self, batch: Sequence[Doc]) -> int:
        latest = {(doc.kind, doc.object_id): doc for doc in batch}
        kinds = {kind: self._open_kind(kind) for kind in sorted({doc.kind for doc in batch})}
        entries = [entry_of(doc, kinds[doc.kind]) for doc in latest.values()]
        stored: dict[tuple[int, int], Stored] = {}
        for kind_id in kinds.values():
            ids = [entry.row.object_id for entry in entries if entry.row.kind_id == kind_id]
            stored.update({(kind_id, each): row for each, row in self._stored(kind_id, ids).items()})
        changed = [entry for entry in entries if not _is_stored(entry.row, stored)]
        old = [
            stored[key] for entry in changed if (key := (entry.row.kind_id, entry.row.object_id)) in stored
        ]
        self._erase(old)
        self._insert(changed, {(row.kind_id, row.object_id): doc_id for doc_id, row in old})
        self._add_to_facets([entry.row for entry in changed], old)
        return len(changed)

    def _insert(self, entries: Sequence[Entry], old_ids: dict[tuple[int, int], int]) -> None:
        """Write rows; a replaced document keeps its id and with it its place among the newest."""
        if not entries:
            return
        if not self._has_rows():
            self._erase_all_terms()  # leftovers, should somebody have emptied the tables behind our back
        keys = [(entry.row.kind_id, entry.row.object_id) for entry in entries]
        new_ids = iter(self._new_ids(sum(key not in old_ids for key in keys)))
        doc_ids = [old_ids[key] if key in old_ids else next(new_ids) for key in keys]
        rows = [(doc_id, entry.row) for doc_id, entry in zip(doc_ids, entries, strict=True)]
        self._write_rows(rows)
        self._write_terms(rows)
        names = [
            (row[1].kind_id, row[0], key)
            for row, entry in zip(rows, entries, strict=True)
            for key in entry.keys
        ]
        if names:
            with self.connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO search_name (kind_id, doc_id, key) VALUES (%s, %s, %s)", names
                )

    def _erase(self, stored: Sequence[Stored]) -> None:
        if not stored:
            return
        self._erase_terms(stored)
        condition, ids = among(self.connection, [doc_id for doc_id, _row in stored])
        with self.connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_name WHERE doc_id {condition}", [ids])  # noqa: S608 - own constant
            cursor.execute(f"DELETE FROM search_doc WHERE id {condition}", [ids])  # noqa: S608 - own constant

    def _add_to_facets(self, new: Iterable[Row], old: Iterable[Stored]) -> None:
        counts: Counter[tuple[int, bool, str, str]] = Counter()
        for row in new:
            counts.update(_facet_keys(row))
        for _doc_id, row in old:
            counts.subtract(_facet_keys(row))
        changes = sorted((*key, count) for key, count in counts.items() if count)
        if changes:
            with self.connection.cursor() as cursor:
                cursor.executemany(_FACETS, changes)

    def _stored(self, kind_id: int, object_ids: list[int]) -> dict[int, Stored]:
        condition, ids = among(self.connection, object_ids)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {COLUMNS} FROM search_doc WHERE kind_id = %s AND object_id {condition}",  # noqa: S608
                [kind_id, ids],
            )
            return {record[2]: (record[0], Row(*record[1:])) for record in cursor.fetchall()}

    def _has_rows(self) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM search_doc LIMIT 1")
            return cursor.fetchone() is not None

    def _open_kind(self, kind: str) -> int:
        known = self._kind_id(kind)
        if known:
            return known
        with self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_kind (name) VALUES (%s) ON CONFLICT DO NOTHING", [kind])
        return self._kind_id(kind)

    def _kind_id(self, kind: str) -> int:
        """The number of a kind, 0 when nothing of it was ever indexed."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT id FROM search_kind WHERE name = %s", [kind])
            found = cursor.fetchone()
        return int(found[0]) if found else 0

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """More memory for the database while very much is written; put it round the transactions."""
        yield

    @abstractmethod
    def settle(self) -> None:
        """Tidy up after many writes, when nothing more waits."""

    @abstractmethod
    def let_go(self) -> None:
        """Drop physically what was taken out of the index before; for quiet hours, outside any transaction."""

    @abstractmethod
    def size_bytes(self) -> dict[str, int]:
        """Bytes on disk: "terms" for the inverted index, and what else the database can tell."""

    @abstractmethod
    def _measure(self) -> None:
        """Let the database count anew what it plans by."""

    @abstractmethod
    def _new_ids(self, count: int) -> Iterable[int]: ...

    @abstractmethod
    def _write_rows(self, rows: Sequence[Stored]) -> None: ...

    @abstractmethod
    def _write_terms(self, rows: Sequence[Stored]) -> None: ...

    @abstractmethod
    def _erase_terms(self, rows: Sequence[Stored]) -> None: ...

    @abstractmethod
    def _erase_all_terms(self) -> None: ...

    @abstractmethod
    def _erase_everything(self) -> None: ...


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    source = iter(docs)
    while batch := list(islice(source, BATCH)):
        yield batch


def _is_stored(row: Row, stored: dict[tuple[int, int], Stored]) -> bool:
    old = stored.get((row.kind_id, row.object_id))
    return old is not None and old[1] == row


def _facet_keys(row: Row) -> list[tuple[int, bool, str, str]]:
    keys = [(row.kind_id, row.is_public, "", "")]
    for facet in filter(None, row.facets.split(" ")):
        key, value = facet.split(":", 1)
        keys.append((row.kind_id, row.is_public, key, value))
    return keys
