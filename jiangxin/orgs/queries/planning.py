"""Working out, before anything is written, where each row of a list of organisations belongs."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org, Region
from jiangxin.orgs.models.paths import DEEPEST
from jiangxin.orgs.queries.regions import TABLE_VERSION

CHUNK = 500


@dataclass(frozen=True)
class OrgRow:
    """One row of a list: its number in the file, the organisation, and the number of its parent ("" = the top chosen)."""

    number: int
    name: str
    kind: str
    code: str = ""
    parent_code: str = ""
    short_name: str = ""
    region_code: str = ""
    founded_on: datetime.date | None = None


@dataclass(frozen=True)
class Remark:
    """One sentence about one row. An error keeps the row out."""

    row: int
    code: str
    message: str
    column: str = ""
    is_error: bool = True


@dataclass
class Placed:
    """A row with its place: the parent is an organisation in the database or another row."""

    row: OrgRow
    parent: Org | None = None
    parent_row: int | None = None
    region_id: int | None = None
    serial: int = 0
    known: Org | None = None


@dataclass
class Plan:
    """New rows with their places, rows of known organisations, refused row numbers, remarks."""

    fresh: list[Placed] = field(default_factory=list)
    known: list[Placed] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)

    def refuse(self, row: OrgRow, code: str, message: str, column: str = "") -> None:
        """Keep a row out and say why."""
        self.refused.add(row.number)
        self.remarks.append(Remark(row.number, code, message, column))

    def mention(self, row: OrgRow, code: str, message: str, column: str = "") -> None:
        """Let a row in with a remark."""
        self.remarks.append(Remark(row.number, code, message, column, is_error=False))


def plan_orgs(rows: Sequence[OrgRow], *, under: Org | None, by: Actor) -> Plan:
    """Give each row its place or the reason why it has none; reads the database in a few queries, writes nothing."""
    planner = _Planner(rows, under, by)
    planner.place()
    planner.walk()
    planner.tell_stranded()
    return planner.plan


class _Planner:
    """The rows of one list on their way to their places."""

    def __init__(self, rows: Sequence[OrgRow], under: Org | None, by: Actor) -> None:
        self.plan = Plan()
        self.under = under
        self.by = by
        self.allowed: dict[int, bool] = {}
        self.rows = rows
        self.by_code: dict[str, OrgRow] = {}
        for row in rows:
            if row.code:
                self.by_code.setdefault(row.code, row)
        self.orgs = _orgs_coded({code for row in rows for code in (row.code, row.parent_code) if code})
        self.regions = _regions_coded({row.region_code for row in rows if row.region_code})
        self.placed: dict[int, Placed] = {}
        self.children: dict[int, list[Placed]] = {}
        self.names: set[tuple[str, int, str]] = set()

    def place(self) -> None:
        """Find region and parent of each row, and the organisation it already is, if its number tells."""
        for row in self.rows:
            first = self.by_code.get(row.code, row)
            if first is not row:
                message = _("编号 %(code)s 与第 %(first)s 行重复，只取前面一行。")
                self.plan.refuse(
                    row, "duplicate_code", say(message, code=row.code, first=first.number), "code"
                )
            elif row.region_code and row.region_code not in self.regions:
                message = _("没有区划代码 %(code)s（区划表 %(version)s）。")
                words = {"code": row.region_code, "version": TABLE_VERSION}
                self.plan.refuse(row, "unknown_region", say(message, **words), "region_code")
            else:
                self._find_parent(Placed(row, known=self.orgs.get(row.code)))

    def _find_parent(self, each: Placed) -> None:
        row = each.row
        above = self.by_code.get(row.parent_code)
        if row.parent_code and above is not None and row.parent_code not in self.orgs:
            each.parent_row = above.number
        elif row.parent_code:
            each.parent = self.orgs.get(row.parent_code)
            if each.parent is None:
                message = _("找不到上级编号 %(code)s：文件里没有，在册组织里也没有。")
                self.plan.refuse(row, "unknown_parent", say(message, code=row.parent_code), "parent_code")
                return
        else:
            each.parent = each.known.parent if each.known else self.under
            if each.parent is None and each.known is None:
                self.plan.refuse(
                    row, "no_parent", _("没有填写上级编号，也没有选定导入到哪个组织之下。"), "parent_code"
                )
                return
        self.placed[row.number] = each
        if each.parent_row is not None and each.known is None:
            self.children.setdefault(each.parent_row, []).append(each)

    def walk(self) -> None:
        """Go down from what stands in the database; what is not reached hangs on a refused row or on a circle."""
        level = [each for each in self.placed.values() if each.parent_row is None or each.known is not None]
        depth = {each.row.number: (each.parent.depth if each.parent else 0) + 1 for each in level}
        while level:
            self._know_by_name(level)
            accepted = [each for each in level if self._accept(each, depth[each.row.number])]
            level = []
            for above in accepted:
                for child in self.children.get(above.row.number, ()):
                    if above.known is not None:
                        child.parent, child.parent_row = above.known, None
                    depth[child.row.number] = depth[above.row.number] + 1
                    level.append(child)

    def _accept(self, each: Placed, depth: int) -> bool:
        del self.placed[each.row.number]
        fault = self._fault(each, depth)
        if fault is not None:
            self.plan.refuse(each.row, *fault)
            return False
        region = self.regions.get(each.row.region_code)
        if region is not None:
            each.region_id = region.pk
            if not region.is_current:
                message = _("区划代码 %(code)s %(name)s 已停用，按旧代码保存。")
                words = {"code": region.code, "name": region.name}
                self.plan.mention(each.row, "old_region", say(message, **words), "region_code")
        if each.known is None:
            self.plan.fresh.append(each)
            return True
        if each.row.parent_code and self._stands_elsewhere(each, each.known):
            message = _("在册的上级与文件不同，导入不改变上级；要改请用“划转”。")
            self.plan.mention(each.row, "parent_differs", message, "parent_code")
        self.plan.known.append(each)
        return True

    def _fault(self, each: Placed, depth: int) -> tuple[str, str, str] | None:
        """(code, sentence, column) of what keeps a row out."""
        target = each.known or each.parent
        if target is not None and not target.is_active:
            return "inactive", say(_("“%(name)s”已不在册。"), name=target.name), "parent_code"
        if target is not None and not self._may(target):
            return (
                "no_permission",
                say(_("您没有在“%(name)s”之下导入的权限。"), name=target.name),
                "parent_code",
            )
        if depth > DEEPEST:
            return "too_deep", say(_("层级太深，最多 %(most)s 级。"), most=DEEPEST), "parent_code"
        if each.known is not None:
            return None
        key = (
            ("row", each.parent_row, each.row.name)
            if each.parent_row
            else ("org", _pk(each.parent), each.row.name)
        )
        if key in self.names:
            return "namesake", say(_("同一上级之下已有“%(name)s”。"), name=each.row.name), "name"
        self.names.add(key)
        return None

    def _may(self, org: Org) -> bool:
        if org.pk not in self.allowed:
            self.allowed[org.pk] = self.by.has_perm("orgs.import_orgs", org)
        return self.allowed[org.pk]

    def _stands_elsewhere(self, each: Placed, known: Org) -> bool:
        above = known.parent.code if known.parent else ""
        return above != each.row.parent_code

    def _know_by_name(self, level: list[Placed]) -> None:
        """Rows without a known number are the organisation of this name under their parent, if there is one."""
        parents = {each.parent.pk for each in level if each.parent is not None and each.known is None}
        found: dict[tuple[int | None, str], Org] = {}
        for chunk in _chunks(sorted(parents)):
            for org in Org.objects.active().filter(parent__in=chunk).select_related("parent"):
                found[org.parent_id, org.name] = org
        for each in level:
            namesake = found.get((_pk(each.parent), each.row.name))
            if each.known is not None or namesake is None:
                continue
            if not each.row.code or not namesake.code:
                each.known = namesake
            else:
                self.names.add(("org", _pk(each.parent), each.row.name))

    def tell_stranded(self) -> None:
        """Say of each row that was not reached whether it stands in a circle or below a row that was refused."""
        for number, each in list(self.placed.items()):
            chain = self._chain_up(number)
            if chain and chain[-1] == number:
                names = " → ".join(self.placed[place].row.name for place in [number, *chain])
                self.plan.refuse(
                    each.row, "circle", say(_("上级关系形成循环：%(names)s。"), names=names), "parent_code"
                )
            else:
                message = _("上级（第 %(row)s 行）没有导入，这一行也没有导入。")
                self.plan.refuse(each.row, "parent_refused", say(message, row=each.parent_row), "parent_code")

    def _chain_up(self, start: int) -> list[int]:
        """Rows above, up to the first that repeats or is not among the stranded."""
        chain: list[int] = []
        place = self.placed[start].parent_row
        while place is not None and place in self.placed and place not in chain:
            chain.append(place)
            if place == start:
                break
            place = self.placed[place].parent_row
        return chain


def _pk(org: Org | None) -> int:
    return org.pk if org is not None else 0


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _orgs_coded(codes: set[str]) -> dict[str, Org]:
    found: dict[str, Org] = {}
    for chunk in _chunks(sorted(codes)):
        found |= {org.code: org for org in Org.objects.coded(chunk).select_related("parent")}
    return found


def _regions_coded(codes: set[str]) -> dict[str, Region]:
    """The region in force with each code, else the last one that had it."""
    found: dict[str, Region] = {}
    for chunk in _chunks(sorted(codes)):
        for region in Region.objects.filter(code__in=chunk).order_by("valid_from"):
            found[region.code] = region
    return found
