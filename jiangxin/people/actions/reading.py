"""Verbs that read protected fields: each reading has a reason and is seen by the worker."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import record_reading, record_readings
from jiangxin.kernel.privacy import Unreadable
from jiangxin.people.models import Person
from jiangxin.people.queries.record import passport_record

REVEALABLE = ("id_number", "phone", "email", "birth_on", "ethnic", "political_status")
SHORTEST_REASON = 4


@action("people.reveal_field")
def reveal(person: Person, *, field: str, reason: str, by: Actor) -> str:
    """Return the clear value of a masked field and write down who read it and why.

    ``field`` is one of REVEALABLE (ValueError otherwise); Refused without a reason. The worker sees the reading.
    """
    if field not in REVEALABLE:
        raise ValueError(f"not a protected field: {field}")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明查看的原因，职工本人会看到。"), code="reason_missing", field="reason")
    try:
        value = getattr(person, field)
    except Unreadable as error:
        raise Refused(
            _("这一项无法解开：密文被改动过，或不属于这份档案。请报告系统管理员。"), code="unreadable"
        ) from error
    record_reading(person, field=field, reason=reason.strip(), by=by)
    return "" if value is None else str(value)


@action("people.export_record")
def export_own_record(person: Person, *, by: Actor) -> dict[str, Any]:
    """Return everything the record holds about the worker, for the worker's own copy (PIPL article 45)."""
    if not _is_self(person, by):
        record_reading(person, field="record", reason=_("导出完整档案"), by=by)
    return passport_record(person)


@action("people.export_people")
def export_people(*, people: Sequence[Person], reason: str, by: Actor) -> list[Person]:
    """Allow a list of people to leave as a file; each worker sees that their record was in it."""
    if not people:
        raise Refused(_("请先勾选要导出的职工。"), code="nothing_chosen")
    if not all(by.has_perm("people.export_people", person) for person in people):
        raise Refused(_("名单里有不归您管理的职工，不能导出。"), code="no_permission")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明导出的原因，职工本人会看到。"), code="reason_missing", field="reason")
    record_readings(people, field="list", reason=reason.strip(), by=by)
    return list(people)


def _is_self(person: Person, by: Actor) -> bool:
    mine = getattr(by, "person", None)
    return mine is not None and bool(mine.root_id == person.root_id)
