"""Verbs on skill levels."""

import datetime

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.orgs.models import Occupation
from jiangxin.people.models import Person, SkillLevel, Source
from jiangxin.people.rules import check_fact_year, check_span
from jiangxin.people.words import SkillRoute, SkillStep


@action("people.correct_person")
def add_skill(
    person: Person,
    *,
    level: int,
    how: str,
    by: Actor,
    occupation: Occupation | None = None,
    occupation_text: str = "",
    authority: str = "",
    certificate_no: str = "",
    issued_on: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    source: Source | None = None,
) -> SkillLevel:
    """Record a skill level of 1 (apprentice) to 8 (chief technician); several per occupation may be kept.

    Raises Refused for an unknown level or route, a missing occupation, or dates that cannot be.
    """
    if level not in SkillStep.values or how not in SkillRoute.values:
        raise Refused(_("请从八个技能等级和取得方式中选择。"), code="skill_unknown", field="level")
    text = occupation_text.strip() or (occupation.name if occupation else "")
    if not text:
        raise Refused(_("请填写职业（工种）。"), code="occupation_missing", field="occupation_text")
    check_span(issued_on, valid_until)
    check_fact_year(issued_on.year if issued_on else None, birth_on=person.birth_on)
    skill = SkillLevel.objects.create(
        person=person,
        occupation=occupation,
        occupation_text=text,
        level=level,
        how=how,
        authority=authority.strip(),
        certificate_no=certificate_no.strip(),
        issued_on=issued_on,
        valid_until=valid_until,
        source=source,
    )
    announce("people.skill_added", person, uid=person.uid, level=level, occupation=text)
    del by
    return skill
