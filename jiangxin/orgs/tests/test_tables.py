"""The shipped code tables load, repeat without effect, and answer for old and new codes."""

import datetime
import itertools

import pytest
from django.core.management import call_command

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.orgs import queries
from jiangxin.orgs.actions import load_tables
from jiangxin.orgs.models import Occupation, Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this file, removed afterwards."""
    with django_db_blocker.unblock():
        report = load_tables(by=SystemActor("test"))
        yield report
        with unlocked():
            call_command("flush", interactive=False, verbosity=0)


def on(year, month=6, day=30):
    return datetime.date(year, month, day)


def names(regions):
    return [region.name for region in regions]


def test_totals_are_those_of_the_sources(tables):
    assert tables.totals == {"Region": 7188, "RegionSuccession": 3974, "Industry": 117, "Occupation": 2147}


def test_a_second_load_writes_nothing(tables):
    again = load_tables(by=SystemActor("test"))

    assert (again.written, again.totals) == (0, tables.totals)


def test_a_row_changed_by_hand_is_mended_by_the_next_load():
    Region.objects.filter(code="330114").update(name="钱唐区")

    assert load_tables(by=SystemActor("test")).written == 1
    assert queries.region_now("330114").name == "钱塘区"


def test_regions_in_force_are_those_of_the_ministry():
    current = Region.objects.current()

    assert [current.filter(level=level).count() for level in ("province", "city", "county")] == [
        34,
        333,
        2847,
    ]
    assert current.exclude(level="province").filter(parent__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("330114", "钱塘区"),
        ("513402", "会理市"),
        ("540481", "米林市"),
        ("540581", "错那市"),
        ("653228", "和康县"),
        ("653229", "和安县"),
    ],
)
def test_codes_of_the_last_years_are_known(code, name):
    assert queries.region_now(code).name == name


def test_a_code_of_2024_is_known_in_2025_and_unknown_in_2023_with_the_version_named():
    assert queries.resolve_region("653228", on=on(2025)).region.name == "和康县"

    before = queries.resolve_region("653228", on=on(2023))
    assert before.region is None
    assert before.note == "区划代码 653228 自 2024 年才启用（区划表 2026-09）。"


def test_a_county_dissolved_in_2004_stands_in_1998_and_leads_to_today():
    old = queries.resolve_region("230121", on=on(1998))

    assert (old.region.name, old.note) == ("呼兰县", "")
    assert names(queries.present_regions_of(old.region)) == ["呼兰区"]
    today = queries.resolve_region("230121", on=on(2020))
    assert today.note == "230121 呼兰县 已于 2004 年停用，今为 呼兰区（区划表 2026-09）。"


@pytest.mark.parametrize(
    ("code", "year", "heirs"),
    [
        ("110103", 1998, ["东城区"]),
        ("110104", 1998, ["西城区"]),
        ("371200", 2000, ["济南市"]),
        ("512301", 1990, ["涪陵区"]),
        ("440202", 1998, ["浈江区"]),
        ("310108", 1998, ["静安区"]),
    ],
)
def test_old_regions_lead_to_todays(code, year, heirs):
    old = queries.resolve_region(code, on=on(year)).region

    assert names(queries.present_regions_of(old)) == heirs


def test_every_code_ever_used_leads_to_a_region_in_force():
    present = queries.present_region_ids(Region.objects.values_list("pk", flat=True))

    assert [pk for pk, now in present.items() if now is None] == []


def test_a_report_by_present_regions_counts_an_old_record_once():
    old = queries.resolve_region("230121", on=on(1998)).region
    new = queries.region_now("230111")

    assert queries.present_region_ids([old.pk, new.pk]) == {old.pk: new.pk, new.pk: new.pk}


def test_spans_of_one_code_do_not_overlap():
    spans = list(Region.objects.order_by("code", "valid_from").values_list("code", "valid_from", "valid_to"))

    overlapping = [
        one
        for one, two in itertools.pairwise(spans)
        if one[0] == two[0] and (one[2] is None or one[2] > two[1])
    ]
    assert overlapping == []


def test_unknown_codes_are_answered_with_a_sentence():
    answer = queries.resolve_region("999999")

    assert (answer.region, answer.note) == (None, "没有区划代码 999999（区划表 2026-09）。")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("浙江", "330000"),
        ("浙江省杭州市", "330100"),
        ("浙江杭州西湖区", "330106"),
        ("新疆", "650000"),
        ("内蒙古自治区包头市", "150200"),
        ("杭州市钱塘区某某公司", "330114"),
        ("上海市静安区", "310106"),
        ("仙桃市", "429004"),
        ("会理", "513402"),
        ("鼓楼区", None),
        ("不存在的地方", None),
        ("", None),
    ],
)
def test_printed_places_are_read(text, code):
    found = queries.resolve_region_text(text)

    assert (found.code if found else None) == code


def test_a_full_name_is_written_from_the_top():
    assert queries.full_region_name(queries.region_now("330114")) == "浙江省杭州市钱塘区"
    assert queries.full_region_name(queries.region_now("429004")) == "湖北省仙桃市"


def test_industries_are_twenty_letters_and_ninety_seven_divisions():
    assert (queries.industries().count(), queries.divisions().count()) == (20, 97)
    assert names(queries.divisions("P")) == ["教育"]


@pytest.mark.parametrize(
    ("code", "found"),
    [("C", "C"), ("34", "34"), ("3411", "34"), ("C3411", "34"), ("c", "C"), ("99", None), ("", None)],
)
def test_an_industry_class_leads_to_its_division(code, found):
    industry = queries.industry_coded(code)

    assert (industry.code if industry else None) == found


def test_occupations_have_a_chain_of_three_headings(tables):
    leaves = Occupation.objects.filter(level=4)

    assert leaves.count() == 1631
    assert leaves.exclude(parent__parent__parent__level=1).count() == 0
    welder = queries.occupation_coded("6-18-02-04")
    assert [each.code for each in queries.occupation_chain(welder)] == [
        "6-00-00-00",
        "6-18-00-00",
        "6-18-02-00",
        "6-18-02-04",
    ]
    assert welder.name == "焊工"


def test_green_and_digital_marks_are_134_and_95_and_23_both():
    marked = Occupation.objects.filter(level=4)

    assert marked.filter(is_green=True).count() == 134
    assert marked.filter(is_digital=True).count() == 95
    assert marked.filter(is_green=True, is_digital=True).count() == 23


def test_the_report_names_the_four_doubled_codes_and_the_gaps(tables):
    assert tables.notes == (
        "来源中重复的职业编码 2-03-01-00、4-12-04-02、5-03-00-00、6-20-05-03，保留第一条。",
        "职业分类第 1 级：8 条，其中补建 0 条；公布数 8。",
        "职业分类第 2 级：72 条，其中补建 0 条；公布数 79。",
        "职业分类第 3 级：436 条，其中补建 100 条；公布数 450。",
        "职业分类第 4 级：1631 条，其中补建 0 条；公布数 1639。",
        "数字职业 95 条，公布数 97（来源缺 2 条）。",
    )
