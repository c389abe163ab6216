"""The engine on PostgreSQL: a narrow table of stripped tsvectors under a GIN index.

The vectors are moved out of line, so that a page of the table holds a hundred documents: counts read few pages and posting
lists grow small. A GIN scan answers in the order of the table, oldest first; so that the newest hits of a frequent term are
found without reading all of them, each document also carries a term for its block of numbers, and blocks are asked from
the newest down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiangxin.kernel.search.compiling import Term
from jiangxin.kernel.search.docs import COUNT_CAP
from jiangxin.kernel.search.naming import Naming
from jiangxin.kernel.search.reading import Search
from jiangxin.kernel.search.rows import COLUMNS, Row
from jiangxin.kernel.search.terms import space_code
from jiangxin.kernel.search.writing import Stored

BLOCK_BITS = 13
MOST_BLOCKS = 16
_FOUND = "SELECT hits, newest FROM search_found(%s::tsquery, %s, %s, %s)"


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
        with self.connection.cursor() as cursor:
            cursor.execute(_FOUND, [_expression(search), before, want, COUNT_CAP + 1])
            count, ids = cursor.fetchone()
        if count <= COUNT_CAP:
            return ids, count
        return self._newest_of_many(search, before, want), count

    def _newest_of_many(self, search: Search, before: int, want: int) -> list[int]:
        """Ask block after block from the newest down, more blocks at a time the fewer hits they bring."""
        found: list[int] = []
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT max(doc_id) FROM search_terms")
            block = min(before - 1, cursor.fetchone()[0]) >> BLOCK_BITS
            step = 1
            while block >= 0 and len(found) < want:
                blocks = range(block, max(-1, block - step), -1)
                most = want - len(found)
                cursor.execute(_FOUND, [_expression(search, blocks), before, most, MOST_BLOCKS << BLOCK_BITS])
                found += cursor.fetchone()[1]
                block -= step
                step = min(step * 2, MOST_BLOCKS)
        return found


def _vector(doc_id: int, row: Row) -> str:
    lead = "' '" + space_code(row.kind_id, is_public=row.is_public)
    return f"{row.terms(lead)}{lead}:b{doc_id >> BLOCK_BITS}'"[2:]


def _expression(search: Search, blocks: Iterable[int] = ()) -> str:
    """The query in PostgreSQL's language: every term quoted, so that none of it is syntax."""
    block_terms = tuple(Term(f":b{block}") for block in blocks)
    groups = (*search.compiled.groups, *((block_terms,) if block_terms else ()))
    spaces = ("(" + " & ".join(_alternatives(code, group) for group in groups) + ")" for code in search.codes)
    return " | ".join(spaces)


def _alternatives(code: str, group: tuple[Term, ...]) -> str:
    terms = (
        "'" + code + term.text.replace("\\", "").replace("'", "") + "'" + (":*" if term.is_prefix else "")
        for term in group
    )
    return "(" + " | ".join(terms) + ")"
