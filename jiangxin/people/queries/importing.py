"""Working out, before anything is written, who the workers of a list are and where they belong."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.privacy.sealing import BlindIndexer
from jiangxin.kernel.text.identity import sex_of
from jiangxin.kernel.text.names import key_of_written
from jiangxin.orgs.models import Org, Region
from jiangxin.orgs.queries.regions import TABLE_VERSION, resolve_region, resolve_region_text

ADD, VIEW, CORRECT = "people.add_person", "people.view_person", "people.correct_person"
CHUNK = 300
PLACES_HOLD = 10.0  # seconds that regions, organisations and rights found for one import are trusted
_COLUMNS = "id, name_key, opath, unit_text, region_id, phone = '', org_id, id_number_index"


class PersonRow(NamedTuple):
    """One clean row: an empty text where the list says nothing; region and organisation as printed."""

    number: int
    name: str
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    unit: str = ""
    post: str = ""
    region: str = ""
    org: str = ""


@dataclass(frozen=True)
class ImportedFrom:
    """The file rows come from, and the organisation whose workers they are unless a row names another."""

    uid: str
    file_name: str
    sha256: str
    org: Org | None = None
    is_trial: bool = False

    @property
    def opath(self) -> str:
        """Path of the organisation the import is for."""
        return self.org.path if self.org else ""


class Remark(NamedTuple):
    """One sentence about one row; an error keeps the row out. `column` is a field of PersonRow."""

    row: int
    column: str
    code: str
    message: str
    is_error: bool = True


class Known(NamedTuple):
    """What must be known of a record to tell what a row adds to it."""

    id: int
    name_key: str
    opath: str
    unit_text: str
    region_id: int | None
    has_no_phone: bool
    org_id: int | None
    id_number_index: str | None


class Fresh(NamedTuple):
    """A row for which a record is to be opened."""

    row: PersonRow
    name_key: str
    number_index: str | None
    sex: str
    region_id: int | None
    org_id: int | None
    opath: str


@dataclass
class Plan:
    """New workers, blanks to fill in of known ones by row, rows that say nothing new, refused rows, remarks."""

    fresh: list[Fresh] = field(default_factory=list)
    additions: list[tuple[PersonRow, Known, int | None]] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, row: PersonRow, column: str, code: str, message: str) -> None:
        """Keep a row out and say why."""
        self.refused.append(row.number)
        self.remarks.append(Remark(row.number, column, code, message))


def plan_people(where: ImportedFrom, rows: Sequence[PersonRow], *, by: Actor) -> Plan:
    """Tell the new workers from the known ones; reads the database in a few queries a batch, writes nothing."""
    plan = Plan()
    places = places_for(where, by)
    places.learn(rows)
    index = BlindIndexer("id_number").index
    indexes = [index(row.id_number) if row.id_number else None for row in rows]
    known = _known_by_number([each for each in indexes if each])
    unnumbered = [row for row, each in zip(rows, indexes, strict=True) if each is None]
    namesakes = _known_by_name({key_of_written(row.name) for row in unnumbered})
    for row, number_index in zip(rows, indexes, strict=True):
        place = places.place_of(row)
        sex = sex_of(row.id_number) if row.id_number else row.sex
        if isinstance(place, Remark):
            plan.refuse(row, *place[1:4])
            continue
        if row.sex and row.sex != sex:
            message = _("身份证号里的性别与填写的性别不一致，请核对其中一项。")
            plan.refuse(row, "sex", "sex_contradicts_id_number", message)
            continue
        key = key_of_written(row.name)
        record = known.get(number_index) if number_index else namesakes.get((key, place.org_id, row.unit))
        if record is None:
            plan.fresh.append(Fresh(row, key, number_index, sex, place.region_id, place.org_id, place.opath))
        else:
            _compare(plan, row, record, place, is_named=record.name_key == key, may=places.may)
    return plan


def _compare(
    plan: Plan,
    row: PersonRow,
    record: Known,
    place: "Place",
    *,
    is_named: bool,
    may: Callable[[str, str], bool],
) -> None:
    """A row about a worker who has a record: fill in what is missing there, overwrite nothing."""
    if not may(VIEW, record.opath):
        message = _("这个身份证号已登记在其他组织的档案里，请与上级工会核对。")
        plan.refuse(row, "id_number", "kept_elsewhere", message)
        return
    if not is_named:
        message = _("这个身份证号已登记在另一个姓名的档案里，请核对姓名和号码。")
        plan.refuse(row, "name", "other_name", message)
        return
    if record.unit_text and record.unit_text != row.unit:
        message = _("已登记的现单位是“%(unit)s”，本行的单位没有写入。如已调动，请在档案里登记。")
        plan.remarks.append(
            Remark(row.number, "unit", "other_unit", message % {"unit": record.unit_text}, is_error=False)
        )
    missing = (
        (record.has_no_phone and row.phone)
        or (record.region_id is None and place.region_id)
        or not record.unit_text
    )
    if missing and may(CORRECT, record.opath):
        plan.additions.append((row, record, place.region_id))
    else:
        plan.same.append(row.number)


class Place(NamedTuple):
    """Where a row's worker belongs."""

    region_id: int | None
    org_id: int | None
    opath: str


class Places:
    """Regions and organisations by the texts that name them, each looked up once."""

    def __init__(self, where: ImportedFrom, by: Actor) -> None:
        self.made_at = time.monotonic()
        self._by = by
        self._home = where.org
        self._regions: dict[str, int | str] = dict(Region.objects.current().values_list("code", "pk"))
        self._orgs: dict[str, tuple[int | None, str] | str] = {"": self._at_home()}
        self._found: dict[tuple[str, str], Place | Remark] = {}
        self._may: dict[tuple[str, str], bool] = {}

    def learn(self, rows: Iterable[PersonRow]) -> None:
        """Look up what these rows name and no row before named."""
        rows = list(rows)
        for text in {row.region for row in rows} - self._regions.keys() - {""}:
            self._regions[text] = _region_named(text)
        unknown = sorted({row.org for row in rows} - self._orgs.keys())
        for start in range(0, len(unknown), CHUNK):
            self._learn_orgs(unknown[start : start + CHUNK])

    def place_of(self, row: PersonRow) -> Place | Remark:
        """The place of a row, or the reason why it has none."""
        texts = (row.region, row.org)
        found = self._found.get(texts)
        if found is None:
            found = self._found[texts] = self._place(*texts)
        return found

    def may(self, code: str, opath: str) -> bool:
        """Whether the importing actor holds a permission at a path."""
        if (code, opath) not in self._may:
            self._may[code, opath] = self._by.has_perm(code, At(opath))
        return self._may[code, opath]

    def _place(self, region: str, org: str) -> Place | Remark:
        region_id = self._regions[region] if region else None
        if isinstance(region_id, str):
            return Remark(0, "region", "unknown_region", region_id)
        kept_by = self._orgs[org]
        if isinstance(kept_by, str):
            return Remark(0, "org", "unknown_org", kept_by)
        return Place(region_id, *kept_by)

    def _at_home(self) -> tuple[int | None, str] | str:
        if not self._by.has_perm(ADD, self._home or At("")):
            return _("请在“所属工会”一列写明工会，或导入时选定您管理的组织。")
        return (self._home.pk, self._home.path) if self._home else (None, "")

    def _learn_orgs(self, texts: list[str]) -> None:
        named: dict[str, set[Org]] = {text: set() for text in texts}
        wanted = Q(code__in=texts) | Q(uid__in=texts) | Q(name__in=texts)
        for org in Org.objects.active().filter(wanted):
            for text in {org.code, org.uid, org.name} & named.keys():
                named[text].add(org)
        for text, orgs in named.items():
            self._orgs[text] = self._chosen(text, orgs)

    def _chosen(self, text: str, orgs: set[Org]) -> tuple[int | None, str] | str:
        mine = [org for org in orgs if self._by.has_perm(ADD, org)]
        if len(mine) == 1:
            return mine[0].pk, mine[0].path
        if len(mine) > 1:
            return _("名为“%(text)s”的工会组织不止一个，请填写它的编号。") % {"text": text[:60]}
        return _("在您管理的范围内没有名为“%(text)s”的工会组织。") % {"text": text[:60]}


class At(NamedTuple):
    """Some place in the tree, to ask a permission of."""

    opath: str


def _region_named(text: str) -> int | str:
    """The region's key, or the sentence that says why there is none; a code of an earlier time is kept as it is."""
    if text.isdigit():
        answer = resolve_region(text[:6] if len(text) in {9, 12} else text)
        return answer.region.pk if answer.region else answer.note
    region = resolve_region_text(text)
    if region is not None:
        return region.pk
    message = _("找不到地区“%(text)s”。请写六位代码，或从省写起的名称（区划表 %(version)s）。")
    return message % {"text": text[:40], "version": TABLE_VERSION}


def places_for(where: ImportedFrom, by: Actor) -> Places:
    """The places found so far for one import by one actor; asked anew after ten seconds."""
    key = (where.uid, where.opath, where.is_trial, by.actor_id)
    places = _kept.get(key)
    if places is None or time.monotonic() - places.made_at > PLACES_HOLD:
        _kept.clear()
        places = _kept[key] = Places(where, by)
    return places


_kept: dict[tuple[str, str, bool, str], Places] = {}


def _known_by_number(indexes: list[str]) -> dict[str | None, Known]:
    """The records with these blind indexes of identity numbers."""
    return {known.id_number_index: known for known in _known("id_number_index", indexes)}


def _known_by_name(keys: set[str]) -> dict[tuple[str, int | None, str], Known]:
    """Records without an identity number by name, organisation and unit."""
    found = _known("name_key", sorted(keys), "AND id_number_index IS NULL AND canonical_id IS NULL")
    return {(each.name_key, each.org_id, each.unit_text): each for each in found}


def _known(column: str, values: list[str], more: str = "") -> list[Known]:
    """Records by one indexed column, however many values, in one question."""
    if not values:
        return []
    on_postgres = connection.vendor == "postgresql"
    among = "= ANY(%s)" if on_postgres else "IN (SELECT value FROM json_each(%s))"
    given: Any = values if on_postgres else json.dumps(values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM people_person WHERE {column} {among} {more}", [given])  # noqa: S608 - constant names
        return [Known._make(record) for record in cursor.fetchall()]
