"""Working out, before anything is written, who the workers of a list are and where they belong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from django.db import connection
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.search.among import among
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.text.sayings import say
from jiangxin.people.queries.places import ImportedFrom, Place, Places, Remark, places_for

VIEW, CORRECT = "people.view_person", "people.correct_person"
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


@dataclass
class Fresh:
    """The rows for which records are to be opened, column by column, each with its place."""

    rows: Batch
    places: list[Place]


@dataclass
class Plan:
    """New workers, blanks to fill in of known ones by row, rows that say nothing new, refused rows, remarks."""

    fresh: Fresh
    additions: list[tuple[PersonRow, Known, int | None]] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, row: PersonRow, column: str, code: str, message: str) -> None:
        """Keep a row out and say why."""
        self.refused.append(row.number)
        self.remarks.append(Remark(row.number, column, code, message))


def plan_people(where: ImportedFrom, rows: Batch, *, by: Actor) -> Plan:
    """Tell the new workers from the known ones; reads the database in a few queries a batch, writes nothing.

    `rows` are ready (`make_ready`). Only rows that stand out are looked at one by one; all others are new.
    """
    places = places_for(where, by)
    row_places = _places_of(rows, places)
    known = _known_rows(rows, row_places)
    refused = {
        at for at, (place, doubt) in enumerate(zip(row_places, rows.columns["contradicts"], strict=True))
        if doubt or isinstance(place, Remark)
    }  # fmt: skip
    standing_out = refused | known.keys()
    new = rows.without(standing_out)
    kept = [place for at, place in enumerate(row_places) if at not in standing_out]
    plan = Plan(Fresh(new, cast("list[Place]", kept)))
    for at in sorted(standing_out):
        row, place = _row_at(rows, at), row_places[at]
        if isinstance(place, Remark):
            plan.refuse(row, *place[1:4])
        elif rows.columns["contradicts"][at]:
            message = _("身份证号里的性别与填写的性别不一致，请核对其中一项。")
            plan.refuse(row, "sex", "sex_contradicts_id_number", message)
        else:
            _compare(
                plan,
                row,
                known[at],
                place,
                is_named=known[at].name_key == rows.columns["name_key"][at],
                may=places.may,
            )
    return plan


def _places_of(rows: Batch, places: Places) -> list[Place | Remark]:
    """The place of each row, or the reason why it has none."""
    named = list(zip(rows.columns["region"], rows.columns["org"], strict=True))
    places.learn(set(named))
    found = {each: places.place_of(*each) for each in set(named)}
    return [found[each] for each in named]


def _known_rows(rows: Batch, row_places: list[Place | Remark]) -> dict[int, Known]:
    """The records of rows whose workers are known: by number, without one by name, organisation and unit."""
    indexes, keys, units = (rows.columns[name] for name in ("number_index", "name_key", "unit"))
    by_number = _known_by_number([each for each in indexes if each])
    found = {at: by_number[each] for at, each in enumerate(indexes) if each in by_number}
    unnumbered = [at for at, each in enumerate(indexes) if not each]
    namesakes = _known_by_name({keys[at] for at in unnumbered})
    for at in unnumbered:
        place = row_places[at]
        if isinstance(place, Place) and (keys[at], place.org_id, units[at]) in namesakes:
            found[at] = namesakes[keys[at], place.org_id, units[at]]
    return found


def _row_at(rows: Batch, at: int) -> PersonRow:
    """One row by itself; of its identity number only the index is left."""
    values = {name: rows.columns[name][at] for name in PersonRow._fields if name in rows.columns}
    return PersonRow(rows.numbers[at], **values)


def _compare(
    plan: Plan,
    row: PersonRow,
    record: Known,
    place: Place,
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
            Remark(row.number, "unit", "other_unit", say(message, unit=record.unit_text), is_error=False)
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
    condition, given = among(connection, values, kind="text")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM people_person WHERE {column} {condition} {more}", [given])  # noqa: S608 - constant names
        return [Known._make(record) for record in cursor.fetchall()]
