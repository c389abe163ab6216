"""Verbs on employment spells."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Employer, Org
from jiangxin.people.actions.person import add_person
from jiangxin.people.models import Employment, Person, Source
from jiangxin.people.queries.units import certain_employer
from jiangxin.people.rules import check_span

CORRECTABLE = frozenset(
    {
        "unit_text",
        "employer",
        "post",
        "worker_kind",
        "is_new_form",
        "is_cross_province",
        "from_on",
        "to_on",
        "note",
    }
)


@action("people.add_person", on="org")
def register_worker(
    *, name: str, by: Actor, org: Org | None = None, unit_text: str = "", post: str = "", **known: Any
) -> Person:
    """Open a record together with the present unit; ``known`` as in ``add_person``. All of it or nothing."""
    person = add_person(name=name, org=org, by=by, **known)
    if unit_text.strip():
        add_employment(person, unit_text=unit_text, post=post, by=by, source=known.get("source"))
    return person


@action("people.correct_person")
def add_employment(
    person: Person,
    *,
    unit_text: str,
    by: Actor,
    post: str = "",
    employer: Employer | None = None,
    worker_kind: str = "",
    is_new_form: bool = False,
    is_cross_province: bool = False,
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
    note: str = "",
    source: Source | None = None,
) -> Employment:
    """Record where the worker works or worked; the unit stays as printed, the employer is resolved when certain.

    A second current unit is possible (part-time, secondment) but only with a note that says so; Refused otherwise.
    """
    unit_text = _unit_written(unit_text)
    check_span(from_on, to_on)
    if to_on is None:
        _check_second_current(person, unit_text=unit_text, note=note, apart_from=None)
    spell = Employment.objects.create(
        person=person,
        unit_text=unit_text,
        employer=employer or certain_employer(unit_text, region=person.region),
        post=post.strip(),
        worker_kind=worker_kind,
        is_new_form=is_new_form,
        is_cross_province=is_cross_province,
        from_on=from_on,
        to_on=to_on,
        note=note.strip(),
        source=source,
    )
    _refresh_latest(person)
    announce("people.employment_added", person, uid=person.uid, unit_text=unit_text)
    del by
    return spell


@action("people.correct_person")
def take_employment(
    person: Person,
    *,
    spell: Employment | None,
    values: Mapping[str, Any],
    by: Actor,
    leaving: Employment | None = None,
    left_on: datetime.date | None = None,
) -> Employment:
    """Take a whole form in one step: end the unit that was left, then add a spell or correct this one; all or nothing."""
    if leaving is not None and left_on is not None:
        end_employment(leaving, to_on=left_on, by=by)
    if spell is None:
        return add_employment(person, by=by, **values)
    return correct_employment(spell, changes=values, by=by)


@action("people.correct_person")
def end_employment(employment: Employment, *, to_on: datetime.date, by: Actor) -> Employment:
    """Record the day the worker left the unit; Refused for a day to come or before the spell began."""
    if to_on > timezone.localdate():
        raise Refused(_("离开日期晚于今天，请在离开之后再登记。"), code="leaves_in_future", field="to_on")
    check_span(employment.from_on, to_on)
    employment.to_on = to_on
    employment.save(update_fields=["to_on"])
    _refresh_latest(employment.person)
    announce(
        "people.employment_ended",
        employment.person,
        uid=employment.person.uid,
        unit_text=employment.unit_text,
    )
    del by
    return employment


@action("people.correct_person")
def correct_employment(employment: Employment, *, changes: Mapping[str, Any], by: Actor) -> Employment:
    """Correct fields of a spell (any of CORRECTABLE); ValueError for another field.

    Another unit name is resolved again, unless the employer is given with it.
    """
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise ValueError(f"not correctable: {', '.join(sorted(unknown))}")
    if changes.get("unit_text", employment.unit_text) != employment.unit_text:
        resolved = certain_employer(changes["unit_text"], region=employment.person.region)
        changes = {"employer": resolved, **changes}
    for field, value in changes.items():
        setattr(employment, field, value)
    check_span(employment.from_on, employment.to_on)
    if employment.to_on is None:
        _check_second_current(
            employment.person, unit_text=employment.unit_text, note=employment.note, apart_from=employment.pk
        )
    employment.save()
    _refresh_latest(employment.person)
    announce(
        "people.person_corrected",
        employment.person,
        uid=employment.person.uid,
        fields=["employment"],
        reason="",
    )
    del by
    return employment


def _unit_written(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(_("请填写单位名称。"), code="unit_missing", field="unit_text")
    return text


def _check_second_current(person: Person, *, unit_text: str, note: str, apart_from: int | None) -> None:
    current = Employment.objects.current().filter(person=person)
    other = (current.exclude(pk=apart_from) if apart_from else current).first()
    if other is None or note.strip():
        return
    if other.unit_text == unit_text:
        raise Refused(_("这个单位已经登记为现单位。"), code="unit_already_current", field="unit_text")
    raise Refused(
        say(
            _("已登记的现单位是“%(unit)s”。如已离开，请先填写离开日期；如同时在两处工作，请在说明里写明。"),
            unit=other.unit_text,
        ),
        code="two_current_units",
        field="note",
    )


def _refresh_latest(person: Person) -> None:
    """Keep unit and post on the record equal to the latest spell: current before ended, later before earlier."""
    oldest = datetime.date.min
    latest = max(
        Employment.objects.filter(person=person),
        key=lambda spell: (spell.is_current, spell.from_on or oldest, spell.to_on or oldest, spell.pk),
    )
    person.unit_text, person.post_text = latest.unit_text, latest.post
    person.save(update_fields=["unit_text", "post_text", "updated_at"])
    mark("person", [person.pk])
