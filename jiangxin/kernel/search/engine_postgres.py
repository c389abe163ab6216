"""The engine on PostgreSQL: a narrow table of stripped tsvectors under a GIN index.

The vectors are moved out of line, so that a page of the table holds a hundred documents: counts read few pages and posting
lists grow small. A GIN scan answers in the order of the table, oldest first; so that the newest hits of a frequent term are
found without reading all of them, each document also carries a term for its block of numbers, and blocks are asked from
the newest down: first two, which tell whether the terms are frequent enough for more of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from jiangxin.kernel.search.compiling import Term
from jiangxin.kernel.search.docs import COUNT_CAP
from jiangxin.kernel.search.naming import Naming
from jiangxin.kernel.search.reading import NO_END, Search
from jiangxin.kernel.search.rows import COLUMNS, Row
from jiangxin.kernel.search.terms import space_code
from jiangxin.kernel.search.writing import Stored

BLOCK_BITS = 13
PROBE = 2  # blocks of the first look: the newest one is seldom full
SOON = 32  # blocks within which the wanted ids are worth walking for
AT_A_TIME = 8  # blocks asked for in one question: each block more makes every hit dearer
AT_A_TIME_OF_PREFIX = 24  # the same where each question first opens all terms that begin so
MOST_BLOCKS = 64  # blocks worth counting one after the other; beyond, one look at everything counts faster
_FOUND = "SELECT hits, newest FROM search_found(%s::tsquery, %s, %s, %s)"
_FOUND_WITHIN = "SELECT hits, newest FROM search_found_within(%s::tsquery, %s::tsquery, %s, %s, %s)"


class PostgresEngine(Naming):
    """Works on PostgreSQL from 12 (MATERIALIZED)."""

    def size_bytes(self) -> dict[str, int]:
        """Bytes of the inverted index, of the vectors' table, and of the documents with their name indexes."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_relation_size('search_terms_gin'), pg_total_relation_size('search_terms'), "
                "pg_total_relation_size('search_doc')"
            )
            index, total, rows = cursor.fetchone()
        return {"terms": int(index), "vectors": int(total - index), "rows": int(rows)}

    def _new_ids(self, count: int) -> Iterable[int]:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('search_doc', 'id')) FROM generate_series(1, %s)",
                [count],
            )
            return [record[0] for record in cursor.fetchall()]

    def _write_rows(self, rows: Sequence[Stored]) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY search_doc (id, {COLUMNS}) FROM STDIN") as copy,
        ):
            for doc_id, row in rows:
                copy.write_row((doc_id, *row))

    def _write_terms(self, rows: Sequence[Stored]) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy("COPY search_terms (doc_id, terms) FROM STDIN") as copy,
        ):
            for doc_id, row in rows:
                copy.write_row((doc_id, _vector(doc_id, row)))

    def _erase_terms(self, rows: Sequence[Stored]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_terms WHERE doc_id = ANY(%s)", [[doc_id for doc_id, _row in rows]]
            )

    def _erase_all_terms(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_terms")

    def _erase_everything(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # what was written in this transaction may still wait
            cursor.execute("TRUNCATE search_terms, search_name, search_facet_count, search_doc")

    def settle(self) -> None:
        """Move what was written into the index proper; a query reads the waiting part from end to end."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_terms_gin')")

    def let_go(self) -> None:
        """Vacuum now, also the few dead rows for which the database itself would not yet read an index to the end."""
        if self.connection.in_atomic_block:
            return  # VACUUM has its own transactions
        with self.connection.cursor() as cursor:
            cursor.execute("VACUUM (INDEX_CLEANUP ON) search_terms, search_doc, search_name")

    def _measure(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE search_terms")
            cursor.execute("ANALYZE search_doc")

    def _candidates(self, search: Search, before: int, want: int, *, counted: bool) -> tuple[list[int], int]:
        walk = _Walk(self.connection, search, before, want)
        walk.look(PROBE)
        if not walk.fills_soon:
            return self._at_once(search, walk)
        walk.fill()
        if not counted:
            return walk.ids, 0
        if before >= NO_END and (walk.block < 0 or walk.blocks_until(COUNT_CAP + 1) <= MOST_BLOCKS):
            walk.count_on()
            return walk.ids, min(walk.hits, COUNT_CAP + 1)
        return walk.ids, self._found(search, before, 0)[0]

    def _at_once(self, search: Search, walk: _Walk) -> tuple[list[int], int]:
        """Seldom among the newest: all hits, or as far as counting goes, in one look; then the newest of very many."""
        count, ids = self._found(search, walk.before, walk.want)
        if count <= COUNT_CAP:
            return ids, count
        walk.fill()
        return walk.ids, count

    def _found(self, search: Search, before: int, most: int) -> tuple[int, list[int]]:
        with self.connection.cursor() as cursor:
            cursor.execute(_FOUND, [_expression(search), before, most, COUNT_CAP + 1])
            count, ids = cursor.fetchone()
        return count, ids


class _Walk:
    """Hits block after block, from the newest down; what was met so far tells how many blocks to ask for at once."""

    def __init__(self, connection: BaseDatabaseWrapper, search: Search, before: int, want: int) -> None:
        self.connection, self.before, self.want = connection, before, want
        self.codes, self.expression = search.codes, _expression(search)
        has_prefix = any(term.is_prefix for group in search.compiled.groups for term in group)
        self.at_a_time = AT_A_TIME_OF_PREFIX if has_prefix else AT_A_TIME
        self.ids: list[int] = []
        self.hits = self.seen = 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(doc_id) FROM search_terms")
            newest = cursor.fetchone()[0]
        self.block = -1 if newest is None else min(before - 1, newest) >> BLOCK_BITS

    def look(self, blocks: int, *, collecting: bool = True) -> None:
        """Ask for the next blocks; ids are taken along as far as they are wanted."""
        last = max(-1, self.block - blocks)
        asked = range(self.block, last, -1)
        if not asked:
            return
        most = self.want - len(self.ids) if collecting else 0
        with self.connection.cursor() as cursor:
            cursor.execute(
                _FOUND_WITHIN,
                [self.expression, self._blocks(asked), self.before, most, len(asked) << BLOCK_BITS],
            )
            hits, ids = cursor.fetchone()
        self.ids += ids
        self.hits += hits
        self.seen += len(asked)
        self.block = last

    def _blocks(self, asked: Iterable[int]) -> str:
        """A condition of its own: as one more part of the query it would cost up to four times as much."""
        terms = tuple(Term(f":b{block}") for block in asked)
        return " | ".join(_alternatives(code, terms) for code in self.codes)

    @property
    def fills_soon(self) -> bool:
        """Whether the wanted ids lie within a moderate number of blocks, as far as one can tell."""
        return len(self.ids) >= self.want or self.hits * SOON >= self.want * self.seen > 0

    def blocks_until(self, hits: int) -> int:
        """How many more blocks will hold so many hits altogether, if they are as dense as those seen."""
        missing = max(0, hits - self.hits)
        return 1 + missing * self.seen // max(1, self.hits)

    def fill(self) -> None:
        """Go on until the wanted ids are there, or no block is left."""
        while self.block >= 0 and len(self.ids) < self.want:
            self.look(min(self.at_a_time, self.blocks_until(self.hits + self.want - len(self.ids))))

    def count_on(self) -> None:
        """Go on until counting may stop, or no block is left."""
        while self.block >= 0 and self.hits <= COUNT_CAP:
            self.look(min(self.at_a_time, self.blocks_until(COUNT_CAP + 1)), collecting=False)


def _vector(doc_id: int, row: Row) -> str:
    lead = "' '" + space_code(row.kind_id, is_public=row.is_public)
    return f"{row.terms(lead)}{lead}:b{doc_id >> BLOCK_BITS}'"[2:]


def _expression(search: Search) -> str:
    """The query in PostgreSQL's language: every term quoted, so that none of it is syntax."""
    groups = search.compiled.groups
    spaces = ("(" + " & ".join(_alternatives(code, group) for group in groups) + ")" for code in search.codes)
    return " | ".join(spaces)


def _alternatives(code: str, group: tuple[Term, ...]) -> str:
    terms = (
        "'" + code + term.text.replace("\\", "").replace("'", "") + "'" + (":*" if term.is_prefix else "")
        for term in group
    )
    return "(" + " | ".join(terms) + ")"
