"""What waits for indexing: marked in the transaction of the change, worked off in the background."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from jiangxin.kernel.modules.declarations import SearchKind
from jiangxin.kernel.modules.register import installed_modules, named
from jiangxin.kernel.search.docs import COUNT_CAP, Doc
from jiangxin.kernel.search.engine import engine

log = logging.getLogger(__name__)
Kinds = Mapping[str, SearchKind]
DRAIN_LIMIT = 5_000
_MARK_BATCH = 10_000
_DRAIN_LOCK = 0x4A58_5345


def mark(kind: str, object_ids: Iterable[int], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Note that things changed, appeared or went; call it inside the transaction that changes them.

    Each call adds rows, even for a thing that waits already: a waiting row may just be taken by a worker that cannot see the
    new change yet.
    """
    connection = connections[using]
    ids = iter(object_ids)
    with connection.cursor() as cursor:
        while batch := list(islice(ids, _MARK_BATCH)):
            if connection.vendor == "postgresql":
                cursor.execute(
                    "INSERT INTO search_dirty (kind, object_id) SELECT %s, unnest(%s::bigint[])",
                    [kind, batch],
                )
            else:
                cursor.execute(
                    "INSERT INTO search_dirty (kind, object_id) SELECT %s, value FROM json_each(%s)",
                    [kind, json.dumps(batch)],
                )


def pending(kind: str = "", *, cap: int = COUNT_CAP + 1, using: str = DEFAULT_DB_ALIAS) -> int:
    """How many changes wait (of one kind, or of all), counted up to `cap`; for "索引正在更新，还差 N 条"."""
    condition, values = ("WHERE kind = %s", [kind]) if kind else ("", list[str]())
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM search_dirty {condition} LIMIT %s) AS waiting",  # noqa: S608
            [*values, cap],
        )
        return int(cursor.fetchone()[0])


def drain(limit: int = DRAIN_LIMIT, *, kinds: Kinds | None = None, using: str = DEFAULT_DB_ALIAS) -> int:
    """Index the longest-waiting changes in one transaction; returns how many rows were worked off, 0 when none waits.

    `kinds` are the declared ones unless given.

    One worker at a time; another that calls meanwhile gets 0. After a crash the rows are simply still there. Things the
    provider no longer gives are taken out of the index, and so is everything of a kind nobody declares any more. A thing that
    cannot be described does not hold up the others: it is logged and stays as it was; when nothing of a kind can, the error
    is raised and the backlog stays.
    """
    if not pending(cap=1, using=using):
        return 0
    machine = engine(using)
    with machine.roomy(), transaction.atomic(using=using):
        taken = _take(limit, using=using)
        for kind in sorted({kind for kind, _object_id in taken}):
            ids = list(dict.fromkeys(object_id for each, object_id in taken if each == kind))
            declared = (search_kinds() if kinds is None else kinds).get(kind)
            _refresh(kind, declared, ids, using=using)
    if 0 < len(taken) < limit:
        machine.settle()
    return len(taken)


def mark_all(kind: str, *, kinds: Kinds | None = None, using: str = DEFAULT_DB_ALIAS) -> int:
    """Mark everything of a kind, and all that the index holds of it, for a rebuild in the background; returns how many."""
    declared = (search_kinds() if kinds is None else kinds)[kind]
    there = set(named(declared.ids)()) if declared.ids else set[int]()
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT object_id FROM search_doc WHERE kind_id = (SELECT id FROM search_kind WHERE name = %s)",
            [kind],
        )
        there.update(record[0] for record in cursor.fetchall())
    with transaction.atomic(using=using):
        mark(kind, sorted(there), using=using)
    return len(there)


def search_kinds() -> dict[str, SearchKind]:
    """Every declared kind by name."""
    return {kind.kind: kind for module in installed_modules() for kind in module.search}


def _take(limit: int, *, using: str) -> list[tuple[str, int]]:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_DRAIN_LOCK])
            if not cursor.fetchone()[0]:
                return []
        cursor.execute(
            "DELETE FROM search_dirty WHERE id IN (SELECT id FROM search_dirty ORDER BY id LIMIT %s) "
            "RETURNING id, kind, object_id",
            [limit],
        )
        return [(kind, object_id) for _id, kind, object_id in sorted(cursor.fetchall())]


def _refresh(kind: str, declared: SearchKind | None, ids: list[int], *, using: str) -> None:
    try:
        with transaction.atomic(using=using):
            docs = _in_order(_documents(declared, ids), ids) if declared else []
            engine(using).index(docs)
            engine(using).remove(kind, set(ids).difference(doc.object_id for doc in docs))
    except Exception:
        if len(ids) == 1:
            raise
        _refresh_one_by_one(kind, declared, ids, using=using)


def _refresh_one_by_one(kind: str, declared: SearchKind | None, ids: list[int], *, using: str) -> None:
    failures: list[Exception] = []
    for object_id in ids:
        try:
            _refresh(kind, declared, [object_id], using=using)
        except Exception as failure:
            failures.append(failure)
            log.warning("%s %s could not be indexed", kind, object_id, exc_info=failure)
    if len(failures) == len(ids):
        raise failures[0]


def _in_order(docs: Iterable[Doc], ids: list[int]) -> list[Doc]:
    """The documents as they were marked, whatever order the provider's query came in: what was marked last is the newest."""
    place = {object_id: number for number, object_id in enumerate(ids)}
    return sorted(docs, key=lambda doc: place[doc.object_id])


def _documents(declared: SearchKind, ids: list[int]) -> Iterable[Doc]:
    documents: Iterable[Doc] = named(declared.documents)(ids)
    return documents
