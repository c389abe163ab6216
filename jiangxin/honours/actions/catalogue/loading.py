"""The verb that brings the catalogue to the state of the shipped table."""

import json
from typing import Any

from jiangxin.honours.actions.catalogue.graph import CATALOGUE, Graph
from jiangxin.honours.actions.catalogue.names import Names
from jiangxin.honours.models import Honour
from jiangxin.honours.queries.catalogue import clear_titles
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.orgs.models import Region

_PLAIN = [
    "title_en",
    "level",
    "granter",
    "granter_en",
    "rhythm",
    "family",
    "kind",
    "medal",
    "certificate",
    "treatment",
    "criteria",
    "rank",
    "undivided_of",
    "is_current",
    "source",
]
_Row = dict[str, Any]


@action("honours.load_catalogue")
def load_catalogue(*, by: Actor) -> int:
    """Bring the catalogue to the state of the shipped table; returns how many honours were new or changed.

    Honours an installation added itself stay untouched, and so does what was revised here. Safe to repeat.
    """
    del by
    table = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    written = sum(_write_honour(row) for row in table["honours"])
    Graph().draw()
    clear_titles()
    return written


def _write_honour(row: _Row) -> bool:
    values = {name: row[name] for name in _PLAIN if name in row}
    values |= {"title": row["title"], "region": _region(row.get("region", ""))}
    honour, is_new = Honour.objects.get_or_create(code=row["code"], defaults=values)
    ours = honour.revised_fields
    changed = [name for name, value in values.items() if getattr(honour, name) != value and name not in ours]
    for name in changed:
        setattr(honour, name, values[name])
    if changed:
        honour.save(update_fields=changed)
    Names(honour).add(row["title"], *row.get("aliases", []))
    return is_new or bool(changed)


def _region(code: str) -> Region | None:
    return Region.objects.filter(code=code).order_by("-valid_from").first() if code else None
