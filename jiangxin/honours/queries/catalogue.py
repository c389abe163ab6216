"""Questions about the catalogue: which honour a printed title means, how often it is held, what builds on what."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiangxin.honours.models import (
    Conferral,
    Honour,
    HonourAlias,
    HonourQuerySet,
    Prerequisite,
    UnknownTitle,
)
from jiangxin.honours.queries.holders import number_shown
from jiangxin.honours.rules import title_key
from jiangxin.honours.words import Level
from jiangxin.kernel.access import Actor, covered_by

_TITLES = "honours.titles"


def honour_coded(code: str) -> Honour | None:
    """The honour of this code."""
    return Honour.objects.select_related("region").filter(code=code).first()


def entries_kept(actor: Actor) -> QuerySet[Honour]:
    """The entries the actor may change, the highest first, each with `held`, how often it was conferred."""
    each = Conferral.objects.filter(honour=OuterRef("pk")).order_by().values("honour")
    held = Coalesce(Subquery(each.annotate(Count("pk")).values("pk__count")), 0)
    return Honour.objects.kept_by(actor).annotate(held=held).by_rank()


def entry_kept(actor: Actor, code: str) -> Honour | None:
    """One of them."""
    return Honour.objects.kept_by(actor).filter(code=code).first()


def other_names(honour: Honour) -> list[str]:
    """What lists print for it besides its title."""
    names = HonourAlias.objects.filter(honour=honour).exclude(name=honour.title).order_by("pk")
    return list(names.values_list("name", flat=True))


def titles() -> dict[str, int]:
    """Primary keys of honours by every normalised printed form; kept in the cache until the catalogue changes."""
    found: dict[str, int] | None = cache.get(_TITLES)
    if found is None:
        found = dict(HonourAlias.objects.values_list("name_key", "honour_id"))
        cache.set(_TITLES, found, timeout=60)
    return found


def clear_titles() -> None:
    """Forget the kept titles (the catalogue has changed)."""
    cache.delete(_TITLES)


def honour_titled(printed: str) -> Honour | None:
    """The honour a printed title means by name or alias; None is never guessed away."""
    alias = HonourAlias.objects.select_related("honour").filter(name_key=title_key(printed)).first()
    return alias.honour if alias else None


def unknown_titles(actor: Actor) -> QuerySet[UnknownTitle]:
    """Printed titles that wait for an officer, in lists of the organisations this one imports for; most frequent first."""
    theirs = covered_by(actor, "honours.import_lists")
    return UnknownTitle.objects.filter(theirs, honour__isnull=True).order_by("-times", "title")


def count_unknown_titles(actor: Actor) -> int:
    """How many printed titles wait for this officer."""
    return unknown_titles(actor).count()


class CatalogueLine(NamedTuple):
    """An honour with the number of conferrals the public may see."""

    honour: Honour
    shown: int


@dataclass(frozen=True)
class LevelGroup:
    """The honours of one level."""

    level: Level
    lines: list[CatalogueLine]


def by_level(text: str = "") -> list[tuple[Level, list[Honour]]]:
    """Every honour, the highest level first and by rank within it. One query.

    `text` keeps those whose title, other name or granter holds it.
    """
    found: dict[str, list[Honour]] = {level: [] for level in Level.values}
    for honour in _named(text).select_related("region").by_rank():
        found[honour.level].append(honour)
    return [(Level(level), honours) for level, honours in found.items() if honours]


def catalogue(text: str = "") -> list[LevelGroup]:
    """The same with the number of holders shown. At most three queries, of which none reads all conferrals."""
    levels = by_level(text)
    shown = number_shown([honour.pk for _level, honours in levels for honour in honours])
    return [
        LevelGroup(level, [CatalogueLine(honour, shown[honour.pk]) for honour in honours])
        for level, honours in levels
    ]


def _named(text: str) -> HonourQuerySet:
    """The honours whose title, other name or granter, Chinese or English, holds the text; all of them without."""
    if not text:
        return Honour.objects.all()
    aliases = HonourAlias.objects.filter(name__icontains=text).values("honour")
    fields = ("title", "title_en", "granter", "granter_en")
    said = Q(*((f"{field}__icontains", text) for field in fields), _connector=Q.OR)
    return Honour.objects.filter(said | Q(pk__in=aliases))


@dataclass(frozen=True)
class Neighbours:
    """The edges of one honour in the graph of prerequisites."""

    needs_hard: list[Honour]
    needs_generally: list[Honour]
    opens: list[Honour]


def neighbours(honour: Honour) -> Neighbours:
    """What the honour presupposes and what it opens, by rank."""
    edges = Prerequisite.objects.filter(Q(honour=honour) | Q(needs=honour)).select_related("honour", "needs")
    needs = sorted((edge for edge in edges if edge.honour_id == honour.pk), key=lambda edge: edge.needs.rank)
    opened = {edge.honour.pk: edge.honour for edge in edges if edge.needs_id == honour.pk}
    return Neighbours(
        needs_hard=[edge.needs for edge in needs if edge.strength == "hard"],
        needs_generally=[edge.needs for edge in needs if edge.strength != "hard"],
        opens=sorted(opened.values(), key=lambda each: each.rank),
    )
