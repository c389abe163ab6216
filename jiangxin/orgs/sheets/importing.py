"""Spreadsheets of organisations: a list that goes in, and the register that comes out."""

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import (
    Applied,
    Column,
    Finding,
    ImportContext,
    Outcome,
    Result,
    Row,
    Severity,
    Sheet,
)
from jiangxin.kernel.text.sayings import say, say_all
from jiangxin.orgs.actions import import_orgs
from jiangxin.orgs.queries.planning import OrgRow
from jiangxin.orgs.queries.tree import org_at_path, orgs_found
from jiangxin.orgs.rules import clean_name
from jiangxin.orgs.words.choices import OrgKind

CODE_LENGTH = 32
MOST_ORGS = 200_000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?[日月]?")


def clean_code(text: str) -> str:
    """An organisation's own number: at most 32 letters, digits and hyphens."""
    if len(text) > CODE_LENGTH or not re.fullmatch(r"[\w.\-/]+", text):
        raise Refused(_("编号最多 32 位，只用文字、数字和 - . / _。"), code="code")
    return text


def clean_kind(text: str) -> str:
    """The kind by its code or its name, Chinese or English whatever language the reader has."""
    for value in OrgKind.values:
        if text == value or text in _names_of_kind(value):
            return value
    known = say_all((say(label) for label in OrgKind.labels), between="、")
    raise Refused(say(_("类型应为：%(known)s。"), known=known), code="unknown_kind")


@cache
def _names_of_kind(value: str) -> frozenset[str]:
    names = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.add(str(OrgKind(value).label))
    return frozenset(names)


def clean_region_code(text: str) -> str:
    """Six digits, or more whose first six are meant (statistical codes have twelve)."""
    digits = text.removesuffix(".0")
    if not re.fullmatch(r"\d{6}(\d{3}){0,2}", digits):
        raise Refused(_("区划代码应为 6 位数字。"), code="region_code")
    return digits[:6]


def clean_day(text: str) -> datetime.date:
    """A day written 2003-05-01, 2003年5月1日, 2003.5 or 2003/5/1; a month alone counts from its first day."""
    match = _DAY.fullmatch(text.partition(" ")[0])
    if match is not None:
        with suppress(ValueError):
            return datetime.date(int(match[1]), int(match[2]), int(match[3] or 1))
    raise Refused(_("日期请写成 2003-05-01 的样子。"), code="date")


def apply_orgs(rows: Sequence[Row], *, by: Actor, dry_run: bool, context: ImportContext) -> Applied:
    """Set up or update organisations below the one the run is for."""
    del dry_run  # the whole batch is rolled back by the caller
    wanted = [
        OrgRow(row.number, **{name: value for name, value in row.values.items() if value is not None})
        for row in rows
    ]
    done = import_orgs(org_at_path(context.opath), rows=wanted, by=by)
    messages = {remark.row: remark.message for remark in done.remarks if remark.is_error}
    applied = Applied(
        new=len(done.added),
        changed=len(done.changed),
        same=len(done.same),
        refused=len(done.refused),
        findings=[
            Finding(
                remark.row,
                _header(remark.column),
                remark.code,
                remark.message,
                Severity.ERROR if remark.is_error else Severity.WARNING,
            )
            for remark in done.remarks
        ],
    )
    results = {
        Result.NEW: done.added,
        Result.CHANGED: done.changed,
        Result.SAME: done.same,
        Result.REFUSED: done.refused,
    }
    outcomes = [
        Outcome(row, result, messages.get(row, "")) for result, numbers in results.items() for row in numbers
    ]
    applied.outcomes = sorted(outcomes)
    return applied


def export_orgs(actor: Actor, **filters: Any) -> Iterator[dict[str, Any]]:
    """The organisations an actor may see, parents first; filters as of `orgs_found`."""
    for org in orgs_found(actor, **filters).iterator(chunk_size=2000):
        yield {
            "code": org.code,
            "name": org.name,
            "kind": str(OrgKind(org.kind).label),
            "parent_code": org.parent.code if org.parent else "",
            "short_name": org.short_name,
            "region_code": org.region.code if org.region else "",
            "founded_on": org.founded_on,
        }


COLUMNS = (
    Column(
        "code",
        gettext_lazy("组织编号"),
        aliases=("编号", "组织代码"),
        clean=clean_code,
        example="JZ-0001",
        privacy=PrivacyClass.PUBLIC,
        note=gettext_lazy("本组织自己的编号；再次导入时凭它认出同一组织。"),
    ),
    Column(
        "name",
        gettext_lazy("组织名称"),
        aliases=("名称", "工会名称"),
        required=True,
        clean=clean_name,
        example="宏远重工工会",
        privacy=PrivacyClass.PUBLIC,
    ),
    Column(
        "kind",
        gettext_lazy("类型"),
        aliases=("组织类型",),
        required=True,
        clean=clean_kind,
        example="基层工会",
        privacy=PrivacyClass.PUBLIC,
    ),
    Column(
        "parent_code",
        gettext_lazy("上级编号"),
        aliases=("上级组织编号",),
        clean=clean_code,
        example="JZ-0000",
        privacy=PrivacyClass.PUBLIC,
        note=gettext_lazy("上级可以在本文件中（先后不限），也可以已在册。不填则放在所选组织之下。"),
    ),
    Column(
        "short_name", gettext_lazy("简称"), clean=clean_name, example="宏远工会", privacy=PrivacyClass.PUBLIC
    ),
    Column(
        "region_code",
        gettext_lazy("区划代码"),
        aliases=("地区代码", "行政区划代码"),
        clean=clean_region_code,
        example="230202",
        privacy=PrivacyClass.PUBLIC,
    ),
    Column(
        "founded_on",
        gettext_lazy("成立日期"),
        aliases=("成立时间",),
        clean=clean_day,
        example="1998-05-01",
        privacy=PrivacyClass.PUBLIC,
    ),
)
ORGS_SHEET = Sheet(
    "orgs",
    gettext_lazy("工会组织"),
    columns=COLUMNS,
    apply=apply_orgs,
    export=export_orgs,
    batch_rows=MOST_ORGS,
    max_rows=MOST_ORGS,
)


def _header(name: str) -> str:
    return str(ORGS_SHEET.column(name).header) if name else ""
