"""What the search index knows of each worker: names, unit, post, what was achieved, and the facets to narrow by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear

from jiangxin.kernel.search import Doc
from jiangxin.people.models import Consent, Employment, PassportEntry, Person, PersonName
from jiangxin.people.words import OFFICIAL_SOURCES, ConsentPurpose, NameKind

KIND = "person"
PUBLIC_NAME_KINDS = (NameKind.DOTTED, NameKind.LATIN)
MOST_TITLES = 30
_OF_PERSON = ("pk", "name", "unit_text", "post_text", "opath", "region__code", "is_public", "updated_at")


def all_ids() -> Iterator[int]:
    """Keys of all records that stand for a worker, for a rebuild of the index."""
    return Person.objects.canonical().order_by("pk").values_list("pk", flat=True).iterator()


def ids_after(after: int, *, limit: int) -> list[int]:
    """The next keys after one, for work in batches."""
    return list(Person.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])


def documents(ids: list[int]) -> Iterator[Doc]:
    """Documents of these records; linked, limited and erased ones have none. Six queries whatever the number.

    Facets: ``y`` year and ``h`` honour code of each achievement, ``r`` region (province, city, county), ``i``
    industry section and division. Only what strangers may read goes in; other records go in marked as not public.
    """
    known = (
        Person.objects.canonical().filter(pk__among=set(ids), limited_at__isnull=True).exclude(name_key="")
    )
    people: list[Any] = list(known.values_list(*_OF_PERSON, named=True))
    parts = _Parts([person.pk for person in people])
    for person in people:
        entries = parts.entries[person.pk]
        yield Doc(
            kind=KIND,
            object_id=person.pk,
            title=person.name,
            unit=f"{person.unit_text} {person.post_text}".strip(),
            body=" ".join(dict.fromkeys(entry.title for entry in entries[:MOST_TITLES])),
            opath=person.opath,
            facets={
                "y": sorted({str(entry.year) for entry in entries if entry.year}),
                "h": sorted({code for entry in entries if (code := str(entry.evidence.get("honour", "")))}),
                "r": region_steps(person.region__code) if person.region__code else [],
                "i": sorted(parts.industries[person.pk]),
            },
            names=[person.name, *parts.names[person.pk]],
            is_public=person.is_public,
            updated_at=person.updated_at,
        )


def region_steps(code: str) -> list[str]:
    """Province, city and county of a region code: 230102 → 23, 2301, 230102; 230000 → 23."""
    steps = [code[:2]]
    if not code.endswith("0000"):
        steps.append(code[:4])
    if not code.endswith("00"):
        steps.append(code)
    return steps


class _Shown(NamedTuple):
    """What the index takes of an entry of the passport; rows without objects, as a million are read in one go."""

    title: str
    year: int | None
    evidence: dict[str, Any]


class _Parts:
    """What hangs on the records and on those linked to them, by the key of the main record."""

    def __init__(self, roots: list[int]) -> None:
        linked = Person.objects.linked_to(set(roots)).values_list("pk", "canonical_id")
        self._root = {pk: canonical or pk for pk, canonical in linked}
        ids = self._root.keys()
        self.names: dict[int, list[str]] = defaultdict(list)
        self.entries: dict[int, list[_Shown]] = defaultdict(list)
        self.industries: dict[int, set[str]] = defaultdict(set)
        self._read_names(ids)
        self._read_entries(ids)
        self._read_industries(ids)

    def _read_names(self, ids: Set[int]) -> None:
        rows = PersonName.objects.filter(person_id__among=ids, kind__in=PUBLIC_NAME_KINDS)
        for person_id, name in rows.order_by("pk").values_list("person_id", "name"):
            self.names[self._root[person_id]].append(name)

    def _read_entries(self, ids: Set[int]) -> None:
        consented = {
            self._root[person_id]
            for person_id in Consent.objects.standing()
            .filter(person_id__among=ids, purpose=ConsentPurpose.PROFILE)
            .values_list("person_id", flat=True)
        }
        rows = (
            PassportEntry.objects.filter(person_id__among=ids, corrections__isnull=True, retracted=False)
            .annotate(
                shown=Coalesce("visibility__is_public", "is_public"),
                of_year=Coalesce("year", ExtractYear("happened_on")),
            )
            .filter(shown=True)
            .order_by(F("year").desc(nulls_last=True), "-pk")
            .values_list("person_id", "source__kind", "title", "of_year", "evidence")
        )
        for person_id, source_kind, *shown in rows:
            root = self._root[person_id]
            if source_kind in OFFICIAL_SOURCES or root in consented:
                self.entries[root].append(_Shown(*shown))

    def _read_industries(self, ids: Set[int]) -> None:
        rows: Iterable[tuple[int, str | None, str | None]] = Employment.objects.filter(
            person_id__among=ids, employer__industry__isnull=False
        ).values_list("person_id", "employer__industry__code", "employer__industry__parent__code")
        for person_id, code, section in rows:
            self.industries[self._root[person_id]].update(each for each in (code, section) if each)
