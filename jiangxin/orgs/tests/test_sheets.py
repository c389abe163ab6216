"""The sheet of organisations: cells, outcomes row by row, and the way out."""

import datetime

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.sheets import ImportContext, Outcome, Result, Row
from jiangxin.orgs import sheets
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("clean", "text", "value"),
    [
        (sheets.clean_kind, "基层工会", "enterprise"),
        (sheets.clean_kind, "city", "city"),
        (sheets.clean_region_code, "230202", "230202"),
        (sheets.clean_region_code, "230202000000", "230202"),
        (sheets.clean_region_code, "230202.0", "230202"),
        (sheets.clean_day, "1998-05-01", datetime.date(1998, 5, 1)),
        (sheets.clean_day, "1998年5月1日", datetime.date(1998, 5, 1)),
        (sheets.clean_day, "1998.5", datetime.date(1998, 5, 1)),
        (sheets.clean_day, "1998-05-01 00:00:00", datetime.date(1998, 5, 1)),
        (sheets.clean_code, "JZ-0001", "JZ-0001"),
    ],
)
def test_cells_are_read(clean, text, value):
    assert clean(text) == value


@pytest.mark.parametrize(
    ("clean", "text"),
    [
        (sheets.clean_kind, "俱乐部"),
        (sheets.clean_region_code, "2302"),
        (sheets.clean_day, "1998-13-01"),
        (sheets.clean_day, "去年"),
        (sheets.clean_code, "A" * 33),
        (sheets.clean_code, "A B"),
    ],
)
def test_cells_that_cannot_be_read_are_refused_with_a_sentence(clean, text):
    with pytest.raises(Refused) as refusal:
        clean(text)

    assert str(refusal.value).endswith("。")


def values(**given):
    return {column.name: given.get(column.name) for column in sheets.COLUMNS}


def test_a_batch_is_applied_with_an_outcome_for_each_row(tree, system):
    rows = [
        Row(2, values(code="A", name="甲工会", kind="enterprise")),
        Row(3, values(code="B", name="乙工会", kind="enterprise", parent_code="X")),
    ]
    context = ImportContext("0" * 26, "组织.xlsx", "", opath=tree["county"].path)

    applied = sheets.apply_orgs(rows, by=system, dry_run=False, context=context)

    sentence = "找不到上级编号 X：文件里没有，在册组织里也没有。"
    assert applied.outcomes == [Outcome(2, Result.NEW), Outcome(3, Result.REFUSED, sentence)]
    assert [(each.row, each.column, each.code, each.message) for each in applied.findings] == [
        (3, "上级编号", "unknown_parent", sentence)
    ]
    assert Org.objects.get(code="A").parent == tree["county"]


def test_what_comes_out_goes_in_again(tree, system):
    Org.objects.filter(pk=tree["county"].pk).update(code="COUNTY")
    Org.objects.filter(pk=tree["enterprise"].pk).update(code="ENT", founded_on="1958-03-01")

    rows = list(sheets.export_orgs(system, path=tree["enterprise"].path))

    assert rows[0] == {
        "code": "ENT",
        "name": "宏远重工工会",
        "kind": "基层工会",
        "parent_code": "COUNTY",
        "short_name": "",
        "region_code": "",
        "founded_on": datetime.date(1958, 3, 1),
    }
    context = ImportContext("0" * 26, "组织.csv", "", opath=tree["county"].path)
    again = [Row(2, {**rows[0], "kind": "enterprise", "short_name": None, "region_code": None})]
    assert sheets.apply_orgs(again, by=system, dry_run=False, context=context).same == 1
