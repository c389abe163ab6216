"""Questions on the graph of honours: what is missing below, what is built on top."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from jiangxin.honours.models import Collective, Conferral, ConferralQuerySet, Honour, Prerequisite
from jiangxin.honours.rules import SHORTEST_WAIVER
from jiangxin.honours.words import ConferralState, Strength
from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.sayings import say
from jiangxin.people.models import Person


@dataclass(frozen=True)
class MissingGroup:
    """One of `any_of` should be held and none is."""

    strength: str
    any_of: list[Honour]


def held_by(holder: Person | Collective) -> ConferralQuerySet:
    """Every conferral of the holder; of a person over all records confirmed to be the same worker."""
    if isinstance(holder, Person):
        return Conferral.objects.filter(person__in=Person.objects.group_of(holder))
    return Conferral.objects.filter(collective=holder)


def missing_prerequisites(
    holder: Person | Collective, honour: Honour, *, without: Conferral | None = None
) -> list[MissingGroup]:
    """Groups of prerequisites of which the holder has none in force; a higher honour of the same line counts too.

    The conferral `without` does not count.
    """
    groups: dict[tuple[int, str], list[Honour]] = defaultdict(list)
    for edge in Prerequisite.objects.filter(honour=honour).select_related("needs").order_by("needs__rank"):
        groups[edge.group, edge.strength].append(edge.needs)
    if not groups:
        return []
    standing = held_by(holder).standing().select_related("honour")
    if without is not None:
        standing = standing.exclude(pk=without.pk)
    held = {(each.honour_id, each.honour.rank) for each in standing}
    codes, ranks = {pk for pk, rank in held}, [rank for pk, rank in held]
    missing = []
    for (_number, strength), any_of in groups.items():
        highest = min(each.rank for each in any_of)
        if not codes & {each.pk for each in any_of} and not any(rank < highest for rank in ranks):
            missing.append(MissingGroup(strength, any_of))
    return missing


def check_basis(
    holder: Person | Collective, honour: Honour, *, waiver: str, without: Conferral | None = None
) -> bool:
    """Whether the waiver is needed; Refused when what must be held is not, or the waiver says too little."""
    missing = missing_prerequisites(holder, honour, without=without)
    needed = "、".join(each.title for group in missing for each in group.any_of[:3])
    if any(group.strength == Strength.HARD for group in missing):
        raise Refused(
            say(_("授予“%(title)s”须先获得以下荣誉之一：%(needed)s。"), title=honour.title, needed=needed),
            code="prerequisite_missing",
            field="honour",
        )
    if missing and len(waiver.strip()) < SHORTEST_WAIVER:
        raise Refused(
            say(_("一般应先获得%(needed)s。如属特殊情况，请写明理由（至少 20 个字）。"), needed=needed),
            code="waiver_missing",
            field="waiver",
        )
    return bool(missing)


def built_on(conferral: Conferral) -> list[tuple[Conferral, str]]:
    """Honours of the same holder that presuppose this one and were not conferred earlier, with the strength."""
    edges = dict(Prerequisite.objects.filter(needs=conferral.honour).values_list("honour", "strength"))
    holder = conferral.person or conferral.collective
    if holder is None or not edges:
        return []
    later = (
        held_by(holder)
        .filter(honour__in=edges)
        .exclude(state=ConferralState.REVOKED)
        .exclude(pk=conferral.pk)
    )
    if conferral.year:
        later = later.filter(Q(year__gte=conferral.year) | Q(year__isnull=True))
    found = later.select_related("honour", "person", "collective").order_by("honour__rank", "pk")
    return [(each, edges.get(each.honour_id, Strength.GENERALLY)) for each in found]
