"""6,000 honours over twenty years, each in a list, in the passport of its holder and with its source."""

from __future__ import annotations

import datetime
from collections import defaultdict
from random import Random

from jiangxin.config.demo.workers import Worker
from jiangxin.honours.actions import add_honour, issue_credential, revoke_conferral
from jiangxin.honours.models import Conferral, Honour, HonourList
from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.models import Org
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
REVOKED = 6
DEMO = SystemActor("demo")
DEMO_MARK = "（演示）"  # what everything invented bears in its name


LOCAL_HONOURS = (
    # level, family, title, title in English, granter
    ("province", "model", "省级劳动模范（演示）", "Provincial Model Worker (demo)", "省级人民政府（演示）"),
    (
        "province",
        "medal",
        "省级五一劳动奖章（演示）",
        "Provincial May Day Labour Medal (demo)",
        "省级总工会（演示）",
    ),
    ("province", "craftsman", "省级工匠（演示）", "Provincial Craftsman (demo)", "省级总工会（演示）"),
    ("city", "model", "市级劳动模范（演示）", "City Model Worker (demo)", "市人民政府（演示）"),
    ("city", "medal", "市级五一劳动奖章（演示）", "City May Day Labour Medal (demo)", "市总工会（演示）"),
    ("city", "craftsman", "市级工匠（演示）", "City Craftsman (demo)", "市总工会（演示）"),
    ("county", "craftsman", "县区工匠（演示）", "County Craftsman (demo)", "县区总工会（演示）"),
    ("county", "", "县区技术能手（演示）", "County Skilled Expert (demo)", "县区总工会（演示）"),
    ("enterprise", "", "岗位技术能手（演示）", "Workplace Skilled Expert (demo)", "企业工会（演示）"),
    ("enterprise", "", "先进生产者（演示）", "Advanced Producer (demo)", "企业工会（演示）"),
)


def add_local_honours() -> None:
    """Invented honours below the ministries, so that every level of the ladder exists in every place."""
    for number, (level, family, title, title_en, granter) in enumerate(LOCAL_HONOURS):
        add_honour(
            code=f"demo-{number}",
            family=family,
            title=title,
            title_en=title_en,
            level=level,
            granter=granter,
            source="演示",
            by=DEMO,
        )


def add_kept_honours(city: Org) -> None:
    """Honours one city keeps itself: its officer revises and names them, others do not."""
    place = city.region.name if city.region else city.name
    for code, title, title_en, level in (
        ("demo-city-craftsman", "{}工匠（演示）", "City's Own Craftsman (demo)", "city"),
        ("demo-city-pioneer", "{}工人先锋号（演示）", "City's Own Workers' Pioneer (demo)", "city"),
    ):
        add_honour(
            code=code,
            title=title.format(place),
            title_en=title_en,
            level=level,
            kind="collective" if "pioneer" in code else "person",
            granter=city.name,
            region=city.region,
            source="演示",
            org=city,
            by=DEMO,
        )


class HonourGiver:
    """Draws who receives what when, and keeps lists and sources as a publisher would."""

    def __init__(self, random: Random) -> None:
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
            title = f"{place}{year}年{honour.title.removesuffix(DEMO_MARK)}名单{DEMO_MARK}"
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


def honour_all(giver: HonourGiver, workers: list[Worker], *, count: int) -> None:
    """Save `count` conferrals with their passport entries."""
    drawn: list[Conferral] = []
    while len(drawn) < count:
        drawn += giver.climb(giver.random.choice(workers))
    save(drawn[:count])


def save(conferrals: list[Conferral]) -> None:
    """Save conferrals together with their passport entries."""
    Conferral.objects.bulk_create(conferrals, batch_size=500)
    PassportEntry.objects.bulk_create([entry_of(conferral) for conferral in conferrals], batch_size=500)


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
        evidence={
            "honour": conferral.honour.code,
            "rank": conferral.honour.rank,
            "level": conferral.honour.level,
            "unit": conferral.unit_text,
            "decision_no": conferral.decision_no,
        },
        source=conferral.source,
        is_public=True,
        created_by=DEMO.actor_id,
    )


def honour_twins(giver: HonourGiver, twins: list[Person], workers: dict[str, Worker]) -> None:
    """One honour for each twin record, as another list printed it."""
    drawn: list[Conferral] = []
    for twin in twins:
        worker = workers[f"{twin.name}|{twin.opath}"]
        stand_in = Worker(twin, worker.employer, worker.union, worker.post, worker.started)
        honour = giver.random.choice(giver.by_level["city"])
        for conferral in giver.confer(stand_in, honour, giver.random.randint(2015, LAST_YEAR)):
            conferral.unit_text = twin.unit_text
            drawn.append(conferral)
    save(drawn)


CAST_HONOURS = (
    # whose (0 the welder, 1 the team leader), level, year
    (1, "city", 2012),
    (1, "province", 2016),
    (1, "national", 2020),
    (0, "city", 2021),
    (0, "province", 2024),
)


def honour_cast(giver: HonourGiver, cast: list[Worker]) -> None:
    """The welder holds a city and a provincial honour, the team leader one more of the nation."""
    drawn: list[Conferral] = []
    for number, level, year in CAST_HONOURS:
        drawn += giver.confer(cast[number], giver.by_level[level][0], year)
    save(drawn)
    for conferral in drawn:
        issue_credential(conferral, by=DEMO)


def revoke_some(giver: HonourGiver) -> None:
    """A few honours taken back, each with grounds; higher honours of their holders wait for a decision."""
    climbed = Conferral.objects.filter(honour__level="province").values("person")
    lower = Conferral.objects.filter(honour__level="city", person__in=climbed, credentials=None).order_by(
        "pk"
    )
    national = Conferral.objects.filter(honour__level="national").values("person")
    below = Conferral.objects.filter(honour__level="province", person__in=national, credentials=None)
    chosen = giver.random.sample(list(lower[:200]), REVOKED)
    for conferral in (*chosen, *below.order_by("pk")[:1]):
        revoke_conferral(
            conferral,
            grounds="false_deeds",
            reason="演示：主要事迹经核查不实。",
            decision_no="演示发〔2025〕7号",
            by=DEMO,
        )
