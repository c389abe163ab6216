"""The list of workers that goes in: eight columns, a worker known again by the identity number, else by name, unit and union."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.text.identity import (
    check_digit,
    identity_fault,
    identity_sentence,
    normalise_identity,
    widen_identity,
)
from jiangxin.kernel.text.names import key_of_written
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.queries.tree import org_at_path
from jiangxin.people.actions.bulk import import_people, take_back_import
from jiangxin.people.models import Person
from jiangxin.people.queries.importing import PersonRow
from jiangxin.people.queries.places import ImportedFrom
from jiangxin.people.queries.ready import make_ready
from jiangxin.people.rules import check_written_name
from jiangxin.people.words import Sex

LONGEST_UNIT, LONGEST_POST = 300, 200
OUTCOMES_FOR = 2_000  # rows in a batch up to which each row's fate is told
_SEXES = {
    "男": Sex.MALE, "男性": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE, "1": Sex.MALE,
    "女": Sex.FEMALE, "女性": Sex.FEMALE, "female": Sex.FEMALE, "f": Sex.FEMALE, "2": Sex.FEMALE,
}  # fmt: skip
_past_days: set[str] = set()  # found to be days of birth: a day that has been stays one
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_FIXED = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?")


def clean_name(text: str) -> str:
    """The written form of a person's name."""
    return check_written_name(text)


def clean_sex(text: str) -> str:
    """male or female, from the words and codes in use (GB/T 2261.1)."""
    sex = _SEXES.get(text.casefold())
    if sex is None:
        raise Refused(_("性别请填“男”或“女”。"), code="sex")
    return sex.value


def clean_id_number(text: str) -> str:
    """An 18-character number that passes form, calendar and checksum (GB 11643); old ones of 15 digits are widened."""
    first = text[:17]
    if (
        text[6:14] in _past_days
        and len(text) == 18
        and first.isdigit()
        and text.isascii()
        and check_digit(first) == text[17]
    ):
        return text
    number = text if text.isascii() and text.isalnum() else normalise_identity(text)
    number = number.upper()
    fault = identity_fault(number)
    if fault:
        raise Refused(identity_sentence(fault, number), code=f"id_number_{fault}")
    if len(number) == 18:
        _past_days.add(number[6:14])
    return number if len(number) == 18 else widen_identity(number)


def clean_phone(text: str) -> str:
    """A mobile number of eleven digits or a fixed line with area code."""
    bare = text.replace(" ", "").replace("-", "") if not text.isdigit() else text
    mobile = _MOBILE.fullmatch(bare)
    if mobile is not None:
        return mobile[1]
    if _FIXED.fullmatch(text.replace(" ", "")):
        return text.replace(" ", "")
    raise Refused(_("手机号应为 11 位数字。固定电话请带区号，例如 010-12345678。"), code="phone")


def clean_unit(text: str) -> str:
    """A unit as printed, at most 300 characters."""
    return _short_enough(text, LONGEST_UNIT)


def clean_post(text: str) -> str:
    """A post as printed, at most 200 characters."""
    return _short_enough(text, LONGEST_POST)


def _short_enough(text: str, most: int) -> str:
    if len(text) > most:
        raise Refused(say(_("内容太长（超过 %(most)d 字），请缩短。"), most=most), code="too_long")
    return text


def duplicate_keys(columns: Mapping[str, list[str]]) -> list[Hashable]:
    """Two rows are one worker by the identity number, or without numbers by name, unit and union."""
    numbers = columns["id_number"]
    if all(numbers):
        return list(numbers)
    others = zip(map(key_of_written, columns["name"]), columns["unit"], columns["org"], strict=True)
    return [number or other for number, other in zip(numbers, others, strict=True)]


def apply_people(rows: Sequence[Row], *, by: Actor, dry_run: bool, context: ImportContext) -> Applied:
    """Open records for the workers who are new, fill in what is missing for those known."""
    where = ImportedFrom(
        context.run_uid, context.file_name, context.sha256, org_at_path(context.opath), dry_run
    )
    wanted = rows if isinstance(rows, Batch) else [PersonRow(number, **values) for number, values in rows]
    answer = import_people(where, rows=wanted, by=by)
    applied = Applied(
        new=len(answer.new),
        changed=len(answer.changed),
        same=len(answer.same),
        refused=len(answer.refused),
        findings=[
            Finding(
                each.row,
                _header(each.column),
                each.code,
                each.message,
                Severity.ERROR if each.is_error else Severity.WARNING,
            )
            for each in answer.remarks
        ],
    )
    if len(rows) <= OUTCOMES_FOR:
        fates = (
            (Result.NEW, answer.new, _("新建档案")),
            (Result.CHANGED, answer.changed, _("补全已有档案")),
            (Result.SAME, answer.same, _("已有档案，没有变化")),
        )
        outcomes = [
            Outcome(number, result, message) for result, numbers, message in fates for number in numbers
        ]
        applied.outcomes = sorted(outcomes)
    return applied


def undo_people(context: ImportContext, *, by: Actor) -> None:
    """Take back the records that an import opened, as long as nothing was added to any of them."""
    take_back_import(
        ImportedFrom(context.run_uid, context.file_name, context.sha256, org_at_path(context.opath)), by=by
    )


def export_people_rows(actor: Actor, **filters: Any) -> Iterator[dict[str, Any]]:
    """The workers an actor may see in the columns of this sheet; numbers and phones stay in the house.

    The filter `path` narrows it to an organisation and what is below.
    """
    kept = Person.objects.visible_to(actor).under(filters.get("path", ""))
    people = kept.canonical().select_related("region", "org").order_by("pk")
    for person in people.iterator(chunk_size=2000):
        yield {
            "name": person.name,
            "sex": Sex(person.sex).label if person.sex else "",
            "unit": person.unit_text,
            "post": person.post_text,
            "region": person.region.code if person.region else "",
            "org": (person.org.code or person.org.name) if person.org else "",
        }


def _column(name: str, header: Any, *aliases: str, **more: Any) -> Column:
    return Column(name, header, aliases=aliases, empty="", **more)


PEOPLE_SHEET = Sheet(
    "people",
    gettext_lazy("职工信息"),
    columns=(
        _column(
            "name", gettext_lazy("姓名"), "职工姓名", "名字", required=True, clean=clean_name, example="林小满",
            privacy=PrivacyClass.PUBLIC, note=gettext_lazy("身份证上的姓名；少数民族姓名中的间隔号请保留。"),
        ),
        _column("sex", gettext_lazy("性别"), clean=clean_sex, example="女", note=gettext_lazy("男或女；填了身份证号可以不填。")),
        _column(
            "id_number", gettext_lazy("身份证号"), "身份证号码", "公民身份号码", "证件号码", clean=clean_id_number,
            privacy=PrivacyClass.SECRET, example="590101198805210025",
            note=gettext_lazy("18 位，末位可以是 X；加密保存。没有时凭姓名、单位和工会认人。"),
        ),
        _column(
            "phone", gettext_lazy("手机号"), "手机", "手机号码", "联系电话", "电话", clean=clean_phone,
            privacy=PrivacyClass.SENSITIVE, example="13800000000", note=gettext_lazy("加密保存。"),
        ),
        _column(
            "unit", gettext_lazy("单位"), "工作单位", "单位名称", "所在单位", required=True, clean=clean_unit,
            example="宏远重工集团有限公司", privacy=PrivacyClass.PUBLIC,
        ),
        _column(
            "post", gettext_lazy("岗位"), "职务", "工种", "职业", clean=clean_post, example="电焊工",
            privacy=PrivacyClass.PUBLIC,
        ),
        _column(
            "region", gettext_lazy("地区"), "地区代码", "区划代码", "行政区划", "所在地区", example="江苏省南京市",
            privacy=PrivacyClass.PUBLIC, note=gettext_lazy("六位区划代码，或从省写起的名称。"),
        ),
        _column(
            "org", gettext_lazy("所属工会"), "工会", "工会编号", "工会名称", example="",
            note=gettext_lazy("工会的编号或全称；不填则归到导入时选定的组织。"),
        ),
    ),
    apply=apply_people,
    export=export_people_rows,
    undo=undo_people,
    keys_of=duplicate_keys,
    prepare=make_ready,
    batch_rows=10_000,
)  # fmt: skip


def _header(name: str) -> str:
    return str(PEOPLE_SHEET.column(name).header) if name else ""
