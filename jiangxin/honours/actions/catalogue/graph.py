"""The graph of prerequisites: the rules of the shipped table become edges between the honours there are."""

import json
from pathlib import Path
from typing import Any

from django.db.models import Q

from jiangxin.honours.models import Honour, Prerequisite

CATALOGUE = Path(__file__).parents[2] / "tables" / "catalogue.json"
_Row = dict[str, Any]


class Graph:
    """Draws edges by the rules of the table, which are written for lines and levels."""

    def __init__(self) -> None:
        self.honours = list(Honour.objects.select_related("region"))

    def draw(self) -> None:
        """Expand every rule; edges that are there already stay."""
        for rule in json.loads(CATALOGUE.read_text(encoding="utf-8"))["prerequisites"]:
            for honour in self._selected(rule):
                for needs in self.honours:
                    if needs.pk != honour.pk and _answers(needs, rule["needs"], honour):
                        Prerequisite.objects.get_or_create(
                            honour=honour,
                            needs=needs,
                            defaults={"strength": rule["strength"], "source": rule["source"]},
                        )

    def draw_anew(self, honour: Honour) -> None:
        """The same after the line or level of an honour changed: its old edges no longer hold."""
        Prerequisite.objects.filter(Q(honour=honour) | Q(needs=honour)).delete()
        self.draw()

    def _selected(self, rule: _Row) -> list[Honour]:
        if "honours" in rule:
            return [each for each in self.honours if each.code in rule["honours"]]
        return [
            each for each in self.honours if each.level == rule["level"] and each.family in rule["families"]
        ]


def _answers(needs: Honour, wanted: _Row, honour: Honour) -> bool:
    if "codes" in wanted:
        return needs.code in wanted["codes"]
    if needs.level not in wanted["levels"] or needs.undivided_of:
        return False
    if "families" in wanted and needs.family not in wanted["families"]:
        return False
    if wanted.get("same_family") and needs.family != honour.family:
        return False
    return not wanted.get("same_province") or _province(needs) == _province(honour) != ""


def _province(honour: Honour) -> str:
    return honour.region.code[:2] if honour.region else ""
