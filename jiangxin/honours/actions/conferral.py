"""Verbs of conferring: one honour to one person or collective, written into the passport in the same transaction."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.models import Collective, Conferral, Honour, HonourList
from jiangxin.honours.queries.collectives import KIND
from jiangxin.honours.queries.conferrals import evidence_of, told
from jiangxin.honours.queries.prerequisites import check_basis
from jiangxin.honours.rules import check_kind, check_year
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.text.sayings import say
from jiangxin.kernel.text.units import normalise_unit, unit_key
from jiangxin.orgs.models import Employer, Org, Region
from jiangxin.people.actions import add_to_passport
from jiangxin.people.models import Person, Source

ENTRY_KIND = "honours.conferral"


@action("honours.confer_honour", on="org")
def add_collective(
    *,
    name: str,
    by: Actor,
    unit_text: str = "",
    region: Region | None = None,
    employer: Employer | None = None,
    org: Org | None = None,
) -> Collective:
    """Find the collective of this name in this region, or register it."""
    del by
    written = normalise_unit(name)
    if not written:
        raise Refused(_("请填写集体名称。"), code="name_missing", field="name")
    opath = org.path if org else ""
    known = Collective.objects.filter(name_key=unit_key(written), region=region, opath=opath).first()
    if known is not None:
        return known
    made = Collective.objects.create(
        name=written,
        name_key=unit_key(written),
        unit_text=unit_text.strip(),
        region=region,
        employer=employer,
        org=org,
        opath=opath,
    )
    mark(KIND, [made.pk])
    return made


class Decision(TypedDict, total=False):
    """What a decision says about one conferral; what it leaves open is taken from the honour and the holder's record."""

    year: int | None
    conferred_on: date | None
    decision_no: str
    granter_text: str
    printed_title: str
    pot: str
    category: str
    certificate_no: str
    bonus_fen: int | None
    unit_text: str
    post_text: str
    region: Region | None
    employer: Employer | None
    honour_list: HonourList | None
    row_key: str
    source: Source | None
    note: str


@action("honours.confer_honour")
def confer_honour(
    holder: Person | Collective, *, honour: Honour, by: Actor, **decision: Unpack[Decision]
) -> Conferral:
    """Record that the honour was conferred, and write it into the holder's passport.

    Refused: wrong kind of holder, a year that cannot be, before the worker's birth, the same honour twice in a year.
    """
    conferral = _drawn_up(holder, honour, decision)
    _save(conferral)
    if conferral.person is not None:
        _write_entry(conferral, conferral.person, by=by)
    else:
        mark(KIND, [conferral.holder.pk])
    announce("honours.honour_conferred", conferral, **told(conferral))
    return conferral


def _drawn_up(holder: Person | Collective, honour: Honour, decision: Decision) -> Conferral:
    """The conferral as the decision has it, not yet saved."""
    person = holder if isinstance(holder, Person) else None
    check_kind(honour.kind, is_person=person is not None, title=honour.title)
    day = decision.get("conferred_on")
    said: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in decision.items()
    }
    left_open = {
        "granter_text": honour.granter,
        "printed_title": honour.title,
        "unit_text": holder.unit_text,
        "post_text": getattr(holder, "post_text", ""),
        "region": holder.region,
    }
    said |= {name: said.get(name) or value for name, value in left_open.items()}
    if said.get("bonus_fen") is None:
        said["bonus_fen"] = honour.bonus_fen
    said["year"] = check_year(decision.get("year"), day, today=timezone.localdate())
    return Conferral(
        honour=honour,
        person=person,
        collective=holder if isinstance(holder, Collective) else None,
        opath=holder.opath,
        **said,
    )


def _save(conferral: Conferral) -> None:
    twice = Conferral.objects.filter(
        person=conferral.person, collective=conferral.collective, honour=conferral.honour, year=conferral.year
    )
    sentence = say(
        _("%(name)s%(year)s年的“%(title)s”已经登记过。"),
        name=conferral.holder_name,
        year=conferral.year,
        title=conferral.honour.title,
    )
    if conferral.year and twice.exists():
        raise Refused(sentence, code="already_conferred", field="year")
    try:
        with transaction.atomic():
            conferral.save()
    except IntegrityError as fault:
        raise Refused(sentence, code="already_conferred", field="year") from fault


def _write_entry(conferral: Conferral, person: Person, *, by: Actor) -> None:
    add_to_passport(
        person,
        kind=ENTRY_KIND,
        title=conferral.printed_title,
        by=by,
        year=conferral.year,
        happened_on=conferral.conferred_on,
        issuer=conferral.granter_text,
        object_type=ENTRY_KIND,
        object_id=conferral.uid,
        evidence=evidence_of(conferral),
        source=conferral.source,
    )


@action("honours.confer_honour")
def confer_after_check(
    holder: Person | Collective, *, honour: Honour, by: Actor, waiver: str = "", **decision: Unpack[Decision]
) -> Conferral:
    """Confer a new honour after looking at its prerequisites (selection rules, chapter 3).

    A missing hard prerequisite is refused; one that holds "generally" passes with a reasoned waiver of 20 characters,
    kept with the name of who wrote it. `decision` is what `confer_honour` takes.
    """
    if check_basis(holder, honour, waiver=waiver):
        decision["note"] = f"{waiver.strip()}（{by.actor_label}）"[:300]
    return confer_honour(holder, honour=honour, by=by, **decision)
