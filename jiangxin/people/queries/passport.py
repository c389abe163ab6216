"""Questions about passports: what stands, what was corrected, what strangers may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.modules import Moment, installed_modules, named
from jiangxin.people.models import Consent, Dispute, EntryVisibility, PassportEntry, Person
from jiangxin.people.rules import is_own
from jiangxin.people.words import OFFICIAL_SOURCES, ConsentPurpose, DisputeState

SHOWN_FIELDS = (
    "uid",
    "person_id",
    "kind",
    "title",
    "happened_on",
    "year",
    "issuer",
    "object_id",
    "evidence",
    "corrects_id",
    "retracted",
    "is_public",
    "source__kind",
    "source__title",
    "source__url",
    "visibility__is_public",
)


@dataclass(frozen=True)
class TimelineEntry:
    """One fact as it stands today, with the entries it replaced and the requests made about it.

    `moment` is what the app whose fact it is says of it today.
    """

    entry: PassportEntry
    is_public: bool
    is_official: bool
    replaced: tuple[PassportEntry, ...] = ()
    withdrawn_by: PassportEntry | None = None
    disputes: tuple[Dispute, ...] = field(default=())
    moment: Moment = field(default_factory=Moment)

    @property
    def title(self) -> str:
        """What happened, in the reader's language where the app that wrote it knows."""
        return self.moment.reads.get(self.entry.title, self.entry.title)

    @property
    def issuer(self) -> str:
        """Who stands for it, likewise."""
        return self.moment.reads.get(self.entry.issuer, self.entry.issuer)

    @property
    def when(self) -> str:
        """The time of the fact as far as it is known: the day, the words of the source, or the year."""
        if self.entry.happened_on:
            return str(date_format(self.entry.happened_on, "DATE_FORMAT"))
        printed = self.entry.evidence.get("printed_time")
        if printed:
            return str(printed)
        return _("%(year)s年") % {"year": self.entry.year} if self.entry.year else ""

    @property
    def is_honour(self) -> bool:
        """Whether the fact is an honour, which the page marks in gold."""
        return self.entry.kind.startswith("honours.")

    @property
    def corrections(self) -> list[tuple[PassportEntry, PassportEntry]]:
        """Each entry that was replaced with the one that took its place (which holds the reason), latest first."""
        chain = (self.entry, *self.replaced)
        return list(zip(self.replaced, chain, strict=False))

    @property
    def open_dispute(self) -> Dispute | None:
        """The request that waits for an answer, if there is one."""
        return next((dispute for dispute in self.disputes if dispute.state == DisputeState.OPEN), None)


def is_official(entry: PassportEntry) -> bool:
    """Whether the fact rests on a published list, decision or press text."""
    return entry.source is not None and entry.source.is_official


def is_shown(entry: PassportEntry) -> bool:
    """Whether the entry itself is meant for the public: the later choice, else what was said when it was written."""
    choice = EntryVisibility.objects.filter(entry=entry).first()
    return entry.is_public if choice is None else choice.is_public


def has_official_facts(person: Person) -> bool:
    """Whether anything in the record was officially published."""
    if person.source is not None and person.source.is_official:
        return True
    return PassportEntry.objects.filter(person=person, source__kind__in=OFFICIAL_SOURCES).exists()


def has_profile_consent(person: Person) -> bool:
    """Whether the worker has agreed to a public page (for any of the linked records)."""
    return (
        Consent.objects.standing()
        .filter(person__in=_record_keys(person), purpose=ConsentPurpose.PROFILE)
        .exists()
    )


def timeline(person: Person, actor: Actor) -> list[TimelineEntry]:
    """The passport as the actor may see it, latest first: the worker and officers all of it, strangers the public part."""
    if is_own(actor, person) or actor.has_perm("people.view_person", person):
        return _assembled(
            _entries_of(person).select_related("source", "visibility", "person"), with_disputes=True
        )
    return public_timeline(person)


def public_timeline(person: Person) -> list[TimelineEntry]:
    """What strangers see, latest first: facts that stand and count, are shown, and are official or covered by consent.

    Three queries and one for each kind of fact of which an app tells more, whatever the length.
    """
    consented = has_profile_consent(person)
    shown = _entries_of(person).filter(person__limited_at__isnull=True).only(*SHOWN_FIELDS)
    return [
        item
        for item in _assembled(shown, with_disputes=False)
        if item.is_public
        and item.withdrawn_by is None
        and not item.moment.resting
        and (item.is_official or consented)
    ]


def timeline_item(person: Person, actor: Actor, uid: str) -> TimelineEntry | None:
    """The entry that stands today for this address: itself, or what took its place; only what the actor may see."""
    for item in timeline(person, actor):
        if uid == item.entry.uid or uid in (old.uid for old in item.replaced):
            return item
    return None


def kind_titles() -> dict[str, str]:
    """Titles of all declared kinds of passport entries."""
    return {each.kind: str(each.title) for module in installed_modules() for each in module.timeline_kinds}


def entry_addressed(uid: str) -> PassportEntry | None:
    """The entry with this outside address, with person and source; None when there is none."""
    return PassportEntry.objects.select_related("person", "source", "visibility").filter(uid=uid).first()


def standing_entries(people: Iterable[int]) -> QuerySet[PassportEntry]:
    """Entries of these records that were neither corrected nor withdrawn."""
    return PassportEntry.objects.filter(person_id__in=people, corrections__isnull=True, retracted=False)


_ARCHIVED = Q(source__kind__in=OFFICIAL_SOURCES) | ~Q(object_type="")


def kept_by_law(person: Person) -> list[PassportEntry]:
    """Facts of the record that an erasure leaves: published ones, and those conferred here, also when revoked."""
    stands = Q(corrections__isnull=True) | Q(corrections__retracted=True)
    found = PassportEntry.objects.filter(stands, _ARCHIVED, person=person, retracted=False)
    return list(found.select_related("source").order_by("year", "pk"))


def beyond_the_law(person: Person) -> QuerySet[PassportEntry]:
    """Entries whose words an erasure takes: those that were neither published nor conferred here."""
    return PassportEntry.objects.filter(person=person).exclude(_ARCHIVED)


def history_of(entry: PassportEntry) -> list[PassportEntry]:
    """The entry and those it replaced, latest first."""
    chain = [entry]
    while chain[-1].corrects is not None:
        chain.append(chain[-1].corrects)
    return chain


def _entries_of(person: Person) -> QuerySet[PassportEntry]:
    """Entries of the worker over all linked records, with what the page needs and no more."""
    return PassportEntry.objects.filter(person__in=_record_keys(person)).select_related(
        "source", "visibility"
    )


def _record_keys(person: Person) -> QuerySet[Person, int]:
    """Keys of the worker's records; asked apart, since a condition over both tables would read every entry."""
    return Person.objects.group_of(person).values_list("pk", flat=True)


def _assembled(rows: QuerySet[PassportEntry], *, with_disputes: bool) -> list[TimelineEntry]:
    entries = list(rows)
    by_id = {entry.pk: entry for entry in entries}
    corrected_by = {entry.corrects_id: entry for entry in entries if entry.corrects_id}
    disputes = _disputes_of(by_id) if with_disputes else {}
    standing = [entry for entry in entries if not entry.retracted and _stands(corrected_by.get(entry.pk))]
    standing.sort(key=_place_in_time, reverse=True)
    moments = moments_among(standing)
    return [_item(entry, by_id, corrected_by.get(entry.pk), disputes, moments) for entry in standing]


def moments_among(entries: list[PassportEntry]) -> dict[str, Moment]:
    """{id of the object: how it stands today}, told by the apps whose facts they are."""
    found: dict[str, Moment] = {}
    for kind in (each for module in installed_modules() for each in module.timeline_kinds if each.told):
        if objects := {entry.object_id for entry in entries if entry.kind == kind.kind and entry.object_id}:
            found |= named(kind.told)(objects)
    return found


def _item(
    entry: PassportEntry,
    by_id: dict[int, PassportEntry],
    withdrawn_by: PassportEntry | None,
    disputes: dict[int, list[Dispute]],
    moments: dict[str, Moment],
) -> TimelineEntry:
    """The entry as it stands; requests made about what it replaced belong to it too."""
    replaced = tuple(_replaced(entry, by_id))
    return TimelineEntry(
        entry=entry,
        is_public=_shown(entry),
        is_official=is_official(entry),
        replaced=replaced,
        withdrawn_by=withdrawn_by,
        disputes=tuple(each for one in (entry, *replaced) for each in disputes.get(one.pk, ())),
        moment=moments.get(entry.object_id, Moment()),
    )


def _stands(correction: PassportEntry | None) -> bool:
    """A corrected entry gives way to its correction; a withdrawn one stays, marked as withdrawn."""
    return correction is None or correction.retracted


def _shown(entry: PassportEntry) -> bool:
    choice = getattr(entry, "visibility", None)
    return entry.is_public if choice is None else bool(choice.is_public)


def _place_in_time(entry: PassportEntry) -> tuple[int, str, int]:
    return entry.sort_year, f"{entry.happened_on or ''}", entry.pk


def _replaced(entry: PassportEntry, by_id: dict[int, PassportEntry]) -> Iterable[PassportEntry]:
    older = by_id.get(entry.corrects_id or 0)
    while older is not None:
        yield older
        older = by_id.get(older.corrects_id or 0)


def _disputes_of(entries: dict[int, PassportEntry]) -> dict[int, list[Dispute]]:
    grouped: dict[int, list[Dispute]] = {}
    for dispute in Dispute.objects.filter(entry_id__in=list(entries)).order_by("-id"):
        grouped.setdefault(dispute.entry_id or 0, []).append(dispute)
    return grouped
