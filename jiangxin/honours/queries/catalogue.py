"""Questions about the catalogue: which honour a printed title means, who holds what, what builds on what."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from jiangxin.honours.models import (
    Conferral,
    Honour,
    HonourAlias,
    HonourQuerySet,
    Prerequisite,
    UnknownTitle,
)
from jiangxin.honours.rules import title_key
from jiangxin.honours.words import Level
from jiangxin.kernel.access import Actor, covered_by

_TITLES = "honours.titles"


def honour_coded(code: str) -> Honour | None:
    """The honour of this code."""
    return Honour.objects.select_related("region").filter(code=code).first()


def entries_kept(actor: Actor) -> QuerySet[Honour]:
    """The entries the actor may change, the highest first, each with `held`, how often it was conferred."""
    return Honour.objects.kept_by(actor).annotate(held=Count("conferrals")).by_rank()


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


def catalogue(text: str = "") -> list[LevelGroup]:
    """Every honour by level, highest first, with the number of holders shown. Two queries.

    `text` keeps those whose title, other name or granter holds it.
    """
    shown = dict(
        Conferral.objects.shown()
        .values_list("honour")
        .annotate(Count("pk"))
        .values_list("honour", "pk__count")
    )
    groups: dict[str, list[CatalogueLine]] = {level: [] for level in Level.values}
    for honour in _named(text).select_related("region").by_rank():
        groups[honour.level].append(CatalogueLine(honour, shown.get(honour.pk, 0)))
    return [LevelGroup(Level(level), lines) for level, lines in groups.items() if lines]


def _named(text: str) -> HonourQuerySet:
    """The honours whose title, other name or granter, Chinese or English, holds the text; all of them without."""
    if not text:
        return Honour.objects.all()
    aliases = HonourAlias.objects.filter(name__icontains=text).values("honour")
    fields = ("title", "title_en", "granter", "granter_en")
    said = Q(*((f"{field}__icontains", text) for field in fields), _connector=Q.OR)
    return Honour.objects.filter(said | Q(pk__in=aliases))


@dataclass(frozen=True)
class YearCount:
    """How many received an honour in a year; `year` None is "not printed"."""

    year: int | None
    count: int


def years_of(honour: Honour) -> list[YearCount]:
    """Holders shown by year, latest first, years not printed last."""
    rows = Conferral.objects.shown().filter(honour=honour).values_list("year").annotate(Count("pk"))
    found = [YearCount(year, count) for year, count in rows.values_list("year", "pk__count")]
    return sorted(found, key=lambda each: (each.year is None, -(each.year or 0)))


def holders_of(honour: Honour, *, year: int | None = None, without_year: bool = False) -> QuerySet[Conferral]:
    """Conferrals of an honour the public may see, latest first, of one year if given."""
    found = Conferral.objects.shown().filter(honour=honour).for_show().order_by("-year", "pk")
    if without_year:
        return found.filter(year__isnull=True)
    return found.filter(year=year) if year else found


def holders_after(honour: Honour, *, after: int, year: int | None, limit: int) -> list[Conferral]:
    """A page of shown conferrals in the order of registration, behind the cursor `after`."""
    found = Conferral.objects.shown().filter(honour=honour, pk__gt=after).for_show().order_by("pk")
    return list((found.filter(year=year) if year else found)[:limit])


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
