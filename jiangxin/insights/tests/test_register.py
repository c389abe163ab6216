"""The public register: what it finds, how it narrows, what it never shows, what it costs."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxin.honours.models import Honour
from jiangxin.honours.tests.factories import make_conferral, make_honour
from jiangxin.insights.tests.scene import (
    employ,
    index,
    make_industries,
    make_places,
    make_region,
    make_worker,
)
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.kernel.search import mark
from jiangxin.people.actions import rename_person
from jiangxin.people.queries.search import KIND
from jiangxin.people.tests.factories import PersonFactory, invented_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def honour() -> Honour:
    return make_honour()


def found(client: Client, **query: str) -> list[str]:
    """Names on the page, in order."""
    page = client.get("/register/", query).content.decode()
    return re.findall(r'class="worker-name"[^>]*><a href="[^"]+">([^<]+)</a>', page)


def choices(client: Client, title: str, **query: str) -> list[tuple[str, str]]:
    """Labels and counts of one facet; a chosen value has no count."""
    page = client.get("/register/", query).content.decode()
    group = re.search(rf'facet-title">{title}</h2>(.*?)</section>', page, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", group[1] if group else "", re.DOTALL)
    return [
        (
            re.sub("<[^>]+>", "", re.search(r'facet-label">(.*?)</span>', item, re.DOTALL)[1]).strip(),
            re.sub("<[^>]+>", "", (re.search(r'facet-count">(.*?)</span>', item) or ["", ""])[1]),
        )
        for item in items
    ]


@pytest.mark.parametrize("words", ["林小满", "linxiaoman", "lxm", "小满", "宏远重工", "临江市劳动模范"])
def test_a_worker_is_found_by_name_pinyin_initials_unit_and_honour(
    client: Client, honour: Honour, words: str
) -> None:
    make_worker("林小满", honour)
    make_worker("赵铁生", make_honour("craft", "江州工匠"), unit_text="临江机床厂")
    index()

    assert found(client, q=words) == ["林小满"]


def test_records_that_are_not_public_stay_out(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    make_conferral(PersonFactory(name="周敏"), honour, 2023)
    index()

    assert found(client) == ["林小满"]
    assert found(client, q="周敏") == []


def test_a_record_closed_after_indexing_is_not_shown(client: Client, honour: Honour) -> None:
    person = make_worker("林小满", honour).person
    index()
    type(person).objects.filter(pk=person.pk).update(is_public=False)

    assert found(client) == []


def test_year_and_honour_narrow_and_count(client: Client, honour: Honour) -> None:
    craft = make_honour("craft", "江州工匠")
    make_worker("林小满", honour, 2024)
    make_worker("赵铁生", honour, 2023)
    make_worker("何砚秋", craft, 2023)
    index()

    assert choices(client, "年份") == [("2024年", "1"), ("2023年", "2")]
    assert choices(client, "荣誉") == [("临江市劳动模范", "2"), ("江州工匠", "1")]
    assert sorted(found(client, year="2023")) == ["何砚秋", "赵铁生"]
    assert found(client, year="2023", honour="craft") == ["何砚秋"]


def test_regions_open_step_by_step(client: Client, honour: Honour) -> None:
    places = make_places()
    make_worker("林小满", honour, region=places["district"])
    make_worker("赵铁生", honour, region=places["province"])
    index()

    assert choices(client, "地区") == [("江州省", "2")]
    assert choices(client, "地区", region="99") == [("江州省", ""), ("临江市", "1")]
    assert choices(client, "地区", region="9901") == [("江州省", ""), ("临江市", ""), ("滨江区", "1")]
    assert found(client, region="990102") == ["林小满"]


def test_a_chosen_value_leads_back_out(client: Client, honour: Honour) -> None:
    places = make_places()
    make_worker("林小满", honour, region=places["district"])
    index()
    page = client.get("/register/", {"region": "9901", "year": "2024"}).content.decode()

    out = re.findall(r'<a href="([^"]+)"[^>]*aria-current="true"[^>]*><span class="facet-label">', page)

    assert [address.replace("&amp;", "&") for address in out] == [
        "/register/?region=9901",
        "/register/?year=2024",
        "/register/?year=2024&region=99",
    ]


def test_industry_narrows_by_section_and_division(client: Client, honour: Honour) -> None:
    industries = make_industries()
    conferral = make_worker("林小满", honour)
    make_worker("赵铁生", honour, 2023)
    employ(conferral.person, industries["division"])
    mark(KIND, [conferral.person_id])
    index()

    assert choices(client, "行业") == [("制造业", "1")]
    assert choices(client, "行业", industry="C") == [("制造业", ""), ("通用设备制造业", "1")]
    assert choices(client, "行业", industry="34") == [("制造业", ""), ("通用设备制造业", "")]
    assert found(client, industry="34") == ["林小满"]


def test_districts_of_a_municipality_stand_right_under_it(client: Client, honour: Honour) -> None:
    whole = make_region("980000", "河口市", "province")
    make_worker("林小满", honour, region=make_region("980101", "河东区", "county", whole))
    index()
    page = client.get("/register/", {"region": "980101"}).content.decode()

    assert choices(client, "地区", region="98") == [("河口市", ""), ("河东区", "1")]
    assert choices(client, "地区", region="980101") == [("河口市", ""), ("河东区", "")]
    assert 'href="/register/?region=98"' in page


def test_more_values_are_one_click_away(client: Client, honour: Honour) -> None:
    for year in range(2010, 2020):
        make_worker(invented_name(year), honour, year)
    index()

    assert [label for label, _count in choices(client, "年份")] == [f"{y}年" for y in range(2019, 2011, -1)]
    assert len(choices(client, "年份", more="year")) == 10


def test_people_are_ordered_by_pinyin_on_request(client: Client, honour: Honour) -> None:
    for name in ("赵铁生", "何砚秋", "林小满"):
        make_worker(name, honour)
    index()

    assert found(client, order="name") == ["何砚秋", "林小满", "赵铁生"]
    assert found(client, order="newest") == ["林小满", "何砚秋", "赵铁生"]


def test_pages_follow_one_another_without_gap(client: Client, honour: Honour) -> None:
    for number in range(45):
        make_worker(invented_name(number), honour)
    index()
    address, seen = "/register/", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'class="worker-name"[^>]*><a href="[^"]+">([^<]+)</a>', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""

    assert seen == [invented_name(number) for number in range(44, -1, -1)]


def test_a_place_of_nobodys_making_is_refused_with_a_sentence(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    index()
    answer = client.get("/register/", {"after": "%%%"})

    assert (answer.status_code, "翻页的位置无效" in answer.content.decode()) == (400, True)


def test_what_cannot_be_understood_is_said_and_narrows_nothing(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    index()
    page = client.get("/register/", {"year": "去年", "region": "x"}).content.decode()

    assert "地址里的年份、地区写法无效，没有用来筛选。" in page
    assert found(client, year="去年") == ["林小满"]


@pytest.mark.parametrize("words", ["<script>", "' OR 1=1 --", '"*', "%", "\x00", "😀", "a" * 300])
def test_any_words_are_only_words(client: Client, honour: Honour, words: str) -> None:
    make_worker("林小满", honour)
    index()
    answer = client.get("/register/", {"q": words})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_kept_page_is_renewed_by_any_change(client: Client, honour: Honour) -> None:
    person = make_worker("林小满", honour).person
    index()
    before = found(client)
    rename_person(person, name="林晓满", by=SystemActor("test"))

    assert (before, found(client)) == (["林小满"], ["林晓满"])


def test_a_kept_page_speaks_the_language_of_its_reader(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    index()
    client.get("/register/")
    client.cookies["django_language"] = "en"

    assert "Latest entries" in client.get("/register/").content.decode()


def test_a_kept_page_costs_two_queries(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    index()
    client.get("/register/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/register/")

    assert len(queries) == 2


def test_nothing_found_says_what_to_try(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    index()
    page = client.get("/register/", {"q": "不存在"}).content.decode()

    assert "没有找到符合条件的人" in page


def test_an_empty_register_says_what_it_is_for(client: Client) -> None:
    assert "名录还是空的" in client.get("/register/").content.decode()


def test_waiting_index_is_said(client: Client, honour: Honour) -> None:
    make_worker("林小满", honour)
    index()
    mark(KIND, [1, 2, 3])

    assert "索引正在更新，还差 3 条。" in client.get("/register/").content.decode()


def test_the_file_holds_what_the_page_shows_and_no_formula(client: Client, honour: Honour) -> None:
    forget_limits()
    make_worker("林小满", honour, unit_text='=HYPERLINK("http://x")', post_text="焊工")
    make_worker("赵铁生", honour, 2023)
    index()
    answer = client.get("/register/export.csv", {"year": "2024"})
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))

    assert rows[0][0].startswith("密级：公开")
    assert rows[1] == ["姓名", "单位", "岗位", "地区", "主要荣誉", "网址"]
    assert [row[:5] for row in rows[2:]] == [
        ["林小满", '\'=HYPERLINK("http://x")', "焊工", "", "临江市劳动模范（2024）"]
    ]


def test_files_are_not_taken_in_bulk(client: Client) -> None:
    forget_limits()
    statuses = [client.get("/register/export.csv").status_code for _time in range(7)]

    assert statuses == [200] * 6 + [429]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_queries_whatever_it_shows(client: Client, honour: Honour, count: int) -> None:
    places = make_places()
    for number in range(count):
        conferral = make_worker(invented_name(12 * number), honour, region=places["district"])
        make_conferral(conferral.person, make_honour(f"h{number}", f"荣誉{number}"), 2020)
    index()
    with CaptureQueriesContext(connection) as plain:
        client.get("/register/")
    with CaptureQueriesContext(connection) as searched:
        client.get("/register/", {"q": invented_name(0)[0], "region": "99"})

    looks = 3 if connection.vendor == "postgresql" else 1  # where the newest is, among the newest, among all
    assert (len(plain), len(searched)) == (13, 12 + looks)


def test_lists_are_not_indexed_by_search_engines(client: Client) -> None:
    page = client.get("/register/").content.decode()

    assert '<meta name="robots" content="noindex, follow">' in page
