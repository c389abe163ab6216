"""Verbs on the passport: entries are added, corrected by later entries, shown or hidden; never changed."""

import datetime
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.modules import installed_modules
from jiangxin.kernel.search import mark
from jiangxin.kernel.text.sayings import say
from jiangxin.people.models import Dispute, EntryVisibility, PassportEntry, Person, Source
from jiangxin.people.queries.passport import is_shown
from jiangxin.people.rules import check_fact_year
from jiangxin.people.words import DisputeKind, DisputeState


class Told(TypedDict, total=False):
    """What else may be told of a fact; the object is the record of another app that it follows."""

    issuer: str
    detail: str
    object_type: str
    object_id: str
    is_public: bool


@action("people.record_entry")
def add_to_passport(
    person: Person,
    *,
    kind: str,
    title: str,
    by: Actor,
    year: int | None = None,
    happened_on: datetime.date | None = None,
    evidence: dict[str, Any] | None = None,
    source: Source | None = None,
    corrects: PassportEntry | None = None,
    **told: Unpack[Told],
) -> PassportEntry:
    """Write one fact into the worker's timeline.

    ``kind`` must be declared by a module (ValueError otherwise). ``evidence`` is plain JSON; matching reads its keys
    ``honour`` (code) and ``rank`` (1 highest). Raises Refused for a fact before the worker's birth, and when the
    entry to be corrected belongs to somebody else or has been corrected already.
    """
    _check_what(kind, title)
    year = year or (happened_on.year if happened_on else None)
    check_fact_year(year, birth_on=person.birth_on)
    if corrects is not None:
        _check_correctable(corrects, person=person)
    entry = PassportEntry.objects.create(
        person=person,
        kind=kind,
        title=title.strip(),
        happened_on=happened_on,
        year=year,
        evidence=evidence or {},
        source=source,
        corrects=corrects,
        created_by=by.actor_id,
        **told,
    )
    _open_official_record(person, source)
    mark("person", [person.root_id])
    announce("people.entry_added", person, uid=person.uid, entry=entry.uid, kind=kind, title=entry.title)
    return entry


@action("people.correct_entry")
def correct_entry(
    entry: PassportEntry,
    *,
    reason: str,
    by: Actor,
    title: str | None = None,
    year: int | None = None,
    happened_on: datetime.date | None = None,
    issuer: str | None = None,
    detail: str | None = None,
    source: Source | None = None,
    printed_time: str = "",
    facts: dict[str, Any] | None = None,
) -> PassportEntry:
    """Put a corrected entry in the place of this one; what is not given is taken over, the old one stays readable.

    ``printed_time`` is how the source writes a time that is known to the month; it goes with the time it belongs to.
    ``facts`` are keys of the evidence that are written anew.
    """
    if not reason.strip():
        raise Refused(_("请写明更正的原因。"), code="reason_missing", field="reason")
    evidence = _evidence_anew(entry, facts, reason, printed_time, is_new_time=bool(year or happened_on))
    corrected = add_to_passport(
        entry.person,
        kind=entry.kind,
        title=entry.title if title is None else title,
        by=by,
        year=year or (happened_on.year if happened_on else entry.year),
        happened_on=happened_on or (entry.happened_on if year is None else None),
        issuer=entry.issuer if issuer is None else issuer,
        object_type=entry.object_type,
        object_id=entry.object_id,
        evidence=evidence,
        source=source or entry.source,
        is_public=is_shown(entry),
        detail=entry.detail if detail is None else detail,
        corrects=entry,
    )
    _tell_of_correction(entry, corrected)
    return corrected


@action("people.correct_entry")
def retract_entry(entry: PassportEntry, *, reason: str, by: Actor) -> PassportEntry:
    """Withdraw an entry by a later one that puts nothing in its place; returns the withdrawing entry."""
    if not reason.strip():
        raise Refused(_("请写明撤销的原因。"), code="reason_missing", field="reason")
    _check_correctable(entry, person=entry.person)
    withdrawal = PassportEntry.objects.create(
        person=entry.person,
        kind=entry.kind,
        title=entry.title,
        year=entry.year,
        happened_on=entry.happened_on,
        issuer=entry.issuer,
        object_type=entry.object_type,
        object_id=entry.object_id,
        evidence={"reason": reason.strip()},
        source=entry.source,
        corrects=entry,
        retracted=True,
        is_public=False,
        created_by=by.actor_id,
    )
    mark("person", [entry.person.root_id])
    announce("people.entry_retracted", entry.person, uid=entry.person.uid, entry=entry.uid, title=entry.title)
    return withdrawal


@action("people.choose_visibility")
def choose_visibility(entry: PassportEntry, *, is_public: bool, by: Actor) -> EntryVisibility:
    """Let the worker show or hide an entry; a fact that was officially published can only be asked to be hidden."""
    if not is_public and entry.source is not None and entry.source.is_official:
        raise Refused(
            say(
                _("这一条来自公开发布的“%(source)s”，不能直接隐藏。您可以提出不公开请求，由工会答复。"),
                source=entry.source.title,
            ),
            code="officially_published",
        )
    if is_public and _hidden_on_request(entry):
        raise Refused(_("这一条已按您的请求不公开。如要恢复公开，请联系工会。"), code="hidden_on_request")
    choice, _created = EntryVisibility.objects.update_or_create(
        entry=entry, defaults={"is_public": is_public, "decided_by": by.actor_id}
    )
    mark("person", [entry.person.root_id])
    announce(
        "people.visibility_chosen", entry.person, uid=entry.person.uid, entry=entry.uid, is_public=is_public
    )
    return choice


def _evidence_anew(
    entry: PassportEntry, facts: dict[str, Any] | None, reason: str, printed_time: str, *, is_new_time: bool
) -> dict[str, Any]:
    """The evidence of a correction; the words of a source for a time go with that time."""
    evidence = {**entry.evidence, **(facts or {}), "reason": reason.strip()}
    if is_new_time:
        evidence.pop("printed_time", None)
    if printed_time:
        evidence["printed_time"] = printed_time
    return evidence


def _tell_of_correction(entry: PassportEntry, corrected: PassportEntry) -> None:
    announce(
        "people.entry_corrected",
        entry.person,
        uid=entry.person.uid,
        entry=corrected.uid,
        corrects=entry.uid,
        title=corrected.title,
    )


def _check_what(kind: str, title: str) -> None:
    declared = {each.kind for module in installed_modules() for each in module.timeline_kinds}
    if kind not in declared:
        raise ValueError(f"no module declares the passport kind {kind}")
    if not title.strip():
        raise Refused(_("请填写标题。"), code="title_missing", field="title")


def _check_correctable(entry: PassportEntry, *, person: Person) -> None:
    """Refuse what is not this worker's or was corrected before; corrections of one record come one after the other."""
    Person.objects.select_for_update(no_key=True).get(pk=entry.person_id)
    if entry.person.root_id != person.root_id:
        raise Refused(_("这一条不属于这名职工，不能更正。"), code="not_this_person")
    if PassportEntry.objects.filter(corrects=entry).exists():
        raise Refused(_("这一条已经更正过，请更正最新的一条。"), code="already_corrected")
    if entry.retracted:
        raise Refused(_("这一条是撤销记录，不能再更正。"), code="is_withdrawal")


def _hidden_on_request(entry: PassportEntry) -> bool:
    return Dispute.objects.filter(
        entry=entry,
        kind=DisputeKind.HIDE,
        state__in=(DisputeState.UPHELD, DisputeState.CLOSED),
        is_upheld=True,
    ).exists()


def _open_official_record(person: Person, source: Source | None) -> None:
    """A record becomes public with its first officially published fact."""
    if source is None or not source.is_official or person.is_public:
        return
    person.is_public = True
    person.save(update_fields=["is_public", "updated_at"])
