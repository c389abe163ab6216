"""Builds the demo world in one transaction, from one seed, so that it is the same everywhere."""

from __future__ import annotations

import datetime
from random import Random

import click
from django.db import transaction

from jiangxin.config.demo.cast import cast_city, enter
from jiangxin.config.demo.honours import (
    DEMO,
    HonourGiver,
    add_kept_honours,
    add_local_honours,
    honour_all,
    honour_cast,
    honour_twins,
    revoke_some,
)
from jiangxin.config.demo.teams import honour_teams
from jiangxin.config.demo.tree import grow
from jiangxin.config.demo.workers import employ
from jiangxin.config.tables import load_tables
from jiangxin.kernel.events import acting, record_action
from jiangxin.kernel.search import drain, mark_all
from jiangxin.kernel.search.backlog import search_kinds
from jiangxin.orgs.models import Org
from jiangxin.people.jobs import propose_links
from jiangxin.people.models import Source

SEED = 20201124
WORKERS, HONOURS = 3_000, 6_000
RETRIEVED = datetime.date(2025, 5, 6)


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
            add_local_honours()
            add_kept_honours(cast_city(grove))
            giver = HonourGiver(random)
            honour_all(giver, employed, count=honours)
            honour_twins(giver, twins, {f"{w.person.name}|{w.person.opath}": w for w in employed})
            honour_cast(giver, cast)
            honour_teams(giver, grove, workers=workers)
            revoke_some(giver)
            bar.update(1)
            record_action(
                "demo.world_loaded", None, by=DEMO, payload={"workers": workers, "honours": honours}
            )
        propose_links.call(ids=[twin.pk for twin in twins])
        bar.update(1)
        index_all()
        bar.update(1)


def index_all() -> None:
    """Bring the search index up to date before anyone asks."""
    for kind in search_kinds():
        mark_all(kind)
    while drain():
        continue
