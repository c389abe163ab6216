"""The reading half of an engine: candidates by terms, checked, ordered, counted, paged."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jiangxin.kernel.search.among import among
from jiangxin.kernel.search.compiling import Compiled, chosen_facets, compile_query
from jiangxin.kernel.search.cursors import read_cursor, write_cursor
from jiangxin.kernel.search.docs import CANDIDATE_CAP, COUNT_CAP, MOST_HITS, Hit, Page, Query
from jiangxin.kernel.search.terms import space_code
from jiangxin.kernel.search.writing import Writer

NO_END = 1 << 62
Sorted = list[tuple[float | str, int, int, str]]  # two keys they are sorted by, the document's id, its facets


class Candidate(NamedTuple):
    """The columns of a row that checking, ranking and showing need."""

    doc_id: int
    object_id: int
    title: str
    text: str
    readings: str
    pinyin: str
    facets: str = ""


class Search(NamedTuple):
    """One search under way: the question, its terms, and the spaces it looks into."""

    query: Query
    compiled: Compiled
    kind_id: int
    codes: tuple[str, ...]
    limit: int


class Reader(Writer):
    """Answers queries."""

    def search(self, query: Query) -> Page:
        """Answer a query; an impossible one, or a kind never indexed, gives an empty page. A foreign cursor is Refused."""
        compiled = compile_query(query)
        kind_id = self._kind_id(query.kind)
        if not kind_id or compiled.is_impossible:
            return Page()
        visible = (True,) if query.public_only else (False, True)
        codes = tuple(space_code(kind_id, is_public=is_public) for is_public in visible)
        search = Search(query, compiled, kind_id, codes, max(1, min(query.limit, MOST_HITS)))
        if compiled.is_plain:
            return self._browse(search)
        if query.order == "newest":
            return self._newest_page(search)
        return self._sorted_page(search)

    # --- without any condition: straight from the document table ---

    def _browse(self, search: Search) -> Page:
        query = search.query
        public = " AND is_public" if query.public_only else ""
        if query.order == "name":
            pinyin, doc_id = read_cursor(query.after, "a", default=("", 0))
            condition, order = "(pinyin, id) > (%s, %s)", "pinyin, id"
            values: list[str | int] = [pinyin, doc_id]
        else:
            _text, doc_id = read_cursor(query.after, "n", default=("", NO_END))
            condition, order, values = "id < %s", "id DESC", [doc_id]
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, object_id, title, '', '', pinyin FROM search_doc "  # noqa: S608 - own constants
                f"WHERE kind_id = %s AND {condition}{public} ORDER BY {order} LIMIT %s",
                [search.kind_id, *values, search.limit + 1],
            )
            found = [Candidate(*record) for record in cursor.fetchall()]
        return self._page(search, found, 0, exact=self._roll_up_count(search))

    def _roll_up(self, search: Search) -> dict[str, dict[str, int]]:
        """Exact counts of all facet values of a kind, from the table the writer keeps."""
        public = " AND is_public" if search.query.public_only else ""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT key, value, sum(count) FROM search_facet_count "  # noqa: S608 - own constant
                f"WHERE kind_id = %s{public} GROUP BY key, value HAVING sum(count) > 0",
                [search.kind_id],
            )
            counts: dict[str, dict[str, int]] = {}
            for key, value, count in cursor.fetchall():
                counts.setdefault(key, {})[value] = int(count)
        return counts

    def _roll_up_count(self, search: Search, key: str = "", value: str = "") -> int:
        public = " AND is_public" if search.query.public_only else ""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(sum(count), 0) FROM search_facet_count "  # noqa: S608 - own constant
                f"WHERE kind_id = %s AND key = %s AND value = %s{public}",
                [search.kind_id, key, value],
            )
            return int(cursor.fetchone()[0])

    # --- by terms ---

    def _newest_page(self, search: Search) -> Page:
        _text, before = read_cursor(search.query.after, "n", default=("", NO_END))
        if search.compiled.needs_check:
            return self._newest_checked_page(search, before)
        is_sample = search.query.with_facets and before == NO_END
        want = CANDIDATE_CAP if is_sample else search.limit + 1
        exact = self._exact_count(search)
        ids, count = self._candidates(
            search, before, want, counted=exact is None and self._wants_count(search)
        )
        found = self._load(ids[: search.limit + 1])
        return self._page(search, found, count, exact=exact, sample_ids=ids if is_sample else None)

    def _newest_checked_page(self, search: Search, before: int) -> Page:
        """Candidates in widening steps until the page is full; counted exactly while they stay below the candidate cap."""
        ids, count = self._candidates(search, NO_END, CANDIDATE_CAP, counted=True)
        checked = self._checked(search, ids)
        facets = [each.facets for each in checked]
        found = [candidate for candidate in checked if candidate.doc_id < before]
        if count <= CANDIDATE_CAP:
            return self._page(search, found, len(checked), sample=facets)
        last = min(before, ids[-1])
        while len(found) <= search.limit and last:
            ids, _count = self._candidates(search, last, CANDIDATE_CAP, counted=False)
            found += self._checked(search, ids)
            last = ids[-1] if len(ids) == CANDIDATE_CAP else 0
        return self._page(search, found, count, sample=facets)

    def _sorted_page(self, search: Search) -> Page:
        """By rank or by name over the newest candidates; paged by place.

        Where most of them only hold the pairs of a phrase, older ones follow in an order of their own.
        """
        _text, start = read_cursor(search.query.after, "o", default=("", 0))
        in_order = self._ranked if search.query.order == "ranked" else self._named
        ids, count = self._candidates(search, NO_END, CANDIDATE_CAP, counted=True)
        found = in_order(search, ids)
        facets = [row[-1] for row in found]
        while (
            search.compiled.needs_check and len(found) <= start + search.limit and len(ids) == CANDIDATE_CAP
        ):
            ids, _count = self._candidates(search, ids[-1], CANDIDATE_CAP, counted=False)
            found += in_order(search, ids)
        if count <= CANDIDATE_CAP or len(ids) < CANDIDATE_CAP:  # all have been checked
            count = len(found)
        shown = [doc_id for *_key, doc_id, _facets in found[start : start + search.limit]]
        place = {doc_id: number for number, doc_id in enumerate(shown)}
        following = start + search.limit if len(found) > start + search.limit else 0
        return self._page(
            search,
            sorted(self._load(shown), key=lambda each: place[each.doc_id]),
            count,
            exact=self._exact_count(search),
            sample=facets,
            following=following,
        )

    def _named(self, search: Search, ids: list[int]) -> Sorted:
        """The candidates that match, by pinyin."""
        return sorted((each.pinyin, 0, each.doc_id, each.facets) for each in self._checked(search, ids))

    def _ranked(self, search: Search, ids: list[int]) -> Sorted:
        """The candidates that match, best first, then newest; reads only what ranking needs, of a thousand."""
        score = search.compiled.score
        readings = "readings" if search.compiled.asks_readings else "''"
        condition, parameter = among(self.connection, ids)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, text, {readings}, facets FROM search_doc WHERE id {condition}",  # noqa: S608 - own constant
                [parameter],
            )
            return sorted(
                (-rank, -doc_id, doc_id, facets)
                for doc_id, text, readings, facets in cursor.fetchall()
                if (rank := score(text, readings)) >= 0
            )

    def _checked(self, search: Search, ids: list[int]) -> list[Candidate]:
        found = self._load(ids)
        if not search.compiled.needs_check:
            return found
        return [each for each in found if search.compiled.where(each.text, each.readings) is not None]

    def _load(self, ids: list[int]) -> list[Candidate]:
        """The rows of candidates, newest first; ids that are no longer there fall out."""
        if not ids:
            return []
        condition, parameter = among(self.connection, ids)
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, object_id, title, text, readings, pinyin, facets FROM search_doc "  # noqa: S608 - own constant
                f"WHERE id {condition} ORDER BY id DESC",
                [parameter],
            )
            return list(map(Candidate._make, cursor.fetchall()))

    def _wants_count(self, search: Search) -> bool:
        return search.query.with_count or search.query.with_facets

    def _exact_count(self, search: Search) -> int | None:
        """The exact number from the roll-up when one facet value is all that was asked."""
        query, facets = search.query, chosen_facets(search.query)
        if search.compiled.pieces or query.scope_path or len(facets) != 1 or len(facets[0][1]) != 1:
            return None
        return self._roll_up_count(search, facets[0][0], facets[0][1][0])

    # --- the page ---

    def _page(
        self,
        search: Search,
        found: Sequence[Candidate],
        count: int,
        *,
        exact: int | None = None,
        sample: Iterable[str] | None = None,
        sample_ids: list[int] | None = None,
        following: int = 0,
    ) -> Page:
        """`exact` counts where the roll-up knows it, else `count`, which stops above `COUNT_CAP`.

        `following` is the place the next page begins at; pages that go on from a row give one row more instead.
        """
        capped = exact is None and count > COUNT_CAP
        count = count if exact is None else exact
        shown = found[: search.limit]
        cursor = write_cursor("o", "", following) if following else ""
        if len(found) > search.limit:
            cursor = self._cursor(search, shown[-1])
        facets: dict[str, dict[str, int]] = {}
        is_sampled = False
        if search.query.with_facets and search.compiled.is_plain:
            facets = {key: values for key, values in self._roll_up(search).items() if key}
        elif search.query.with_facets:
            facets = _counted(self._facets(search, sample_ids) if sample is None else sample)
            is_sampled = count > CANDIDATE_CAP
        where = search.compiled.where
        hits = [
            Hit(each.object_id, each.title, (where(each.text, each.readings) or "") if each.text else "")
            for each in shown
        ]
        return Page(hits, COUNT_CAP if capped else count, capped, facets, is_sampled, cursor)

    def _cursor(self, search: Search, last: Candidate) -> str:
        if search.query.order == "name":
            return write_cursor("a", last.pinyin, last.doc_id)
        return write_cursor("n", "", last.doc_id)

    def _facets(self, search: Search, ids: list[int] | None) -> Iterable[str]:
        """The facets of the newest hits, whose ids may be known already."""
        if ids is None:
            ids, _count = self._candidates(search, NO_END, CANDIDATE_CAP, counted=False)
        condition, parameter = among(self.connection, ids)
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT facets FROM search_doc WHERE id {condition}", [parameter])  # noqa: S608 - own constant
            return [record[0] for record in cursor.fetchall()]

    @abstractmethod
    def _candidates(self, search: Search, before: int, want: int, *, counted: bool) -> tuple[list[int], int]:
        """The newest `want` document ids below `before` that hold the terms, newest first, and the number of all of them.

        The number ignores `before` and stops at `COUNT_CAP` + 1; it says nothing when not `counted`.
        """


def _counted(facets: Iterable[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for facet, number in Counter(" ".join(facets).split()).items():
        key, value = facet.split(":", 1)
        counts.setdefault(key, {})[value] = number
    return counts
