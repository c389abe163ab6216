"""The verb that takes rows of a published list: conferrals, nominees, and titles that wait for an officer."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.actions.conferral import add_collective, confer_honour
from jiangxin.honours.models import Collective, Conferral, Honour, HonourList, Nominee, UnknownTitle
from jiangxin.honours.queries.catalogue import titles
from jiangxin.honours.rules import title_key
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.names import name_key
from jiangxin.kernel.text.units import unit_key
from jiangxin.orgs.models import Employer, Org, Region
from jiangxin.orgs.queries.codes import ethnic_groups, word_named
from jiangxin.orgs.queries.regions import resolve_region_text
from jiangxin.orgs.queries.units import resolve_units
from jiangxin.people.actions import add_employment, add_person, add_source
from jiangxin.people.models import Person

_AND_OTHERS = re.compile(
    r"^(?P<name>.+?)等\s*(?P<count>\d+)\s*(?:名同志|位同志|名职工|个集体|个单位|人|名|位|个|家)$"
)
_SEXES = {"男": "male", "女": "female", "male": "male", "female": "female"}


@dataclass(frozen=True)
class ListRow:
    """One row of a published list as printed; "" and None mean "not printed"."""

    number: int
    list_title: str
    honour: str
    name: str
    year: int | None = None
    sex: str = ""
    ethnic: str = ""
    unit: str = ""
    job_title: str = ""
    region: str = ""
    source_url: str = ""
    is_collective: bool = False
    is_nominee: bool = False
    list_complete: bool = False
    note: str = ""


class Became(StrEnum):
    """What became of a row."""

    CONFERRED = "conferred"
    NOMINATED = "nominated"
    KNOWN = "known"
    UNKNOWN_TITLE = "unknown_title"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowAnswer:
    """The answer for one row: what became of it, a code and one sentence; `person` when a record was opened."""

    number: int
    became: Became
    code: str
    sentence: str
    person: Person | None = None


@dataclass
class _Desk:
    """What the rows of one batch share."""

    by: Actor
    org: Org | None
    sha256: str
    honours: dict[str, Honour]
    employers: dict[str, Employer]
    regions: dict[str, Region | None]
    lists: dict[tuple[str, str], HonourList] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)


@action("honours.import_lists", on="org")
def import_list_rows(
    rows: Sequence[ListRow], *, by: Actor, org: Org | None = None, sha256: str = ""
) -> list[RowAnswer]:
    """Take rows of published lists; taking the same rows again changes nothing.

    A row's holder is the record made for the same name and unit in the same list, else a new record: whether it is
    somebody known already is a question for a person, never answered here. Titles outside the catalogue are counted
    as unknown. New records belong to `org`. A row that is refused leaves the others alone.
    """
    desk = _open_desk(rows, by=by, org=org, sha256=sha256)
    answers = [_take(row, desk) for row in rows]
    _keep_unknown(rows, desk.unknown)
    counts = Counter(answer.became for answer in answers)
    if counts[Became.CONFERRED] or counts[Became.NOMINATED]:
        lists = [each.uid for each in desk.lists.values()]
        announce(
            "honours.list_imported",
            org,
            lists=lists,
            conferred=counts[Became.CONFERRED],
            nominated=counts[Became.NOMINATED],
            unknown=counts[Became.UNKNOWN_TITLE],
        )
    return answers


def _open_desk(rows: Sequence[ListRow], *, by: Actor, org: Org | None, sha256: str) -> _Desk:
    known = titles()
    wanted = {key: known[key] for key in {title_key(row.honour) for row in rows} if key in known}
    honours = Honour.objects.in_bulk(set(wanted.values()))
    return _Desk(
        by=by,
        org=org,
        sha256=sha256,
        honours={key: honours[pk] for key, pk in wanted.items()},
        employers=resolve_units({row.unit for row in rows if row.unit}),
        regions={text: resolve_region_text(text) for text in {row.region for row in rows if row.region}},
    )


def _take(row: ListRow, desk: _Desk) -> RowAnswer:
    honour = desk.honours.get(title_key(row.honour))
    if honour is None:
        desk.unknown[row.honour] += 1
        sentence = _("“%(title)s”不在荣誉目录中，已列入待识别的名称，没有猜测。") % {"title": row.honour}
        return RowAnswer(row.number, Became.UNKNOWN_TITLE, "unknown_title", sentence)
    try:
        with transaction.atomic():
            return _take_known(row, honour, desk)
    except Refused as refusal:
        desk.lists.pop(_list_key(row), None)  # what was kept of it may have been rolled back
        return RowAnswer(row.number, Became.REFUSED, refusal.code, str(refusal))


def _take_known(row: ListRow, honour: Honour, desk: _Desk) -> RowAnswer:
    others = _AND_OTHERS.match(tidy(row.name))
    if others:
        row = replace(row, name=others["name"], list_complete=False)
    honour_list = _list_of(row, desk, announced=int(others["count"]) if others else None)
    return (
        _nominate(row, honour, honour_list, desk)
        if row.is_nominee
        else _confer(row, honour, honour_list, desk)
    )


def _list_key(row: ListRow) -> tuple[str, str]:
    return tidy(row.list_title).replace(" ", "")[:200], row.source_url.strip()


def _list_of(row: ListRow, desk: _Desk, *, announced: int | None) -> HonourList:
    key = _list_key(row)
    found = desk.lists.get(key)
    if found is None:
        found = (
            HonourList.objects.select_related("source").filter(title_key=key[0], source_url=key[1]).first()
        )
        found = found or _new_list(row, key, desk)
        desk.lists[key] = found
    if announced and found.announced_count != announced:
        found.announced_count = announced
        found.save(update_fields=["announced_count"])
    if found.is_complete and not row.list_complete:
        found.is_complete = False
        found.save(update_fields=["is_complete"])
    return found


def _new_list(row: ListRow, key: tuple[str, str], desk: _Desk) -> HonourList:
    title = " ".join(row.list_title.split())[:200]  # as printed; the key is normalised
    if not title:
        raise Refused(_("请填写名单名称。"), code="list_missing", field="list_title")
    source = add_source(
        kind="list",
        title=title,
        url=key[1],
        retrieved_on=timezone.localdate(),
        sha256=desk.sha256,
        by=desk.by,
    )
    return HonourList.objects.create(
        title=title,
        title_key=key[0],
        year=row.year,
        is_complete=row.list_complete,
        source=source,
        source_url=key[1],
    )


def _row_key(row: ListRow) -> str:
    """The same name and unit in one list are one record; nothing else is assumed."""
    name = unit_key(row.name) if row.is_collective else name_key(row.name)
    kind = "collective" if row.is_collective else "person"
    return hashlib.sha256("\x1f".join((kind, name, unit_key(row.unit))).encode()).hexdigest()


def _nominate(row: ListRow, honour: Honour, honour_list: HonourList, desk: _Desk) -> RowAnswer:
    _nominee, is_new = Nominee.objects.get_or_create(
        honour_list=honour_list,
        honour=honour,
        row_key=_row_key(row),
        defaults={
            "name": tidy(row.name)[:200],
            "is_collective": row.is_collective,
            "sex": _SEXES.get(row.sex, ""),
            "ethnic": row.ethnic[:20],
            "unit_text": row.unit[:300],
            "post_text": row.job_title[:200],
            "region": desk.regions.get(row.region),
            "year": row.year,
            "note": row.note[:300],
        },
    )
    if not is_new:
        return RowAnswer(row.number, Became.KNOWN, "known", _("这一行已经登记过。"))
    sentence = _("“%(name)s”是公示人选，单独保存，不算获得者。") % {"name": row.name}
    return RowAnswer(row.number, Became.NOMINATED, "nominated", sentence)


def _confer(row: ListRow, honour: Honour, honour_list: HonourList, desk: _Desk) -> RowAnswer:
    key = _row_key(row)
    in_list = list(
        Conferral.objects.filter(honour_list=honour_list, row_key=key).select_related("person", "collective")
    )
    if any(each.honour_id == honour.pk for each in in_list):
        return RowAnswer(row.number, Became.KNOWN, "known", _("这一行已经登记过。"))
    known = in_list[0] if in_list else None
    holder = (known.person or known.collective) if known else None
    opened = None
    if holder is None:
        holder = _collective(row, desk) if row.is_collective else _person(row, honour_list, desk)
        opened = holder if isinstance(holder, Person) else None
    confer_honour(
        holder,
        honour=honour,
        by=desk.by,
        year=row.year,
        printed_title=row.honour,
        unit_text=row.unit,
        post_text=row.job_title,
        region=desk.regions.get(row.region),
        employer=desk.employers.get(row.unit),
        honour_list=honour_list,
        row_key=key,
        source=honour_list.source,
        note=row.note[:300],
    )
    return RowAnswer(row.number, Became.CONFERRED, "conferred", _sentence(row, honour, desk, opened), opened)


def _collective(row: ListRow, desk: _Desk) -> Collective:
    return add_collective(
        name=row.name,
        unit_text=row.unit,
        region=desk.regions.get(row.region),
        employer=desk.employers.get(row.unit),
        org=desk.org,
        by=desk.by,
    )


def _person(row: ListRow, honour_list: HonourList, desk: _Desk) -> Person:
    ethnic = word_named(ethnic_groups(), row.ethnic) if row.ethnic else None
    person = add_person(
        name=row.name,
        org=desk.org,
        region=desk.regions.get(row.region),
        sex=_SEXES.get(row.sex, ""),
        ethnic=ethnic.code if ethnic else "",
        unit_text=row.unit[:200],
        post_text=row.job_title[:200],
        source=honour_list.source,
        by=desk.by,
    )
    if row.unit:
        add_employment(
            person,
            unit_text=row.unit[:200],
            post=row.job_title[:200],
            employer=desk.employers.get(row.unit),
            source=honour_list.source,
            by=desk.by,
        )
    return person


def _sentence(row: ListRow, honour: Honour, desk: _Desk, opened: Person | None) -> str:
    parts = [_("为“%(name)s”新建档案并登记“%(title)s”。") if opened else _("为“%(name)s”登记“%(title)s”。")]
    if honour.undivided_of:
        parts.append(_("名单未分列两种称号，按所印登记。"))
    if row.unit and row.unit not in desk.employers:
        parts.append(_("单位没有对应的登记，按所印保留。"))
    if row.region and desk.regions.get(row.region) is None:
        parts.append(_("地区“%(region)s”未能识别，留空。"))
    values = {"name": tidy(row.name), "title": row.honour, "region": row.region}
    return "".join(part % values for part in parts)


def _keep_unknown(rows: Sequence[ListRow], unknown: Counter[str]) -> None:
    examples = {row.honour: row.list_title for row in reversed(rows)}
    for title, times in unknown.items():
        found, _new = UnknownTitle.objects.get_or_create(
            title_key=title_key(title), defaults={"title": title[:120], "example_list": examples[title][:200]}
        )
        if found.times < times:
            found.times = times
            found.save(update_fields=["times"])
