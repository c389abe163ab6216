"""Whom a row names: a worker or a collective, known from the same list or opened anew."""

from collections.abc import Sequence

from jiangxin.honours.actions.conferral import add_collective
from jiangxin.honours.actions.importing.rows import SEXES, ListRow
from jiangxin.honours.models import Collective, Conferral, HonourList
from jiangxin.kernel.access import Actor
from jiangxin.orgs.models import Employer, Org, Region
from jiangxin.orgs.queries.codes import ethnic_groups, word_named
from jiangxin.orgs.queries.regions import resolve_region_text
from jiangxin.orgs.queries.units import resolve_units
from jiangxin.people.actions import add_employment, add_person
from jiangxin.people.models import Person


class Holders:
    """Opens the records that rows need; what they print of units and regions is looked up once for a batch."""

    def __init__(self, rows: Sequence[ListRow], *, org: Org | None, by: Actor) -> None:
        self._org, self._by = org, by
        self._employers = resolve_units({row.unit for row in rows if row.unit})
        self._regions = {
            text: resolve_region_text(text) for text in {row.region for row in rows if row.region}
        }

    def region(self, row: ListRow) -> Region | None:
        """The region the row prints, if it is clear which one."""
        return self._regions.get(row.region)

    def employer(self, row: ListRow) -> Employer | None:
        """The employer the row prints, if it is registered."""
        return self._employers.get(row.unit)

    def known(self, in_list: Sequence[Conferral]) -> Person | Collective | None:
        """The holder this list has named before on the same line, if it is one the importer may confer on.

        A worker of another office is not: the importer gets a record of its own, and whether both are one is asked later.
        """
        holders = [each.holder for each in in_list]
        return next((each for each in holders if self._by.has_perm("honours.confer_honour", each)), None)

    def open(self, row: ListRow, honour_list: HonourList) -> Person | Collective:
        """A new record for a worker; for a collective the one of this name here, or a new one."""
        return self._collective(row) if row.is_collective else self._person(row, honour_list)

    def _collective(self, row: ListRow) -> Collective:
        return add_collective(
            name=row.name,
            unit_text=row.unit,
            region=self.region(row),
            employer=self.employer(row),
            org=self._org,
            by=self._by,
        )

    def _person(self, row: ListRow, honour_list: HonourList) -> Person:
        ethnic = word_named(ethnic_groups(), row.ethnic) if row.ethnic else None
        person = add_person(
            name=row.name,
            org=self._org,
            region=self.region(row),
            sex=SEXES.get(row.sex, ""),
            ethnic=ethnic.code if ethnic else "",
            unit_text=row.unit[:200],
            post_text=row.job_title[:200],
            source=honour_list.source,
            by=self._by,
        )
        if row.unit:
            add_employment(
                person,
                unit_text=row.unit[:200],
                post=row.job_title[:200],
                employer=self.employer(row),
                source=honour_list.source,
                by=self._by,
            )
        return person
