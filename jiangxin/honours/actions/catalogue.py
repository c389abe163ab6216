"""Verbs on the catalogue: load the shipped table, add an honour or another name, settle a title nobody knew."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from jiangxin.honours.models import Honour, HonourAlias, Prerequisite, UnknownTitle
from jiangxin.honours.queries.catalogue import clear_titles, honour_titled
from jiangxin.honours.rules import edits_catalogue_at, title_key
from jiangxin.honours.words import Family, HonourKind, Level
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.orgs.models import Region

CATALOGUE = Path(__file__).parent.parent / "tables" / "catalogue.json"
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

    Honours an installation added itself stay untouched. Safe to repeat.
    """
    del by
    table = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    written = sum(_write_honour(row) for row in table["honours"])
    _draw_prerequisites()
    clear_titles()
    return written


def _write_honour(row: _Row) -> bool:
    values = {name: row[name] for name in _PLAIN if name in row}
    values |= {"title": row["title"], "region": _region(row.get("region", ""))}
    honour, is_new = Honour.objects.get_or_create(code=row["code"], defaults=values)
    changed = [name for name, value in values.items() if getattr(honour, name) != value]
    for name in changed:
        setattr(honour, name, values[name])
    if changed:
        honour.save(update_fields=changed)
    _write_names(honour, [row["title"], *row.get("aliases", [])])
    return is_new or bool(changed)


def _region(code: str) -> Region | None:
    return Region.objects.filter(code=code).order_by("-valid_from").first() if code else None


def _write_names(honour: Honour, names: Iterable[str]) -> None:
    for name in names:
        alias, _new = HonourAlias.objects.get_or_create(
            name_key=title_key(name), defaults={"honour": honour, "name": name}
        )
        if alias.honour_id != honour.pk:
            raise Refused(
                _("“%(name)s”已经是另一种荣誉的名称。") % {"name": name}, code="title_taken", field="title"
            )


def _draw_prerequisites() -> None:
    """Expand the rules of the table (written for lines and levels) into edges between the honours there are."""
    honours = list(Honour.objects.select_related("region"))
    for rule in json.loads(CATALOGUE.read_text(encoding="utf-8"))["prerequisites"]:
        for honour in _selected(honours, rule):
            for needs in honours:
                if needs.pk != honour.pk and _answers(needs, rule["needs"], honour):
                    Prerequisite.objects.get_or_create(
                        honour=honour,
                        needs=needs,
                        defaults={"strength": rule["strength"], "source": rule["source"]},
                    )


def _selected(honours: list[Honour], rule: _Row) -> list[Honour]:
    if "honours" in rule:
        return [each for each in honours if each.code in rule["honours"]]
    return [each for each in honours if each.level == rule["level"] and each.family in rule["families"]]


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


class Particulars(TypedDict, total=False):
    """What else a catalogue may say of an honour; `treatment` is a list of lines, the bonus is in fen."""

    rhythm: str
    criteria: str
    medal: str
    certificate: str
    bonus_fen: int | None
    treatment: list[str]


@action("honours.edit_catalogue")
def add_honour(  # the fields of a catalogue entry, each by name
    *,
    code: str,
    title: str,
    level: str,
    granter: str,
    by: Actor,
    kind: str = HonourKind.PERSON,
    family: str = Family.OTHER,
    title_en: str = "",
    granter_en: str = "",
    rank: int | None = None,
    region: Region | None = None,
    source: str = "",
    **more: Unpack[Particulars],
) -> Honour:
    """Add an honour of this installation; without a rank it stands behind the others of its level."""
    if not edits_catalogue_at(by, level):
        raise Refused(
            _("市级以上的荣誉由全国总工会维护目录。您可以添加市级、县级和企业级荣誉。"),
            code="level_not_yours",
            field="level",
        )
    if honour_titled(title) is not None or Honour.objects.filter(code=code).exists():
        raise Refused(_("目录里已有“%(title)s”。") % {"title": title}, code="title_taken", field="title")
    honour = Honour.objects.create(
        code=code,
        title=title.strip(),
        title_en=title_en.strip() or title.strip(),
        level=Level(level),
        granter=granter.strip(),
        granter_en=granter_en.strip(),
        kind=kind,
        family=family,
        rank=rank or (list(Level.values).index(level) + 1) * 10 + 9,
        region=region,
        source=source.strip() or _("本单位登记"),
        **more,
    )
    _write_names(honour, [honour.title])
    _draw_prerequisites()
    clear_titles()
    announce("honours.honour_added", honour, code=honour.code, title=honour.title)
    return honour


@action("honours.edit_catalogue")
def add_alias(honour: Honour, *, name: str, by: Actor) -> Honour:
    """Keep another printed form of the title; Refused when it is the name of another honour."""
    del by
    _write_names(honour, [name.strip()])
    clear_titles()
    return honour


@action("honours.edit_catalogue", on="honour")
def settle_title(unknown: UnknownTitle, *, honour: Honour, by: Actor) -> UnknownTitle:
    """Say which honour a printed title means; the next import of a list with it takes its rows, whosever list it is."""
    if not by.has_perm("honours.import_lists", unknown):
        raise Refused(
            _("这个名称出现在别处导入的名单里，请由导入的工会处理。"), code="not_yours", field="title"
        )
    add_alias(honour, name=unknown.title, by=by)
    UnknownTitle.objects.filter(title_key=unknown.title_key).update(honour=honour)
    unknown.honour = honour
    return unknown
