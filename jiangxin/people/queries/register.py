"""The public register: workers whose page is public, found by words and facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiangxin.kernel.search import Page, Query, engine
from jiangxin.people.models import Person
from jiangxin.people.queries.search import KIND


@dataclass(frozen=True)
class RegisterQuery:
    """What a visitor looks for; ``region`` is 2, 4 or 6 digits, ``industry`` a section letter or division.

    Without an ``order``, words find the best first, and no words the newest first.
    """

    text: str = ""
    year: str = ""
    honour: str = ""
    region: str = ""
    industry: str = ""
    after: str = ""
    order: Literal["", "newest", "ranked", "name"] = ""

    @property
    def facets(self) -> dict[str, str]:
        """The facets as the search index knows them."""
        named = {"y": self.year, "h": self.honour, "r": self.region, "i": self.industry}
        return {key: value for key, value in named.items() if value}


@dataclass(frozen=True)
class RegisterPage:
    """One page of workers with the count and the facet counts of the whole answer."""

    people: list[Person]
    found: Page

    @property
    def next_cursor(self) -> str:
        """Cursor of the following page, empty on the last one."""
        return self.found.next_cursor


def find_public(wanted: RegisterQuery, *, limit: int = 20, with_facets: bool = False) -> RegisterPage:
    """One page of the public register; two queries beside the search. Rights are checked again on the page."""
    found = engine().search(
        Query(
            kind=KIND,
            text=wanted.text,
            facets=wanted.facets,
            order=wanted.order or ("ranked" if wanted.text else "newest"),
            public_only=True,
            limit=limit,
            after=wanted.after,
            with_facets=with_facets,
        )
    )
    rows = Person.objects.public().canonical().filter(pk__in=found.ids).select_related("region")
    by_id = {person.pk: person for person in rows}
    return RegisterPage([by_id[key] for key in found.ids if key in by_id], found)
