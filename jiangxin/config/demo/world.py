"""Builds the demo world in one transaction, from one seed, so that it is the same everywhere."""

from __future__ import annotations

import datetime
from random import Random

import click
from django.db import transaction

from jiangxin.config.demo.cast import enter
from jiangxin.config.demo.honours import HonourGiver, entry_of, honour_all, twin_honours
from jiangxin.config.demo.tree import grow
from jiangxin.config.demo.workers import Worker, employ
from jiangxin.config.tables import load_tables
from jiangxin.honours.models import Conferral, Honour
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import acting, record_action
from jiangxin.kernel.search import rebuild
from jiangxin.orgs.models import Org
from jiangxin.people.models import PassportEntry, Source

SEED = 20201124
WORKERS, HONOURS = 3_000, 6_000
RETRIEVED = datetime.date(2025, 5, 6)
DEMO = SystemActor("demo")


def is_empty() -> bool:
    """Whether the database holds no organisation yet."""
    return not Org.objects.exists()


def load_demo(*, workers: int = WORKERS, honours: int = HONOURS, progress: bool = False) -> None:
    """Fill an empty database with the demo world; all of it or nothing."""
    load_tables()
    random = Random(SEED)  # noqa: S311 - invented data wants repeatable chance
    with click.progressbar(length=5, label="demo world", hidden=not progress) as bar, acting(DEMO):
        with transaction.atomic():
            source = Source.objects.create(kind="import", title="演示世界（虚构）", retrieved_on=RETRIEVED)
            grove = grow(random)
            bar.update(1)
            employed, twins = employ(random, grove, source, count=workers)
            cast = enter(random, grove, source)
            bar.update(1)
            honour_all(random, employed, count=honours)
            twin_honours(random, twins, {f"{w.person.name}|{w.person.opath}": w for w in employed})
            honour_cast(cast)
            bar.update(1)
            record_action(
                "demo.world_loaded", None, by=DEMO, payload={"workers": workers, "honours": honours}
            )
        propose_all_links(by=DEMO)
        bar.update(1)
        rebuild()
        bar.update(1)


CAST_HONOURS = (
    (1, "city", 2012),
    (1, "province", 2016),
    (1, "national", 2020),
    (0, "city", 2021),
    (0, "province", 2024),
)


def honour_cast(cast: list[Worker]) -> None:
    """The welder holds a city and a provincial honour, the team leader one more of the nation."""
    giver = HonourGiver(Random(SEED + 1))  # noqa: S311 - invented data
    drawn: list[Conferral] = []
    for number, level, year in CAST_HONOURS:
        honour = Honour.objects.in_use().filter(level=level, kind__in=["person", "both"]).by_rank().first()
        if honour:
            drawn += giver.confer(cast[number], honour, year)
    Conferral.objects.bulk_create(drawn)
    PassportEntry.objects.bulk_create([entry_of(conferral) for conferral in drawn])
