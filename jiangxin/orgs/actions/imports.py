"""Setting up many organisations at once, from rows in any order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.sheets.bulk import bulk_insert, reserve_ids
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import Org, OrgChange, OrgName
from jiangxin.orgs.models.paths import SEGMENT, lock_tree, segment, serial_of
from jiangxin.orgs.queries.planning import OrgRow, Placed, Remark, plan_orgs
from jiangxin.orgs.queries.searching import KIND
from jiangxin.orgs.words.choices import ChangeKind, OrgNameKind, OrgState

BATCH = 2000


@dataclass
class OrgImport:
    """What an import did: row numbers by what became of them, and what was found."""

    added: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@action("orgs.import_orgs")
def import_orgs(under: Org | None, *, rows: Sequence[OrgRow], by: Actor) -> OrgImport:
    """Set up or update organisations; rows without a parent number stand directly below `under`.

    Parents and children may come in any order. A row is known again by its number (组织编号), or, without one, by parent
    and name, so that the same rows twice change nothing. Renaming keeps the old name; an import never moves or closes.
    Rows that cannot be placed are refused with one sentence each and the others go in. One announcement for all.
    """
    lock_tree(alone=True)
    top = Org.objects.get(pk=under.pk) if under else None
    plan = plan_orgs(rows, under=top, by=by)
    done = OrgImport(remarks=plan.remarks, refused=sorted(plan.refused))
    _add(plan.fresh, done)
    _update(plan.known, by, done)
    if done.added or done.changed:
        path = under.path if under else ""
        announce("orgs.orgs_imported", under, path=path, added=len(done.added), changed=len(done.changed))
    return done


def _add(fresh: list[Placed], done: OrgImport) -> None:
    """Number the rows level by level, then insert all at once; keys and paths are known before anything is written."""
    if not fresh:
        return
    waiting: dict[int, list[Placed]] = {}
    for each in fresh:
        if each.parent_row is not None:
            waiting.setdefault(each.parent_row, []).append(each)
    for siblings in waiting.values():
        for serial, each in enumerate(siblings, start=1):
            each.serial = serial
    level = [each for each in fresh if each.parent_row is None]
    _open_places(level)
    ids = iter(reserve_ids(Org, len(fresh)))
    records: list[tuple[object, ...]] = []
    places: dict[int, tuple[int, str]] = {}
    while level:
        for each in level:
            parent = places[each.parent_row] if each.parent_row is not None else _place_of(_above(each))
            own = places[each.row.number] = (next(ids), parent[1] + segment(each.serial))
            records.append(_record(each, own, parent[0], len(waiting.get(each.row.number, ()))))
        level = [child for each in level for child in waiting.get(each.row.number, ())]
    bulk_insert(Org, _COLUMNS, records)
    mark(KIND, [pk for pk, _path in places.values()])
    done.added = sorted(places)


def _open_places(level: list[Placed]) -> None:
    """Number the new children of organisations that exist already, and note how far each has counted."""
    parents: dict[int, list[Placed]] = {}
    for each in level:
        parents.setdefault(_above(each).pk, []).append(each)
    for pk, children in parents.items():
        start = serial_of(Org.objects.new_place(pk))
        for offset, child in enumerate(children):
            child.serial = start + offset
        Org.objects.filter(pk=pk).update(last_child=start + len(children) - 1)


def _above(each: Placed) -> Org:
    assert each.parent is not None  # noqa: S101 - the plan refused new rows that stand below nothing
    return each.parent


def _place_of(org: Org) -> tuple[int, str]:
    return org.pk, org.path


_COLUMNS = (
    "id", "uid", "parent_id", "path", "depth", "last_child", "code", "name", "short_name", "kind", "state", "region_id",
    "founded_on",
)  # fmt: skip


def _record(each: Placed, own: tuple[int, str], parent_id: int, children: int) -> tuple[object, ...]:
    """The values of a new organisation, in the order of _COLUMNS."""
    row, (pk, path) = each.row, own
    founded_on = row.founded_on.isoformat() if row.founded_on else None
    return (
        pk,
        new_uid(),
        parent_id or None,
        path,
        len(path) // SEGMENT,
        children,
        row.code,
        row.name,
        row.short_name,
        row.kind,
        str(OrgState.ACTIVE),
        each.region_id,
        founded_on,
    )


def _update(known: list[Placed], by: Actor, done: OrgImport) -> None:
    """Write what differs; an empty cell leaves what is known."""
    changed: list[Org] = []
    for each, org in ((each, each.known) for each in known if each.known):
        old_name = org.name
        if not _take_over(org, each):
            done.same.append(each.row.number)
            continue
        changed.append(org)
        done.changed.append(each.row.number)
        if org.name != old_name:
            _keep_name(org, old_name, by)
    Org.objects.bulk_update(
        changed, ["name", "short_name", "kind", "code", "region", "founded_on"], batch_size=BATCH
    )


def _take_over(org: Org, each: Placed) -> bool:
    """Set the facts the row gives; tell whether any differed."""
    row = each.row
    wanted = {
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "code": row.code,
        "region_id": each.region_id,
        "founded_on": row.founded_on,
    }
    differing = {name: value for name, value in wanted.items() if value and getattr(org, name) != value}
    for name, value in differing.items():
        setattr(org, name, value)
    return bool(differing)


def _keep_name(org: Org, old_name: str, by: Actor) -> None:
    today = timezone.localdate()
    former = OrgName.objects.create(org=org, name=old_name, kind=OrgNameKind.FORMER, valid_to=today)
    before = {"name": old_name, "former": former.pk}
    OrgChange.objects.note(org, ChangeKind.RENAMED, by=by, on=today, before=before, after={"name": org.name})
    announce("orgs.org_renamed", org, uid=org.uid, old_name=old_name, new_name=org.name)
