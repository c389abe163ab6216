"""Pages of a long list whose length is known only about: the rows of the page asked for set it right."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

GROWN_BY = 1_000  # pages a list may have grown by since it was counted


class _Pages(Paginator[Any]):
    """Pages that are told their number instead of counting."""

    count = 0


def page_of(rows: QuerySet[Any], asked: str | None, *, size: int, known: int) -> Page[Any]:
    """The page asked for of rows that were `known` in number when they were counted; every row can be reached.

    Reads one row more than it shows: whether there is a next page is told by the rows. Behind the end it is the last
    page that was known, and only where that has gone too, the rows are counted.
    """
    pages = _Pages(rows, size)
    pages.count = known
    last = max(1, -(-known // size))
    for number in (min(_number(asked), last + GROWN_BY), last):
        before = (number - 1) * size
        found = list(rows[before : before + size + 1])
        if found or number == 1:
            end = before + len(found)
            pages.count = max(known, end) if len(found) > size else end
            return Page(found[:size], number, pages)
    return Paginator(rows, size).get_page(last)


def _number(asked: str | None) -> int:
    """A whole number from 1; whatever else was asked is the first page."""
    try:
        return max(1, int(asked or 1))
    except ValueError:
        return 1
