"""Teams and crews with honours of collectives, for the tab of the register."""

from __future__ import annotations

from random import Random

from jiangxin.config.demo.honours import DEMO, FIRST_YEAR, LAST_YEAR, HonourGiver
from jiangxin.config.demo.tree import Grove
from jiangxin.honours.actions import add_collective, confer_honour
from jiangxin.honours.models import Honour

NAMES = (
    "焊接一班",
    "装配二组",
    "检修班",
    "质量控制小组",
    "设备动力班",
    "化验室",
    "运转三班",
    "技能大师工作室",
)
WORKERS_A_TEAM = 100


def honour_teams(giver: HonourGiver, grove: Grove, *, workers: int) -> None:
    """One team for every hundred workers, most with one honour, some with two."""
    random = Random(workers)  # noqa: S311 - invented data wants repeatable chance
    honours = list(Honour.objects.in_use().filter(kind="collective", region__isnull=True).by_rank())
    for union, employer, _posts in random.sample(
        grove.units, min(workers // WORKERS_A_TEAM, len(grove.units))
    ):
        team = add_collective(
            name=f"{employer.name}{random.choice(NAMES)}",
            unit_text=employer.name,
            region=union.region,
            employer=employer,
            org=union,
            by=DEMO,
        )
        for honour in random.sample(honours, random.choice([1, 1, 2])):
            year = random.randint(FIRST_YEAR, LAST_YEAR)
            published = giver.list_of(honour, year, "")
            confer_honour(
                team, honour=honour, year=year, honour_list=published, source=published.source, by=DEMO
            )
