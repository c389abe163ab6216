"""Pages of lists that may be long: what a page costs does not grow with the width of the rows before it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class KeysFirst(Paginator[Any]):
    """Finds and orders the keys of a page alone, by an index where there is one, and then reads its few rows.

    Asked in one question, a database joins and carries whole rows into the sorting, tens of thousands for a page of thirty
    (SQLite, 90,000 conferrals of a city: 205 ms; keys first: 20).
    """

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Any]:
        """The page with this number (from 1); EmptyPage or PageNotAnInteger for others."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.select_related(None).values_list("pk", flat=True)[
            first : first + self.per_page
        ]
        return Page(self.object_list.filter(pk__in=list(keys)), number, self)
