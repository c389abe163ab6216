"""Questions about one record: its parts, and all of it as plain values for the worker's own copy."""

import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from jiangxin.kernel.modules import Moment
from jiangxin.people.models import (
    Consent,
    Dispute,
    Employment,
    PassportEntry,
    Person,
    RightsRequest,
    SkillLevel,
)
from jiangxin.people.queries.passport import is_official, moments_among
from jiangxin.people.queries.readings import who_looked

SHOWN_FIELDS = ("uid", "name", "unit_text", "post_text", "canonical_id", "region__name", "region__code")


def person_addressed(uid: str) -> Person | None:
    """The record with this outside address, with region, organisation, source and main record."""
    return Person.objects.select_related("region", "org", "source", "canonical").filter(uid=uid).first()


def record_of_actor(actor: object) -> Person | None:
    """The main record of the worker who is signed in; None when the account has no record."""
    mine = getattr(actor, "person", None)
    if not isinstance(mine, Person):
        return None
    return Person.objects.select_related("region", "org", "source").get(pk=mine.root_id)


def has_record(actor: object) -> bool:
    """Whether the account belongs to a worker's record; asks the database nothing."""
    return getattr(actor, "person_id", None) is not None


def public_person(uid: str) -> Person | None:
    """The record if strangers may see it, else None; a linked record answers for itself here."""
    return _shown_people().filter(uid=uid).first()


def main_record(person: Person) -> Person:
    """The record that stands for this worker: the canonical one when it may be shown, else the record itself."""
    if person.canonical_id is None:
        return person
    return _shown_people().filter(pk=person.canonical_id).first() or person


def _shown_people() -> QuerySet[Person]:
    """Public records with what a public page shows and no more: the fewer columns, the faster the page."""
    return Person.objects.public().select_related("region").only(*SHOWN_FIELDS)


def linked_records(person: Person) -> list[Person]:
    """Every record confirmed to be this worker, the main one first."""
    return list(Person.objects.group_of(person).order_by("pk"))


def employments_of(person: Person) -> list[Employment]:
    """Spells of this worker over all linked records, current first, then the latest."""
    spells = Employment.objects.filter(person__in=Person.objects.group_of(person)).select_related(
        "employer", "source", "person"
    )
    oldest = datetime.date.min
    return sorted(
        spells, key=lambda spell: (spell.is_current, spell.from_on or oldest, spell.pk), reverse=True
    )


def current_employments(person: Person) -> QuerySet[Employment]:
    """Spells that have not ended; more than one only with a note that says why."""
    return Employment.objects.current().filter(person=person).order_by("pk")


def employment_numbered(person: Person, number: int) -> Employment | None:
    """The spell with this key if it belongs to the worker (any of the linked records)."""
    spells = Employment.objects.filter(person__in=Person.objects.group_of(person))
    return spells.select_related("person", "employer").filter(pk=number).first()


def skills_of(person: Person) -> list[SkillLevel]:
    """Skill levels of this worker over all linked records, highest first."""
    return list(
        SkillLevel.objects.filter(person__in=Person.objects.group_of(person))
        .select_related("occupation", "source", "person")
        .order_by("-level", "-issued_on", "pk")
    )


def highest_skills(person: Person, *, on: datetime.date | None = None) -> dict[str, SkillLevel]:
    """For each occupation the highest level that is valid on the day (today by default)."""
    day = on or timezone.localdate()
    best: dict[str, SkillLevel] = {}
    valid = SkillLevel.objects.valid_on(day).filter(person__in=Person.objects.group_of(person))
    for skill in valid.select_related("occupation").order_by("-level", "pk"):
        best.setdefault(skill.occupation_text, skill)
    return best


def disputes_of(person: Person) -> list[Dispute]:
    """Requests the worker has made, latest first."""
    return list(
        Dispute.objects.filter(person__in=Person.objects.group_of(person))
        .select_related("entry", "person")
        .order_by("-id")
    )


def consents_of(person: Person) -> list[Consent]:
    """Consents given, also withdrawn ones, latest first."""
    return list(Consent.objects.filter(person__in=Person.objects.group_of(person)).order_by("-id"))


def passport_record(person: Person) -> dict[str, Any]:
    """All that is held about one worker as plain JSON values; nothing about anybody else.

    The shape is what the JSON download and the printed passport are made from: ``person``, ``names``,
    ``employments``, ``skills``, ``entries``, ``consents``, ``disputes``, ``requests``, ``readings``, ``exported_at``.
    """
    records = linked_records(person)
    entries = list(_entries(records))
    moments = moments_among(entries)
    return {
        "person": _person(person),
        "linked_records": [record.uid for record in records if record.pk != person.pk],
        "names": [
            {"name": row.name, "kind": row.kind}
            for record in records
            for row in record.other_names.order_by("pk")
        ],
        "employments": [_employment(spell) for spell in employments_of(person)],
        "skills": [_skill(skill) for skill in skills_of(person)],
        "entries": [_entry(entry, moments.get(entry.object_id)) for entry in entries],
        "consents": [_consent(consent) for consent in consents_of(person)],
        "disputes": [_dispute(dispute) for dispute in disputes_of(person)],
        "requests": [_request(request) for request in _requests(records)],
        "readings": [reading.as_dict() for reading in who_looked(person)],
        "exported_at": timezone.now().isoformat(),
    }


def _requests(records: list[Person]) -> QuerySet[RightsRequest]:
    return RightsRequest.objects.filter(person__in=records).order_by("-id")


def _entries(records: list[Person]) -> QuerySet[PassportEntry]:
    return (
        PassportEntry.objects.filter(person__in=records)
        .select_related("source", "corrects", "visibility")
        .order_by(F("year").desc(nulls_last=True), F("happened_on").desc(nulls_last=True), "-id")
    )


def _day(value: datetime.date | datetime.datetime | None) -> str | None:
    return value.isoformat() if value else None


def _source(row: Employment | SkillLevel | PassportEntry) -> dict[str, Any] | None:
    if row.source is None:
        return None
    return {"kind": row.source.kind, "title": row.source.title, "url": row.source.url}


def _person(person: Person) -> dict[str, Any]:
    return {
        "uid": person.uid,
        "name": person.name,
        "pinyin": person.pinyin,
        "sex": person.sex,
        "ethnic": person.ethnic,
        "birth_on": _day(person.birth_on),
        "birth_precision": person.birth_precision,
        "political_status": person.political_status,
        "education": person.education,
        "id_number": person.id_number,
        "phone": person.phone,
        "email": person.email,
        "region": person.region.name if person.region else "",
        "org": person.org.name if person.org else "",
        "unit": person.unit_text,
        "post": person.post_text,
        "state": person.state,
        "is_public": person.is_public,
        "limited_at": _day(person.limited_at),
        "created_at": _day(person.created_at),
    }


def _employment(spell: Employment) -> dict[str, Any]:
    return {
        "unit": spell.unit_text,
        "employer": spell.employer.name if spell.employer else "",
        "post": spell.post,
        "worker_kind": spell.worker_kind,
        "is_new_form": spell.is_new_form,
        "is_cross_province": spell.is_cross_province,
        "from": _day(spell.from_on),
        "to": _day(spell.to_on),
        "note": spell.note,
        "source": _source(spell),
    }


def _skill(skill: SkillLevel) -> dict[str, Any]:
    return {
        "occupation": skill.occupation_text,
        "occupation_code": skill.occupation.code if skill.occupation else "",
        "level": skill.level,
        "level_name": str(skill.get_level_display()),
        "how": skill.how,
        "authority": skill.authority,
        "certificate_no": skill.certificate_no,
        "issued_on": _day(skill.issued_on),
        "valid_until": _day(skill.valid_until),
        "source": _source(skill),
    }


def _entry(entry: PassportEntry, moment: Moment | None) -> dict[str, Any]:
    choice = getattr(entry, "visibility", None)
    return {
        "uid": entry.uid,
        "kind": entry.kind,
        "title": entry.title,
        "detail": entry.detail,
        "happened_on": _day(entry.happened_on),
        "year": entry.year,
        "issuer": entry.issuer,
        "evidence": entry.evidence,
        "is_official": is_official(entry),
        "is_public": entry.is_public if choice is None else choice.is_public,
        "corrects": entry.corrects.uid if entry.corrects else None,
        "retracted": entry.retracted,
        "standing": moment.resting if moment and not entry.retracted else "",
        "source": _source(entry),
        "created_at": _day(entry.created_at),
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "purpose": consent.purpose,
        "purpose_name": str(consent.get_purpose_display()),
        "text_version": consent.text_version,
        "given_at": _day(consent.given_at),
        "withdrawn_at": _day(consent.withdrawn_at),
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "uid": dispute.uid,
        "kind": dispute.kind,
        "entry": dispute.entry.uid if dispute.entry else None,
        "text": dispute.text,
        "state": dispute.state,
        "is_upheld": dispute.is_upheld,
        "answer": dispute.answer,
        "opened_at": _day(dispute.opened_at),
        "answered_at": _day(dispute.answered_at),
    }


def _request(request: RightsRequest) -> dict[str, Any]:
    return {
        "uid": request.uid,
        "kind": request.kind,
        "asked_how": request.asked_how,
        "text": request.text,
        "state": request.state,
        "answer": request.answer,
        "kept": request.kept,
        "opened_at": _day(request.opened_at),
        "decided_at": _day(request.decided_at),
    }
