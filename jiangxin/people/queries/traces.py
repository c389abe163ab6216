"""Where one person leaves words outside the record: which things the log may name, and by which names."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet

from jiangxin.people.models import (
    Consent,
    Dispute,
    Employment,
    EntryVisibility,
    LinkProposal,
    PassportEntry,
    Person,
    PersonName,
    RightsRequest,
    SkillLevel,
    Source,
)
from jiangxin.people.words import OFFICIAL_SOURCES, SourceKind


def log_traces(person: Person) -> dict[str, list[str]]:
    """{kind of thing: outside ids} of all that the log may have named because of this record."""
    found: tuple[tuple[QuerySet[Model], str], ...] = (
        (Dispute.objects.filter(person=person), "uid"),
        (RightsRequest.objects.filter(person=person), "uid"),
        (PassportEntry.objects.filter(person=person), "uid"),
        (LinkProposal.objects.touching({person.pk}), "uid"),
        (PersonName.objects.filter(person=person), "pk"),
        (Employment.objects.filter(person=person), "pk"),
        (SkillLevel.objects.filter(person=person), "pk"),
        (Consent.objects.filter(person=person), "pk"),
        (EntryVisibility.objects.filter(entry__person=person), "pk"),
    )
    traces = {Person._meta.label_lower: [person.uid]}
    for rows, key in found:
        traces[rows.model._meta.label_lower] = [str(value) for value in rows.values_list(key, flat=True)]
    return traces


def names_of(person: Person) -> list[str]:
    """Every name the record bears or bore."""
    others = PersonName.objects.filter(person=person).values_list("name", flat=True)
    return list(dict.fromkeys([person.name, *others]))


def file_hashes(person: Person) -> set[str]:
    """The SHA-256 of every file that facts of the record came from."""
    known = _sources_of(person)
    return {sha256 for sha256 in known.values_list("sha256", flat=True) if sha256}


def sources_naming(person: Person, names: list[str]) -> list[Source]:
    """Sources that nobody published and whose title says one of the names: files of imports, and the record's own."""
    says = reduce(or_, (Q(title__contains=name) for name in names))
    theirs = Q(kind=SourceKind.IMPORT) | Q(pk__in=_sources_of(person).values("pk"))
    return list(Source.objects.filter(says, theirs).exclude(kind__in=OFFICIAL_SOURCES).order_by("pk"))


def _sources_of(person: Person) -> QuerySet[Source]:
    sources: set[int | None] = {person.source_id}
    for model in (Employment, SkillLevel, PassportEntry):
        sources |= set(model._default_manager.filter(person=person).values_list("source_id", flat=True))
    return Source.objects.filter(pk__in=[each for each in sources if each])
