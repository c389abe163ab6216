"""Verbs on the record itself: add, correct, rename, place under an organisation, change the standing."""

import datetime
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org, Region
from jiangxin.people.models import PassportEntry, Person, PersonName, Source
from jiangxin.people.rules import CheckedIdentity, check_birth, check_identity, check_phone, write_name
from jiangxin.people.states import PERSON_FLOW
from jiangxin.people.words import BirthPrecision, NameKind

CORRECTABLE = frozenset(
    {
        "sex",
        "ethnic",
        "birth_on",
        "birth_precision",
        "political_status",
        "education",
        "id_number",
        "phone",
        "email",
        "region",
    }
)


class Known(TypedDict, total=False):
    """What may be known of a worker and is written down as it is told."""

    sex: str
    ethnic: str
    political_status: str
    education: str
    region: Region | None


@action("people.add_person", on="org")
def add_person(
    *,
    name: str,
    by: Actor,
    org: Org | None = None,
    birth_on: datetime.date | None = None,
    birth_precision: str = "",
    id_number: str = "",
    phone: str = "",
    email: str = "",
    unit_text: str = "",
    post_text: str = "",
    source: Source | None = None,
    **known: Unpack[Known],
) -> Person:
    """Open a record for one worker.

    The identity number, when given, must be a possible one; it fills in sex and birth day and must not contradict
    them. A record from a published source is public at once, any other only after consent.
    Raises Refused for an impossible name, date or number, and for a number that is registered already.
    """
    person = Person(
        **write_name(name),
        **known,
        phone=check_phone(phone),
        email=email.strip(),
        org=org,
        opath=org.path if org else "",
        unit_text=unit_text.strip(),
        post_text=post_text.strip(),
        source=source,
        is_public=bool(source and source.is_official),
    )
    _set_birth(person, birth_on, birth_precision)
    _set_identity(person, id_number)
    _save(person)
    mark("person", [person.pk])
    announce("people.person_added", person, uid=person.uid, label=person.name)
    del by
    return person


@action("people.correct_person")
def correct_person(person: Person, *, changes: Mapping[str, Any], by: Actor, reason: str = "") -> Person:
    """Correct fields of the record; the log keeps which ones and why, never the values.

    ``changes`` may hold any of CORRECTABLE. Raises Refused like ``add_person``; ValueError for another field.
    """
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise ValueError(f"not correctable: {', '.join(sorted(unknown))}")
    if "phone" in changes:
        changes = {**changes, "phone": check_phone(changes["phone"])}
    for field in changes.keys() - {"birth_on", "birth_precision", "id_number"}:
        setattr(person, field, changes[field])
    if "birth_on" in changes or "birth_precision" in changes:
        _set_birth(
            person,
            changes.get("birth_on", person.birth_on),
            changes.get("birth_precision", person.birth_precision),
        )
    _set_identity(person, changes.get("id_number", person.id_number))
    _check_born_before_facts(person)
    _save(person)
    mark("person", [person.pk])
    announce("people.person_corrected", person, uid=person.uid, fields=sorted(changes), reason=reason)
    del by
    return person


@action("people.correct_person")
def rename_person(person: Person, *, name: str, by: Actor) -> Person:
    """Give the worker a new name and keep the old one as a former name."""
    written = write_name(name)
    if written["name"] == person.name:
        return person
    old = person.name
    add_name(person, name=old, kind=NameKind.FORMER, by=by)
    for field, value in written.items():
        setattr(person, field, value)
    person.save(update_fields=[*written, "updated_at"])
    mark("person", [person.pk])
    announce("people.person_renamed", person, uid=person.uid, old_name=old, new_name=person.name)
    return person


@action("people.correct_person")
def revise_person(
    person: Person, *, name: str, org: Org | None, changes: Mapping[str, Any], by: Actor, reason: str = ""
) -> Person:
    """Take a whole form in one step: name, organisation and corrected fields; all of it or nothing."""
    correct_person(person, changes=changes, reason=reason, by=by)
    rename_person(person, name=name, by=by)
    if org != person.org:
        place_person(person, org=org, by=by)
    return person


@action("people.correct_person")
def add_name(person: Person, *, name: str, kind: str, by: Actor) -> PersonName:
    """Keep another name of the worker; the same name of the same kind is kept once."""
    written = write_name(name)
    row, _created = PersonName.objects.get_or_create(
        person=person,
        name=written["name"],
        kind=kind,
        defaults={"name_key": written["name_key"], "pinyin": written["pinyin"]},
    )
    mark("person", [person.pk])
    del by
    return row


@action("people.correct_person")
def place_person(person: Person, *, org: Org | None, by: Actor) -> Person:
    """Hand the record to another organisation (or to none)."""
    if org is not None and not by.has_perm("people.add_person", org):
        raise Refused(_("您不能把档案转给这个组织。请联系该组织的工会管理员。"), code="no_permission")
    person.org = org
    person.opath = org.path if org else ""
    person.save(update_fields=["org", "opath", "updated_at"])
    mark("person", [person.pk])
    announce("people.person_placed", person, uid=person.uid, opath=person.opath)
    return person


@action("people.correct_person")
def change_standing(person: Person, *, move: str, by: Actor, note: str = "") -> Person:
    """Move the record's state, for example ``mark_retired`` or ``return`` (see states.PERSON_FLOW)."""
    found = PERSON_FLOW.move(person, move, by=by, note=note, updated_at=timezone.now())
    mark("person", [person.pk])
    announce("people.standing_changed", person, uid=person.uid, state=found.target)
    return person


def _set_birth(person: Person, birth_on: datetime.date | None, precision: str) -> None:
    check_birth(birth_on)
    person.birth_on = birth_on
    person.birth_precision = (precision or BirthPrecision.DAY) if birth_on else ""


def _check_born_before_facts(person: Person) -> None:
    """A corrected birth date must still lie before everything that stands in the passport."""
    standing = PassportEntry.objects.filter(
        person=person, year__isnull=False, retracted=False, corrections__isnull=True
    )
    first = standing.order_by("year").values_list("year", flat=True).first()
    if first is not None and person.birth_on is not None and first <= person.birth_on.year:
        raise Refused(
            say(
                _("护照里已有 %(year)s 年的记录，出生年份不能是 %(birth)s 年，请核对。"),
                year=first,
                birth=person.birth_on.year,
            ),
            code="born_after_facts",
            field="birth_on",
        )


def _set_identity(person: Person, id_number: str) -> None:
    """Check the number against what is recorded, fill in what is missing, set number and blind index."""
    identity = check_identity(id_number)
    if identity is None:
        person.id_number, person.id_number_index = "", None
        return
    _agree(person, identity)
    person.id_number, person.id_number_index = identity.number, identity.blind_index


def _agree(person: Person, identity: CheckedIdentity) -> None:
    """The number fills in birth day and sex; what was typed must not contradict it."""
    if person.birth_on is not None and not _same_birth(person, identity.birth_on):
        raise Refused(
            _("身份证号里的出生日期与填写的出生日期不一致，请核对其中一项。"),
            code="birth_contradicts_id_number",
            field="birth_on",
        )
    if person.sex and person.sex != identity.sex:
        raise Refused(
            _("身份证号里的性别与填写的性别不一致，请核对其中一项。"),
            code="sex_contradicts_id_number",
            field="sex",
        )
    person.birth_on, person.birth_precision, person.sex = identity.birth_on, BirthPrecision.DAY, identity.sex


def _same_birth(person: Person, birth_on: datetime.date) -> bool:
    shape = {BirthPrecision.YEAR: "%Y", BirthPrecision.MONTH: "%Y-%m"}.get(
        BirthPrecision(person.birth_precision), "%Y-%m-%d"
    )
    return bool(person.birth_on) and f"{person.birth_on:{shape}}" == f"{birth_on:{shape}}"


def _save(person: Person) -> None:
    """Write the record; a number that another record holds is refused without naming that record."""
    others = Person.objects.exclude(pk=person.pk)
    taken = _("这个身份证号已经登记在另一份档案里。请先在职工名录中查找。")
    if person.id_number_index and others.filter(id_number_index=person.id_number_index).exists():
        raise Refused(taken, code="id_number_taken", field="id_number")
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if "id_number_index" in str(error):
            raise Refused(taken, code="id_number_taken", field="id_number") from error
        raise
