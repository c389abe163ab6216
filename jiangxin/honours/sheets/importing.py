"""The spreadsheet of published lists: JSONL, CSV or XLSX, one row a name as printed."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jiangxin.honours.actions import import_list_rows
from jiangxin.honours.actions.importing import Became, ListRow, RowAnswer
from jiangxin.honours.rules import EARLIEST_YEAR
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import Applied, Column, Finding, ImportContext, Result, Row, Severity, Sheet
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org

_YEAR = re.compile(r"(\d{4})(?:\.0)?\s*年?(?:度)?")
_YES, _NO = {"true", "1", "是", "完整", "yes"}, {"false", "0", "否", "节录", "不完整", "no"}
_ENTITIES = {"person": False, "个人": False, "人": False, "collective": True, "集体": True, "单位": True}
_STATUSES = {
    "awarded": False,
    "获得": False,
    "授予": False,
    "nominee": True,
    "公示": True,
    "人选": True,
    "提名": True,
}


def _year(text: str) -> int:
    found = _YEAR.fullmatch(text.strip())
    if not found or not EARLIEST_YEAR <= int(found[1]) <= timezone.localdate().year:
        raise Refused(
            say(_("年份“%(text)s”不对，应为四位数字，例如 2025；名单没有印年份时请留空。"), text=text[:20])
        )
    return int(found[1])


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise Refused(_("“名单是否完整”请填“是”或“否”。"))
    return word in _YES


def _entity(text: str) -> bool:
    if text.strip().lower() not in _ENTITIES:
        raise Refused(_("“对象”请填“个人”或“集体”。"))
    return _ENTITIES[text.strip().lower()]


def _status(text: str) -> bool:
    if text.strip().lower() not in _STATUSES:
        raise Refused(_("“状态”请填“获得”或“公示”。"))
    return _STATUSES[text.strip().lower()]


def _url(text: str) -> str:
    if not re.match(r"https?://\S+$", text.strip()):
        raise Refused(_("来源网址应以 http:// 或 https:// 开头。"))
    return text.strip()[:500]


def _apply(rows: Sequence[Row], *, by: Actor, dry_run: bool, context: ImportContext) -> Applied:
    """Take the rows; the records opened belong to the organisation the import was made for."""
    del dry_run  # the caller rolls a dry run back
    org = Org.objects.filter(path=context.opath).first() if context.opath else None
    answers = import_list_rows([_row(row) for row in rows], org=org, sha256=context.sha256, by=by)
    applied = Applied()
    for row, answer in zip(rows, answers, strict=True):
        applied.add(row, _RESULTS[answer.became], answer.sentence)
        if answer.became in (Became.REFUSED, Became.UNKNOWN_TITLE, Became.NOMINATED):
            applied.findings.append(_finding(row, answer))
    return applied


_RESULTS = {
    Became.CONFERRED: Result.NEW,
    Became.NOMINATED: Result.NEW,
    Became.KNOWN: Result.SAME,
    Became.UNKNOWN_TITLE: Result.REFUSED,
    Became.REFUSED: Result.REFUSED,
}


def _finding(row: Row, answer: RowAnswer) -> Finding:
    severity = Severity.NOTE if answer.became is Became.NOMINATED else Severity.ERROR
    column = _("荣誉") if answer.became is Became.UNKNOWN_TITLE else ""
    return Finding(row.number, column, answer.code, answer.sentence, severity)


def _row(row: Row) -> ListRow:
    values: dict[str, Any] = row.values
    texts = (
        "list_title",
        "honour",
        "name",
        "sex",
        "ethnic",
        "unit",
        "job_title",
        "region",
        "source_url",
        "note",
    )
    return ListRow(
        number=row.number,
        year=values["year"],
        is_collective=bool(values["entity"]),
        is_nominee=bool(values["status"]),
        list_complete=bool(values["list_complete"]),
        **{name: values[name] or "" for name in texts},
    )


def _column(name: str, header: Any, *aliases: str, **more: Any) -> Column:
    return Column(name, header, aliases=aliases, privacy=PrivacyClass.PUBLIC, **more)


HONOURS_SHEET = Sheet(
    name="honours",
    title=gettext_lazy("荣誉名单"),
    columns=(
        _column(
            "list_title",
            gettext_lazy("名单名称"),
            "名单",
            "文件名称",
            required=True,
            example="滨海市2025年劳动模范名单",
        ),
        _column("year", gettext_lazy("年份"), "年度", "表彰年度", clean=_year, example="2025"),
        _column(
            "honour",
            gettext_lazy("荣誉"),
            "荣誉称号",
            "称号",
            "荣誉名称",
            required=True,
            example="滨海市劳动模范",
        ),
        _column(
            "name",
            gettext_lazy("姓名或集体名称"),
            "姓名",
            "名称",
            "集体名称",
            required=True,
            example="林小满",
        ),
        _column("sex", gettext_lazy("性别"), example="女"),
        _column("ethnic", gettext_lazy("民族"), example="汉族"),
        _column("unit", gettext_lazy("单位"), "工作单位", "所在单位", example="宏远重工集团有限公司焊接车间"),
        _column("job_title", gettext_lazy("职务"), "岗位", "职务职称", "职务(职称)", example="电焊工"),
        _column("region", gettext_lazy("地区"), "所在地区", example="浙江省"),
        _column(
            "source_url",
            gettext_lazy("来源网址"),
            "来源",
            "网址",
            clean=_url,
            example="https://example.org/list",
        ),
        _column("entity", pgettext_lazy("honour", "对象"), "类型", clean=_entity, example="个人"),
        _column("status", gettext_lazy("状态"), clean=_status, example="获得"),
        _column(
            "list_complete", gettext_lazy("名单是否完整"), "名单完整", "完整", clean=_truth, example="是"
        ),
        _column("note", gettext_lazy("备注"), "说明", example=""),
    ),
    apply=_apply,
)
