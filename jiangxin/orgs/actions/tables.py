"""Loading the code tables that ship with the house."""

import csv
import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.orgs.models import Industry, Occupation, Region, RegionSuccession
from jiangxin.orgs.words.choices import RegionLevel

TABLES = Path(__file__).parent.parent / "tables"
BATCH = 1000
EDITION = "2022"
EDITION_FROM = datetime.date(2022, 9, 27)
PUBLISHED = {1: 8, 2: 79, 3: 450, 4: 1639}
DOUBLED_IN_SOURCE = ("2-03-01-00", "4-12-04-02", "5-03-00-00", "6-20-05-03")
UNNAMED = "未列名"


@dataclass(frozen=True)
class TablesReport:
    """What a load found: rows now in each table, rows that were new or changed, and notes for the operator."""

    totals: dict[str, int]
    written: int
    notes: tuple[str, ...]


@action("orgs.load_tables")
def load_tables(*, by: Actor) -> TablesReport:
    """Bring regions, successions, industries and occupations to the state of the shipped files.

    Safe to repeat: rows are found by their code and only new or changed ones are written; nothing is deleted, because
    records refer to old codes. Notes name what the sources lack.
    """
    del by  # named in the log by the decorator
    written = _load_industries() + _load_regions() + _load_successions()
    occupations, notes = _occupations()
    for level in PUBLISHED:
        written += _load_occupations([each for each in occupations if each["level"] == level])
    totals = {model.__name__: model._default_manager.count() for model in _MODELS}
    return TablesReport(totals=totals, written=written, notes=notes)


_MODELS: tuple[type[models.Model], ...] = (Region, RegionSuccession, Industry, Occupation)
_Row = dict[str, Any]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _store(model: type[models.Model], key: tuple[str, ...], rows: list[_Row]) -> int:
    """Write rows (one at least) that are new or differ; return how many."""
    names = tuple(rows[0])
    found = {
        tuple(known[name] for name in key): known
        for known in model._default_manager.values("pk", *names).iterator(chunk_size=BATCH)
    }
    fresh, changed = [], []
    for row in rows:
        known = found.get(tuple(row[name] for name in key))
        if known is None:
            fresh.append(model(**row))
        elif any(known[name] != row[name] for name in names):
            changed.append(model(pk=known["pk"], **row))
    model._default_manager.bulk_create(fresh, batch_size=BATCH)
    fields = [name.removesuffix("_id") for name in names if name not in key]
    if changed and fields:
        model._default_manager.bulk_update(changed, fields, batch_size=BATCH)
    return len(fresh) + len(changed)


def _load_industries() -> int:
    written, letter = 0, ""
    sections: list[_Row] = []
    divisions: list[tuple[str, _Row]] = []
    for row in _rows("industries.tsv"):
        if row["code"].isalpha():
            letter = row["code"]
            sections.append({**row, "parent_id": None})
        else:
            divisions.append((letter, dict(row)))
    written += _store(Industry, ("code",), sections)
    ids = dict(Industry.objects.filter(parent__isnull=True).values_list("code", "pk"))
    return written + _store(
        Industry, ("code",), [{**row, "parent_id": ids[above]} for above, row in divisions]
    )


def _region_level(code: str) -> RegionLevel:
    if code.endswith("0000"):
        return RegionLevel.PROVINCE
    return RegionLevel.CITY if code.endswith("00") else RegionLevel.COUNTY


def _load_regions() -> int:
    written = 0
    levels: dict[str, list[_Row]] = {level: [] for level in RegionLevel.values}
    for row in _rows("regions.tsv"):
        own = _region_level(row["code"]).value
        span = {"valid_from": _day(row["valid_from"]), "valid_to": _day(row["valid_to"])}
        levels[own].append({**row, **span, "level": own})
    placed: dict[str, list[tuple[datetime.date, datetime.date, int]]] = {}
    for level, rows in levels.items():
        for region in rows:
            region["parent_id"] = _parent_of(region, placed)
        written += _store(Region, ("code", "valid_from"), rows)
        for code, start, end, pk in Region.objects.filter(level=level).values_list(
            "code", "valid_from", "valid_to", "pk"
        ):
            placed.setdefault(code, []).append((start, end or datetime.date.max, pk))
    return written


def _parent_of(row: _Row, placed: dict[str, list[tuple[datetime.date, datetime.date, int]]]) -> int | None:
    """The city, else the province, whose span meets the row's span last."""
    code, start, end = row["code"], row["valid_from"], row["valid_to"] or datetime.date.max
    for above in (code[:4] + "00", code[:2] + "0000"):
        meeting = [
            span for span in placed.get(above, ()) if above != code and span[0] < end and span[1] > start
        ]
        if meeting:
            return max(meeting)[2]
    return None


def _load_successions() -> int:
    ids = {
        (code, start.isoformat()): pk
        for code, start, pk in Region.objects.values_list("code", "valid_from", "pk")
    }
    rows = [
        {
            "old_id": ids[row["old_code"], row["old_from"]],
            "new_id": ids[row["new_code"], row["new_from"]],
            "kind": row["kind"],
            "on": _day(row["on"]),
        }
        for row in _rows("successions.tsv")
    ]
    return _store(RegionSuccession, ("old_id", "new_id"), rows)


def _headings(code: str) -> dict[int, str]:
    """The codes of the three headings above an occupation code."""
    return {1: code[:1] + "-00-00-00", 2: code[:4] + "-00-00", 3: code[:7] + "-00"}


def _occupations() -> tuple[list[_Row], tuple[str, ...]]:
    """Read the table and complete its headings; notes say what was missing and what the totals are."""
    found: dict[tuple[int, str], _Row] = {}
    for row in _rows("occupations.tsv"):
        level = int(row["level"])
        found[level, row["code"]] = {
            "code": row["code"],
            "name": row["name"],
            "level": level,
            "is_green": row["green"] == "1",
            "is_digital": row["digital"] == "1",
        }
    made: Counter[int] = Counter()
    for level, code in [key for key in found if key[0] > 1]:
        for above, heading in _headings(code).items():
            if above < level and (above, heading) not in found:
                name = found[level, code]["name"] if heading == code else UNNAMED
                found[above, heading] = {
                    "code": heading,
                    "name": name,
                    "level": above,
                    "is_green": False,
                    "is_digital": False,
                }
                made[above] += 1
    return list(found.values()), _occupation_notes(found, made)


def _occupation_notes(found: dict[tuple[int, str], _Row], made: Counter[int]) -> tuple[str, ...]:
    notes = [_("来源中重复的职业编码 %(codes)s，保留第一条。") % {"codes": "、".join(DOUBLED_IN_SOURCE)}]
    for level, published in PUBLISHED.items():
        total = sum(1 for each in found if each[0] == level)
        notes.append(
            _("职业分类第 %(level)s 级：%(total)s 条，其中补建 %(made)s 条；公布数 %(published)s。")
            % {"level": level, "total": total, "made": made[level], "published": published}
        )
    digital = sum(row["is_digital"] for row in found.values())
    notes.append(
        _("数字职业 %(found)s 条，公布数 97（来源缺 %(gap)s 条）。") % {"found": digital, "gap": 97 - digital}
    )
    return tuple(notes)


def _load_occupations(rows: list[_Row]) -> int:
    above = {1: 0, 2: 1, 3: 2, 4: 3}[rows[0]["level"]]
    ids = dict(Occupation.objects.filter(edition=EDITION, level=above).values_list("code", "pk"))
    for row in rows:
        heading = _headings(row["code"]).get(above)
        row |= {
            "parent_id": ids[heading] if heading else None,
            "edition": EDITION,
            "valid_from": EDITION_FROM,
        }
    return _store(Occupation, ("edition", "code", "level"), rows)
