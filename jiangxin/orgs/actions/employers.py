"""Verbs on employers: register, edit, rename, name, place, hand over."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.credit_code import read_credit_code
from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.sayings import say
from jiangxin.kernel.text.units import normalise_unit, unit_key
from jiangxin.orgs.models import Employer, Industry, Org, Region, UnitName
from jiangxin.orgs.rules import clean_name
from jiangxin.orgs.words.choices import EmployerSize, Ownership, UnitNameKind


@dataclass(frozen=True)
class EmployerFacts:
    """What is known of an employer besides its name; empty means unknown."""

    uscc: str = ""
    ownership: str = ""
    size: str = ""
    industry: Industry | None = None
    region: Region | None = None
    parent: Employer | None = None
    successor: Employer | None = None


NOTHING_KNOWN = EmployerFacts()


@action("orgs.add_employer")
def add_employer(org: Org | None, *, name: str, by: Actor, facts: EmployerFacts = NOTHING_KNOWN) -> Employer:
    """Register an employer under its union (None if there is none yet). Refused when its credit code is known already."""
    del by  # named in the log by the decorator
    name = clean_name(normalise_unit(name))
    values = _checked(facts)
    employer = Employer.objects.create(name=name, org=org, opath=org.path if org else "", **values)
    UnitName.objects.create(
        employer=employer, name=name, normalized=unit_key(name), kind=UnitNameKind.CURRENT
    )
    announce("orgs.employer_added", employer, uid=employer.uid, unit_name=name)
    return employer


@action("orgs.edit_employer")
def edit_employer(employer: Employer, *, facts: EmployerFacts, org: Org | None, by: Actor) -> Employer:
    """Set everything known of an employer besides its name, and the union it belongs to; unchanged facts write nothing."""
    del by
    now = Employer.objects.select_for_update().get(pk=employer.pk)
    wanted = {**_checked(facts, besides=now), "org": org, "opath": org.path if org else ""}
    changed = sorted(name for name, value in wanted.items() if getattr(now, name) != value)
    if changed:
        for name in changed:
            setattr(now, name, wanted[name])
        now.save(update_fields=changed)
        announce("orgs.employer_edited", now, uid=now.uid, fields=changed)
    return now


@action("orgs.edit_employer")
def rename_employer(employer: Employer, *, name: str, by: Actor, on: datetime.date | None = None) -> Employer:
    """Give an employer a new name from a day on (today if none); the old one stays as a former name."""
    del by
    now = Employer.objects.select_for_update().get(pk=employer.pk)
    name = clean_name(normalise_unit(name))
    if name == now.name:
        raise Refused(_("新名称与现名相同。"), code="same_name", field="name")
    day = on or timezone.localdate()
    now.names.filter(kind=UnitNameKind.CURRENT).update(kind=UnitNameKind.FORMER, valid_to=day)
    UnitName.objects.create(
        employer=now, name=name, normalized=unit_key(name), kind=UnitNameKind.CURRENT, valid_from=day
    )
    old_name, now.name = now.name, name
    now.save(update_fields=["name"])
    announce("orgs.employer_renamed", now, uid=now.uid, old_name=old_name, new_name=name)
    return now


@action("orgs.edit_employer")
def add_unit_name(
    employer: Employer,
    *,
    name: str,
    kind: str,
    by: Actor,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> UnitName:
    """Record one more name (short, printed, former, workshop) by which lists may print the employer; once is enough."""
    del by
    if kind not in UnitNameKind.values or kind == UnitNameKind.CURRENT:
        raise Refused(_("请选择名称的种类；改现名请用“更名”。"), code="name_kind", field="kind")
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused(_("名称的停用日期早于启用日期，请核对。"), code="dates", field="valid_to")
    name = clean_name(normalise_unit(name))
    known = employer.names.filter(normalized=unit_key(name)).first()
    if known is not None:
        return known
    return UnitName.objects.create(
        employer=employer,
        name=name,
        normalized=unit_key(name),
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _checked(facts: EmployerFacts, besides: Employer | None = None) -> dict[str, object]:
    """The facts as field values, the credit code in capitals; Refused with the field at fault."""
    uscc = ""
    if facts.uscc.strip():
        try:
            uscc = read_credit_code(facts.uscc)
        except TextError as error:
            raise Refused(str(error), code=error.code, field="uscc") from error
        holder = Employer.objects.coded(uscc).first()
        if holder is not None and holder != besides:
            sentence = _("这个统一社会信用代码已用于“%(name)s”。")
            raise Refused(say(sentence, name=holder.name), code="taken_uscc", field="uscc")
    if facts.ownership not in ("", *Ownership.values):
        raise Refused(_("请选择所有制：公有制或非公有制。"), code="ownership", field="ownership")
    if facts.size not in ("", *EmployerSize.values):
        raise Refused(_("请选择单位规模：大、中、小或微型。"), code="size", field="size")
    for field in ("parent", "successor"):
        _refuse_circle(getattr(facts, field), besides, field)
    values = {
        name: getattr(facts, name)
        for name in ("ownership", "size", "industry", "region", "parent", "successor")
    }
    return {"uscc": uscc, **values}


def _refuse_circle(start: Employer | None, employer: Employer | None, field: str) -> None:
    """Following `field` upward from `start`, as the database holds it, must not come back to `employer`."""
    place, seen = start.pk if start else None, set[int]()
    while employer is not None and place is not None and place not in seen:
        if place == employer.pk:
            raise Refused(_("单位的上级或承继关系不能形成循环。"), code="circle", field=field)
        seen.add(place)
        place = Employer.objects.filter(pk=place).values_list(f"{field}_id", flat=True).first()
