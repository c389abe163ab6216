"""The engine on SQLite: an FTS5 table that keeps terms only (contentless, no positions), its rowid the document id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db.backends.utils import CursorWrapper

from jiangxin.kernel.search.compiling import Term
from jiangxin.kernel.search.docs import COUNT_CAP
from jiangxin.kernel.search.naming import Naming
from jiangxin.kernel.search.reading import NO_END, Search
from jiangxin.kernel.search.rows import COLUMNS, Row
from jiangxin.kernel.search.terms import space_code
from jiangxin.kernel.search.writing import Stored

_ROOM = {"cache_size": -49_152, "wal_autocheckpoint": 16_384}  # KiB (negative), pages
SLICE = 250  # pages merged in one transaction: about 25 ms
_MARKS = ", ".join(["%s"] * (len(Row._fields) + 1))


class SqliteEngine(Naming):
    """Works on SQLite from 3.40, which lacks later FTS5 conveniences: old terms are taken out by the "delete" command."""

    def size_bytes(self) -> dict[str, int]:
        """Bytes of the inverted index, and of the whole database file it lives in."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(sum(length(block)), 0) FROM search_terms_data")
            terms = cursor.fetchone()[0]
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            return {"terms": int(terms), "file": int(cursor.fetchone()[0])}

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """A cache that holds the ends of all name indexes, and fewer copies from the log to the file."""
        with self.connection.cursor() as cursor:
            before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in _ROOM}
            try:
                for name, value in _ROOM.items():
                    cursor.execute(f"PRAGMA {name} = {value}")
                yield
            finally:
                for name, value in before.items():
                    cursor.execute(f"PRAGMA {name} = {value}")

    def settle(self) -> None:
        """Nothing to do: each transaction leaves the index as a query wants it."""

    def let_go(self) -> None:
        """Merge the index into one segment, a slice a transaction: only then do terms of removed documents leave its blocks.

        Writers wait for one slice at most; an index that is one segment already costs nothing. (`secure-delete` of FTS5
        would do this at each removal, from SQLite 3.42 on.) At last the write-ahead log, which still holds what pages
        looked like before, is emptied, unless somebody reads from it.
        """
        with self.connection.cursor() as cursor:
            self._merge(cursor, -SLICE)
            while self._merge(cursor, SLICE):
                continue
            if not self.connection.in_atomic_block:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _merge(self, cursor: CursorWrapper, pages: int) -> bool:
        """Merge so many pages (negative: begin with all segments, however few); tells whether there was any work."""
        before = self.connection.connection.total_changes
        cursor.execute("INSERT INTO search_terms (search_terms, rank) VALUES ('merge', %s)", [pages])
        return bool(self.connection.connection.total_changes - before > 1)

    def _measure(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE search_doc")

    def _new_ids(self, count: int) -> Iterable[int]:
        """Numbers never used before, so that leftovers of a row removed behind our back can not point to another."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'search_doc'")
            last = int(cursor.fetchone()[0])
        return range(last + 1, last + 1 + count)

    def _write_rows(self, rows: Sequence[Stored]) -> None:
        records = [(doc_id, *row[:-1], self._moment(row.updated_at)) for doc_id, row in rows]
        with self.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO search_doc (id, {COLUMNS}) VALUES ({_MARKS})", records)  # noqa: S608

    def _moment(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.isoformat(" ")

    def _write_terms(self, rows: Sequence[Stored]) -> None:
        records = [(doc_id, _terms(row)) for doc_id, row in rows]
        with self.connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_terms (rowid, terms) VALUES (%s, %s)", records)

    def _erase_terms(self, rows: Sequence[Stored]) -> None:
        records = [(doc_id, _terms(row)) for doc_id, row in rows]
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', %s, %s)", records
            )

    def _erase_all_terms(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_terms (search_terms) VALUES ('delete-all')")

    def _erase_everything(self) -> None:
        self._erase_all_terms()
        with self.connection.cursor() as cursor:
            for table in ("search_name", "search_facet_count", "search_doc"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables

    def _candidates(self, search: Search, before: int, want: int, *, counted: bool) -> tuple[list[int], int]:
        match = _expression(search)
        if not counted:
            return self._newest(match, before, want)[0], 0
        ids, count = self._newest(match, NO_END, COUNT_CAP + 1, want=want)
        return ids if before >= NO_END else self._newest(match, before, want)[0], count

    def _newest(self, match: str, before: int, most: int, *, want: int = 0) -> tuple[list[int], int]:
        """The newest `want` (all) of at most `most` hits, and how many these are.

        In one reading, as a prefix of many terms costs most before its first hit; handed over as one text, as ten thousand
        rows of one number each cost more than finding them.
        """
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), group_concat(rowid) FROM (SELECT rowid FROM search_terms "
                "WHERE search_terms MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s)",
                [match, before, most],
            )
            count, text = cursor.fetchone()
        want = want or most
        return [int(each) for each in text.split(",", want)[:want]] if count else [], int(count)


def _terms(row: Row) -> str:
    return row.terms(" " + space_code(row.kind_id, is_public=row.is_public))


def _expression(search: Search) -> str:
    """The query in FTS5's language: every term quoted, so that none of it is syntax."""
    spaces = (
        "(" + " AND ".join(_alternatives(code, group) for group in search.compiled.groups) + ")"
        for code in search.codes
    )
    return " OR ".join(spaces)


def _alternatives(code: str, group: tuple[Term, ...]) -> str:
    terms = (f'"{code}{term.text.replace(chr(34), "")}"' + (" *" if term.is_prefix else "") for term in group)
    return "(" + " OR ".join(terms) + ")"
