"""The public register as a page shows it: workers with their honours, and the ways to narrow the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db import connection

from jiangxin.honours.models import Collective, Conferral
from jiangxin.honours.queries.collectives import KIND as TEAM
from jiangxin.honours.queries.collectives import find_collectives
from jiangxin.insights.queries import labels
from jiangxin.kernel.events import Event
from jiangxin.kernel.search import Query, engine, pending
from jiangxin.people.models import Person
from jiangxin.people.queries.register import RegisterQuery, find_public
from jiangxin.people.queries.search import KIND

PAGE_SIZE = 20
EXPORT_LIMIT = 1_000
_EXPORT_STEP = 100
SHORT_LIST = 8
LONGEST_LIST = 120
SHOWN_HONOURS = 3


@dataclass(frozen=True)
class Entry:
    """One worker of the list, with the highest honours in force and how many more there are."""

    person: Person
    honours: list[Conferral]
    more: int


@dataclass(frozen=True)
class TeamEntry:
    """One collective of the list, with its highest honours in force and how many more there are."""

    collective: Collective
    honours: list[Conferral]
    more: int


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what it is called and how many of the found it has.

    A chosen one has no count; ``above`` is what is chosen when it is let go.
    """

    value: str
    label: str
    count: int | None
    is_chosen: bool = False
    above: str = ""


@dataclass(frozen=True)
class Facet:
    """One way to narrow; ``has_more`` tells that the list was cut."""

    name: str
    choices: list[Choice]
    has_more: bool


@dataclass(frozen=True)
class RegisterAnswer:
    """One page of the register with its counts.

    ``others`` is how many of the other kind answer to the same words, year, region and industry; None for too many.
    """

    entries: list[Entry] | list[TeamEntry]
    count: int
    count_is_capped: bool
    facets: list[Facet]
    facets_are_sampled: bool
    next_cursor: str
    pending: int
    others: int | None


def look_up(wanted: RegisterQuery, *, open_facet: str = "", teams: bool = False) -> RegisterAnswer:
    """One page of the register, of workers or of collectives; the number of queries does not depend on what is found."""
    entries: list[Entry] | list[TeamEntry]
    if teams:
        held = find_collectives(_asked(TEAM, wanted, limit=PAGE_SIZE, with_facets=True))
        found, entries = held.found, _team_entries(held.collectives)
    else:
        page = find_public(wanted, limit=PAGE_SIZE, with_facets=True)
        found, entries = page.found, _entries(page.people)
    return RegisterAnswer(
        entries=entries,
        count=found.count,
        count_is_capped=found.count_is_capped,
        facets=_facets(wanted, found.facets, open_facet),
        facets_are_sampled=found.facets_are_sampled,
        next_cursor=found.next_cursor,
        pending=pending(TEAM if teams else KIND),
        others=_others(KIND if teams else TEAM, wanted),
    )


def _asked(kind: str, wanted: RegisterQuery, *, limit: int, with_facets: bool = False) -> Query:
    """The question to the index; collectives have no pinyin to be ordered by."""
    order = "" if wanted.order == "name" else wanted.order
    return Query(
        kind=kind,
        text=wanted.text,
        facets=wanted.facets,
        order=order or ("ranked" if wanted.text else "newest"),
        public_only=True,
        limit=limit,
        after=wanted.after,
        with_facets=with_facets,
    )


def _others(kind: str, wanted: RegisterQuery) -> int | None:
    found = engine().search(_asked(kind, replace(wanted, honour="", order="", after=""), limit=1))
    return None if found.count_is_capped else found.count


def stamp() -> tuple[int, int]:
    """Changes with every deed in the house (the log grows) and with every step of the indexing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {Event._meta.db_table}")  # noqa: S608 - own name
        return int(cursor.fetchone()[0]), pending()


def first_entries(wanted: RegisterQuery) -> list[Entry]:
    """The first entries of a list, at most ``EXPORT_LIMIT``, for a file."""
    found: list[Entry] = []
    while len(found) < EXPORT_LIMIT:
        page = find_public(wanted, limit=_EXPORT_STEP)
        found += _entries(page.people)
        if not page.next_cursor:
            break
        wanted = replace(wanted, after=page.next_cursor)
    return found[:EXPORT_LIMIT]


def first_teams(wanted: RegisterQuery) -> list[TeamEntry]:
    """The same of collectives."""
    found: list[TeamEntry] = []
    while len(found) < EXPORT_LIMIT:
        page = find_collectives(_asked(TEAM, wanted, limit=_EXPORT_STEP))
        found += _team_entries(page.collectives)
        if not page.found.next_cursor:
            break
        wanted = replace(wanted, after=page.found.next_cursor)
    return found[:EXPORT_LIMIT]


def _team_entries(collectives: list[Collective]) -> list[TeamEntry]:
    """The collectives with their honours. One query."""
    held: dict[int, list[Conferral]] = defaultdict(list)
    conferrals = Conferral.objects.shown().filter(collective__in=collectives).select_related("honour")
    for conferral in conferrals.highest_first():
        held[conferral.collective_id or 0].append(conferral)
    return [
        TeamEntry(team, held[team.pk][:SHOWN_HONOURS], max(0, len(held[team.pk]) - SHOWN_HONOURS))
        for team in collectives
    ]


def _entries(people: list[Person]) -> list[Entry]:
    """The workers with their honours, over all records linked to each. Two queries."""
    roots = {person.pk for person in people}
    linked = Person.objects.linked_to(roots).values_list("pk", "canonical_id")
    root_of = {pk: canonical or pk for pk, canonical in linked}
    held: dict[int, list[Conferral]] = defaultdict(list)
    conferrals = Conferral.objects.shown().filter(person_id__in=list(root_of)).select_related("honour")
    for conferral in conferrals.highest_first():
        held[root_of[conferral.person_id or 0]].append(conferral)
    return [
        Entry(person, held[person.pk][:SHOWN_HONOURS], max(0, len(held[person.pk]) - SHOWN_HONOURS))
        for person in people
    ]


def _facets(wanted: RegisterQuery, counts: dict[str, dict[str, int]], open_facet: str) -> list[Facet]:
    return [
        _facet("honour", wanted.honour, counts.get("h", {}), labels.honour_titles, open_facet),
        _facet("year", wanted.year, counts.get("y", {}), _years, open_facet),
        _regions(wanted.region, counts.get("r", {}), open_facet),
        _industries(wanted.industry, counts.get("i", {}), open_facet),
    ]


def _years(values: Iterable[str]) -> dict[str, str]:
    return {value: labels.year_name(value) for value in values}


def _facet(
    name: str,
    chosen: str,
    counts: dict[str, int],
    label: Callable[[Iterable[str]], dict[str, str]],
    open_facet: str,
) -> Facet:
    """The chosen value, else those to choose from, most frequent first; years newest first."""
    offered = [] if chosen else list(counts.items())
    offered.sort(key=lambda each: (each[0] if name == "year" else "", each[1], each[0]), reverse=True)
    most = LONGEST_LIST if open_facet == name else SHORT_LIST
    steps = [chosen] if chosen else []
    words = label([*steps, *(value for value, _count in offered[:most])])
    return _shown(name, steps, offered, words, most)


def _regions(chosen: str, counts: dict[str, int], open_facet: str) -> Facet:
    """The chosen region under its province and city, then its parts; of a municipality the districts."""
    steps = [chosen[:size] for size in (2, 4, 6) if len(chosen) >= size]
    inside = {value: count for value, count in counts.items() if value.startswith(chosen) and value != chosen}
    size = len(chosen) + 2
    words = labels.region_names([*steps, *(value for value in inside if len(value) == size)])
    unled = [value for value in inside if len(value) == size + 2 and value[:size] not in words]
    words |= labels.region_names(unled) if unled else {}
    offered = [(value, count) for value, count in inside.items() if value in words]
    return _ranked(
        "region", [step for step in steps if step in words or step == chosen], offered, words, open_facet
    )


def _industries(chosen: str, counts: dict[str, int], open_facet: str) -> Facet:
    """The sections, then the divisions of the chosen one."""
    known = labels.industries() if counts or chosen else {}
    section = known[chosen][1] if chosen in known else ""
    offered = [(code, count) for code, count in counts.items() if code in known and known[code][1] == chosen]
    words = {code: name for code, (name, _section) in known.items()}
    return _ranked("industry", [step for step in (section, chosen) if step], offered, words, open_facet)


def _ranked(
    name: str, steps: list[str], offered: list[tuple[str, int]], words: dict[str, str], open_facet: str
) -> Facet:
    """Most frequent first, cut to what fits."""
    offered.sort(key=lambda each: (each[1], each[0]), reverse=True)
    return _shown(name, steps, offered, words, LONGEST_LIST if open_facet == name else SHORT_LIST)


def _shown(
    name: str, steps: list[str], offered: list[tuple[str, int]], words: dict[str, str], most: int
) -> Facet:
    """The chosen steps, each letting go to the one above, then what is offered."""
    above = ["", *steps]
    choices = [
        Choice(step, words.get(step, step), None, is_chosen=True, above=upper)
        for upper, step in zip(above, steps, strict=False)
    ]
    choices += [Choice(value, words[value], count) for value, count in offered[:most] if value in words]
    return Facet(name, choices, has_more=len(offered) > most)
