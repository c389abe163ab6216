"""6,000 honours over twenty years, each in a list, in the passport of its holder and with its source."""

from __future__ import annotations

import datetime
from collections import defaultdict
from random import Random

from jiangxin.config.demo.workers import Worker
from jiangxin.honours.models import Conferral, Honour, HonourList
from jiangxin.people.models import PassportEntry, Person, Source

FIRST_YEAR, LAST_YEAR = 2006, 2025
LADDER: tuple[tuple[str, int], ...] = (
    # level of the honour, how many years after the one below
    ("enterprise", 0),
    ("county", 2),
    ("city", 3),
    ("province", 3),
    ("ministry", 2),
    ("national", 3),
)
CLIMB = 0.42
ACTOR = "system:demo"


class HonourGiver:
    """Draws who receives what when, and keeps lists and sources as a publisher would."""

    def __init__(self, random: Random, prefix: str = "") -> None:
        self.random = random
        self.by_level: dict[str, list[Honour]] = defaultdict(list)
        for honour in (
            Honour.objects.in_use().filter(kind__in=["person", "both"], region__isnull=True).order_by("code")
        ):
            self.by_level[honour.level].append(honour)
        self.lists: dict[tuple[int, int, str], HonourList] = {}
        self.taken: set[tuple[int, int, int]] = set()

    def list_of(self, honour: Honour, year: int, place: str) -> HonourList:
        """The published list of this honour in this year and place."""
        key = (honour.pk, year, place)
        if key not in self.lists:
            title = f"{place}{year}年{honour.title}名单（演示）"
            source = Source.objects.create(
                kind="decision",
                title=title,
                issued_on=datetime.date(year, 4, 28),
                retrieved_on=datetime.date(year, 5, 6),
            )
            self.lists[key] = HonourList.objects.create(
                title=title, title_key=title, year=year, is_complete=True, source=source
            )
        return self.lists[key]

    def climb(self, worker: Worker) -> list[Conferral]:
        """The honours one worker received, from the lowest rung up, as far as chance allows."""
        year = max(FIRST_YEAR, worker.started + 3) + self.random.randint(0, 8)
        start = self.random.choice([0, 1, 2, 2])
        given: list[Conferral] = []
        for level, wait in LADDER[start:]:
            if given:
                year += wait + self.random.randint(0, 2)
                if self.random.random() > CLIMB:
                    break
            honours = self.by_level[level]
            if honours and year <= LAST_YEAR:
                given += self.confer(worker, self.random.choice(honours), year)
        return given

    def confer(self, worker: Worker, honour: Honour, year: int) -> list[Conferral]:
        """One conferral, not yet saved; none when the worker has this honour of this year already."""
        key = (worker.person.pk, honour.pk, year)
        if key in self.taken:
            return []
        self.taken.add(key)
        region = worker.person.region
        place = region.name if region and honour.level in {"county", "enterprise"} else ""
        published = self.list_of(honour, year, place)
        return [
            Conferral(
                honour=honour,
                person=worker.person,
                year=year,
                conferred_on=datetime.date(year, 4, 28),
                decision_no=f"演示发〔{year}〕{self.random.randint(1, 60)}号",
                granter_text=honour.granter,
                printed_title=honour.title,
                pot="regular",
                certificate_no=f"{honour.code.upper()}-{year}-{self.random.randint(1, 9999):04d}",
                unit_text=worker.employer.name,
                post_text=worker.post,
                region=region,
                employer=worker.employer,
                opath=worker.union.path,
                honour_list=published,
                source=published.source,
                row_key=f"{worker.person.pk}",
            )
        ]


def honour_all(random: Random, workers: list[Worker], *, count: int) -> list[Conferral]:
    """Save about `count` conferrals with their passport entries; returns the conferrals."""
    giver = HonourGiver(random)
    drawn: list[Conferral] = []
    while len(drawn) < count:
        drawn += giver.climb(random.choice(workers))
    Conferral.objects.bulk_create(drawn[:count], batch_size=500)
    PassportEntry.objects.bulk_create([entry_of(conferral) for conferral in drawn[:count]], batch_size=500)
    return drawn[:count]


def entry_of(conferral: Conferral) -> PassportEntry:
    """The passport entry that tells of a conferral."""
    return PassportEntry(
        person=conferral.person,
        kind="honours.conferral",
        title=conferral.honour.title,
        detail=f"{conferral.unit_text} {conferral.post_text}",
        happened_on=conferral.conferred_on,
        year=conferral.year,
        issuer=conferral.granter_text,
        object_type="honours.conferral",
        object_id=conferral.uid,
        evidence={"decision_no": conferral.decision_no},
        source=conferral.source,
        is_public=True,
        created_by=ACTOR,
    )


def twin_honours(random: Random, twins: list[Person], workers: dict[str, Worker]) -> list[Conferral]:
    """One honour for each twin record, as another list printed it."""
    giver = HonourGiver(random)
    drawn: list[Conferral] = []
    for twin in twins:
        worker = workers[f"{twin.name}|{twin.opath}"]
        stand_in = Worker(twin, worker.employer, worker.union, worker.post, worker.started)
        for conferral in giver.confer(
            stand_in, random.choice(giver.by_level["city"]), random.randint(2015, LAST_YEAR)
        ):
            conferral.unit_text = twin.unit_text
            drawn.append(conferral)
    Conferral.objects.bulk_create(drawn)
    PassportEntry.objects.bulk_create([entry_of(conferral) for conferral in drawn])
    return drawn
