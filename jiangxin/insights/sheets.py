"""What a visitor may take along: the shown list of workers, the tables of the statistics."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.honours.models import Conferral
from jiangxin.insights.queries.register import Entry, TeamEntry
from jiangxin.insights.queries.statistics import Statistics, TallyTable
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import Column, Sheet

PUBLIC = PrivacyClass.PUBLIC
REGISTER_LIST = Sheet(
    name="register",
    title=_("名录"),
    columns=(
        Column("name", _("姓名"), privacy=PUBLIC),
        Column("unit", _("单位"), privacy=PUBLIC),
        Column("post", _("岗位"), privacy=PUBLIC),
        Column("region", _("地区"), privacy=PUBLIC),
        Column("honours", _("主要荣誉"), privacy=PUBLIC),
        Column("address", _("网址"), privacy=PUBLIC),
    ),
)

TEAM_LIST = Sheet(
    name="register_collectives",
    title=_("集体名录"),
    columns=(
        Column("name", _("集体名称"), privacy=PUBLIC),
        Column("unit", _("单位"), privacy=PUBLIC),
        Column("region", _("地区"), privacy=PUBLIC),
        Column("honours", _("主要荣誉"), privacy=PUBLIC),
        Column("address", _("网址"), privacy=PUBLIC),
    ),
)


def register_rows(entries: Iterable[Entry], *, site: str) -> Iterator[dict[str, Any]]:
    """One row a worker; ``site`` is the address of the house with a slash at the end."""
    for entry in entries:
        person = entry.person
        yield {
            "name": person.name,
            "unit": person.unit_text,
            "post": person.post_text,
            "region": person.region.name if person.region else "",
            "honours": _titles(entry.honours),
            "address": urljoin(site, reverse("people:person", args=[person.uid])),
        }


def team_rows(entries: Iterable[TeamEntry], *, site: str) -> Iterator[dict[str, Any]]:
    """One row a collective."""
    for entry in entries:
        team = entry.collective
        yield {
            "name": team.name,
            "unit": team.unit_text,
            "region": team.region.name if team.region else "",
            "honours": _titles(entry.honours),
            "address": urljoin(site, reverse("honours:collective", args=[team.uid])),
        }


def _titles(held: Iterable[Conferral]) -> str:
    return "；".join(
        f"{each.honour.title}（{each.year}）" if each.year else each.honour.title for each in held
    )


def tally_sheet(table: TallyTable) -> Sheet:
    """The columns of one table: what is counted by, each level, the sum."""
    return Sheet(
        name=f"statistics_{table.kind}",
        title=_("荣誉统计"),
        columns=(
            Column("row", table.kind.label, privacy=PUBLIC),
            *(Column(level.value, level.label, privacy=PUBLIC) for level in table.levels),
            Column("total", _("合计"), privacy=PUBLIC),
        ),
    )


def level_sheet() -> Sheet:
    """How many honours of each level."""
    return Sheet(
        name="statistics_level",
        title=_("荣誉统计"),
        columns=(
            Column("level", _("级别"), privacy=PUBLIC),
            Column("total", pgettext_lazy("nav", "荣誉"), privacy=PUBLIC),
        ),
    )


def level_rows(counted: Statistics) -> Iterator[dict[str, Any]]:
    """One row a level, the sum last."""
    for level, count in counted.by_level:
        yield {"level": level.label, "total": count}
    yield {"level": _("合计"), "total": counted.total}


def tally_rows(table: TallyTable) -> Iterator[dict[str, Any]]:
    """One row each, the sums last; a count that is too small to be published is left empty."""
    levels = [level.value for level in table.levels]
    for line in table.lines:
        yield {"row": line.label, **dict(zip(levels, line.counts, strict=True)), "total": line.total}
    yield {"row": _("合计"), **dict(zip(levels, table.sums, strict=True)), "total": table.total}
