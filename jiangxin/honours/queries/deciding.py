"""Which conferrals an actor's level decides on, as a condition of the database."""

from django.db.models import Q

from jiangxin.honours.rules import deciding_depth
from jiangxin.honours.words import Level
from jiangxin.kernel.access import Actor, within
from jiangxin.orgs.models.paths import SEGMENT
from jiangxin.people.models import Person


def decided_by(actor: Actor, code: str, *, to: str = "") -> Q:
    """The same as `not rules.is_not_decider`, for whole lists; `to` leads to the conferral ("conferral__").

    A level is decided on by the organisation of that level above the holder, so a grant reaches what is decided
    at its own depth or below.
    """
    condition = Q(pk__in=[])
    for path in actor.paths_for(code):
        reached = [level for level in Level if _reaches(path, level)]
        condition |= within((path,), field=f"{to}opath") & Q(**{f"{to}honour__level__in": reached})
    person = getattr(actor, "person", None)
    if person is None:
        return condition
    own = Q(**{f"{to}person__in": Person.objects.group_of(person)})
    return condition & ~own


def _reaches(path: str, level: Level) -> bool:
    depth = deciding_depth(level)
    return depth is None or len(path) <= SEGMENT * depth
