"""Statistics: what is counted, what is left out, when it is counted anew."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxin.honours.models import Conferral, Honour
from jiangxin.honours.tests.factories import make_collective, make_conferral, make_honour, make_ladder
from jiangxin.honours.words import HonourKind, Level, Strength
from jiangxin.insights.actions import count_honours
from jiangxin.insights.jobs import count_honours as count_job
from jiangxin.insights.models import Tally, TallyRun
from jiangxin.insights.queries.front import front
from jiangxin.insights.queries.statistics import statistics
from jiangxin.insights.tests.scene import make_industries, make_places, make_region, make_worker
from jiangxin.insights.words import Table
from jiangxin.kernel.access import Anonymous, Refused, SystemActor
from jiangxin.orgs.models import Employer
from jiangxin.people.tests.factories import PersonFactory, invented_name

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def rows(table: Table, level: Level | None = None) -> list[tuple[str, int | None]]:
    """Labels and sums of one table."""
    return [(line.label, line.total) for line in statistics(level).tables[table].lines]


def furnish() -> Honour:
    """Three levels, two years, one honour without region."""
    city, province, _nation = make_ladder(Strength.GENERALLY)
    places, industries = make_places(), make_industries()
    employer = Employer.objects.create(name="临江机床厂", industry=industries["division"])
    first = make_worker("林小满", city, 2024, region=places["district"], sex="female")
    make_conferral(first.person, province, 2025, region=places["city"], employer=employer)
    make_worker("赵铁生", city, 2024, sex="male")
    team = make_honour("team", "全国先锋班组", level=Level.NATIONAL, kind=HonourKind.COLLECTIVE, rank=12)
    make_conferral(make_collective(), team, 2025)
    return city


def test_honours_are_counted_by_year_region_industry_and_level() -> None:
    furnish()
    found = statistics()

    assert rows(Table.YEAR) == [("2025年", 2), ("2024年", 2)]
    assert rows(Table.REGION) == [("江州省", 2), ("未注明", 2)]
    assert rows(Table.INDUSTRY) == [("制造业", 1), ("未注明", 3)]
    assert found.by_level == [(Level.NATIONAL, 1), (Level.PROVINCE, 1), (Level.CITY, 2)]
    assert (found.total, found.tables[Table.YEAR].sums) == (4, [1, 1, 2])


def test_one_level_is_counted_by_itself() -> None:
    furnish()

    assert rows(Table.YEAR, Level.CITY) == [("2024年", 2)]
    assert statistics(Level.CITY).total == 4


def test_revoked_suspended_and_hidden_honours_are_not_counted() -> None:
    city = furnish()
    make_conferral(PersonFactory(name="周敏"), city, 2022)
    suspended = make_worker("何砚秋", city, 2022)
    Conferral.objects.filter(pk=suspended.pk).update(state="suspended")

    assert rows(Table.YEAR) == [("2025年", 2), ("2024年", 2)]


def test_few_people_of_a_sex_are_not_told() -> None:
    furnish()

    assert rows(Table.SEX) == [("女", None), ("男", None)]


def test_many_people_of_a_sex_are_told_once_each() -> None:
    city = make_honour()
    for number in range(6):
        first = make_worker(invented_name(number), city, 2020, sex="female")
        make_conferral(first.person, city, 2024)
        make_worker(invented_name(20 + number), city, 2021, sex="male")

    assert rows(Table.SEX) == [("女", 6), ("男", 6)]


def test_the_sexes_stand_in_a_row_for_each_level(client: Client) -> None:
    furnish()
    page = client.get("/statistics/").content.decode()
    found = re.findall(r"<tr>(.*?)</tr>", page[page.index('id="sex"') :], re.DOTALL)
    cells = [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]

    assert cells == [
        ["级别", "女", "男", "合计"],
        ["国家级", "0", "0", "0"],
        ["省级", "—", "0", "—"],
        ["市级", "—", "—", "—"],
        ["合计", "—", "—", "—"],
    ]


def test_kept_counts_are_those_counted_on_the_spot() -> None:
    furnish()
    before = {table: rows(table) for table in Table}
    count_honours(by=SYSTEM)

    assert TallyRun.objects.count() == 1
    assert {table: rows(table) for table in Table} == before


def test_the_job_counts_only_when_something_changed() -> None:
    city = furnish()
    answers = [count_job.call(), count_job.call()]
    make_worker("何砚秋", city, 2023)
    answers.append(count_job.call())

    assert answers == [True, False, True]
    assert front().by_year == [("2023", 1), ("2024", 2), ("2025", 2)]


def test_a_stranger_cannot_have_it_counted() -> None:
    with pytest.raises(Refused):
        count_honours(by=Anonymous())

    assert Tally.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_whatever_it_shows(client: Client, count: int) -> None:
    city, places = make_honour(), make_places()
    for number in range(count):
        make_worker(invented_name(number), city, 2020 + number, region=places["district"])
    count_honours(by=SYSTEM)
    with CaptureQueriesContext(connection) as queries:
        client.get("/statistics/")

    assert len(queries) == 5


def test_each_table_is_a_file(client: Client) -> None:
    furnish()
    content = b"".join(client.get("/statistics/year.csv")).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content)))[1:] == [
        ["年份", "国家级", "省级", "市级", "合计"],
        ["2025年", "1", "1", "0", "2"],
        ["2024年", "0", "0", "2", "2"],
        ["合计", "1", "1", "2", "4"],
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/statistics/?level=x",
        "/statistics/?region=9",
        "/statistics/?industry=34",
        "/statistics/nothing.csv",
        "/statistics/sex.svg",
        "/statistics/year.csv?level=x",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_bars_lead_to_their_parts_and_at_the_end_to_the_register(client: Client) -> None:
    furnish()
    page = client.get("/statistics/").content.decode()
    city = client.get("/statistics/?region=9901&industry=C").content.decode()

    assert 'href="/statistics/?region=99#region"' in page
    assert 'href="/statistics/?industry=C#industry"' in page
    assert 'href="/register/?region=990102"' in city
    assert 'href="/register/?industry=34"' in city


@pytest.mark.parametrize("kept", [False, True])
def test_a_region_opens_into_its_parts_and_what_is_in_none(kept: bool) -> None:
    furnish()
    if kept:
        count_honours(by=SYSTEM)
    city = statistics(within={Table.REGION: "99/9901"}).tables[Table.REGION]
    province = statistics(within={Table.REGION: "99"}).tables[Table.REGION]

    assert [(line.label, line.total) for line in province.lines] == [("临江市", 2)]
    assert [(line.label, line.total) for line in city.lines] == [("滨江区", 1), ("未注明", 1)]
    assert city.above == [("99", "江州省"), ("9901", "临江市")]


def test_a_municipality_opens_into_its_districts() -> None:
    honour = make_honour()
    whole = make_region("980000", "河口市", "province")
    make_worker("林小满", honour, region=make_region("980101", "河东区", "county", whole))

    opened = statistics(within={Table.REGION: "98"}).tables[Table.REGION]
    assert [(line.key, line.label, line.total) for line in opened.lines] == [("980101", "河东区", 1)]


def test_a_section_opens_into_its_divisions() -> None:
    furnish()
    opened = statistics(within={Table.INDUSTRY: "C"}).tables[Table.INDUSTRY]

    assert [(line.key, line.label, line.total) for line in opened.lines] == [("34", "通用设备制造业", 1)]


def test_an_opened_region_tells_the_way_back(client: Client) -> None:
    furnish()
    page = client.get("/statistics/?level=city&region=9901").content.decode()

    assert 'href="/statistics/?level=city#region">全国</a>' in page
    assert 'href="/statistics/?level=city&amp;region=99#region">江州省</a>' in page
    assert "在名录中查看临江市" in page


def test_the_levels_are_a_file_too(client: Client) -> None:
    furnish()
    content = b"".join(client.get("/statistics/level.csv")).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content)))[1:] == [
        ["级别", "荣誉"],
        ["国家级", "1"],
        ["省级", "1"],
        ["市级", "2"],
        ["合计", "4"],
    ]


@pytest.mark.parametrize(("name", "bars"), [("year", 2), ("level", 3), ("region", 1), ("industry", 1)])
def test_each_chart_is_a_picture(client: Client, name: str, bars: int) -> None:
    furnish()
    answer = client.get(f"/statistics/{name}.svg")
    drawn = ElementTree.fromstring(answer.content)  # noqa: S314 - our own drawing
    filled = [
        each for each in drawn.iter("{http://www.w3.org/2000/svg}rect") if each.get("fill") == "#1f4e79"
    ]

    assert (answer["Content-Type"], len(filled)) == ("image/svg+xml", bars)


def test_a_picture_says_what_it_is_a_part_of(client: Client) -> None:
    furnish()
    drawn = client.get("/statistics/region.svg?region=99&level=city").content.decode()

    assert "各地荣誉 · 江州省 · 市级（人次）" in drawn


def test_nothing_to_count_is_said(client: Client) -> None:
    assert "还没有可以统计的荣誉" in client.get("/statistics/").content.decode()


def test_the_levels_are_drawn_over_the_years(client: Client) -> None:
    furnish()
    drawn = client.get("/statistics/").content.decode()
    narrowed = client.get("/statistics/", {"level": "city"}).content.decode()
    table = statistics().tables[Table.YEAR]
    latest = next(line.counts for line in table.known)

    named = re.findall(r'class="line-name line-\d"[^>]*>([^<]+)<', drawn)
    assert named == [f"{level.label} {count}" for level, count in zip(table.levels, latest, strict=True)]
    assert narrowed.count("line-name") == 0
