"""Collectives in the public register: a tab of their own, with counts and facets, and a list to take along."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangxin.honours.actions import revoke_conferral
from jiangxin.honours.models import Collective, Conferral, Honour
from jiangxin.honours.tests.factories import make_collective, make_conferral, make_honour
from jiangxin.honours.words import HonourKind
from jiangxin.insights.tests.scene import index, make_industries, make_places, make_worker
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.kernel.search import mark
from jiangxin.orgs.models import Employer

pytestmark = pytest.mark.django_db
TEAMS = {"kind": "collective"}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    forget_limits()


@pytest.fixture
def pioneer() -> Honour:
    return make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)


def make_team(name: str, honour: Honour, year: int = 2024, **fields: object) -> Conferral:
    """A collective with one honour in force, found by the search."""
    return make_conferral(make_collective(name, **fields), honour, year)


def page_of(client: Client, **query: str) -> str:
    return client.get("/register/", query).content.decode()


def found(client: Client, **query: str) -> list[str]:
    return re.findall(r'class="worker-name"[^>]*><a href="[^"]+">([^<]+)</a>', page_of(client, **query))


def tabs(client: Client, **query: str) -> list[tuple[str, str, bool]]:
    """Label, count and whether it is the present one."""
    nav = re.search(r'<nav class="tabs".*?</nav>', page_of(client, **query), re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", nav[0] if nav else "", re.DOTALL)
    return [
        (
            re.sub(r"<span.*", "", re.search(r"<a[^>]*>(.*)</a>", item, re.DOTALL)[1]),  # type: ignore[index]  # always a link
            (re.search(r'tab-count">(.*?)<', item) or ["", ""])[1],
            'aria-current="page"' in item,
        )
        for item in items
    ]


def test_people_and_collectives_stand_in_tabs_with_their_counts(client: Client, pioneer: Honour) -> None:
    make_worker("林小满", make_honour())
    make_team("宏远重工焊接一班", pioneer)
    make_team("临江机床厂装配班", pioneer)
    index()

    assert tabs(client) == [("职工", "1", True), ("集体", "2", False)]
    assert tabs(client, **TEAMS) == [("职工", "1", False), ("集体", "2", True)]
    assert (found(client), found(client, **TEAMS)) == (["林小满"], ["临江机床厂装配班", "宏远重工焊接一班"])
    assert "2 个集体" in page_of(client, **TEAMS)


@pytest.mark.parametrize("words", ["焊接一班", "宏远", "先锋号"])
def test_a_collective_is_found_by_name_unit_and_honour(client: Client, pioneer: Honour, words: str) -> None:
    make_team("焊接一班", pioneer, unit_text="宏远重工")
    make_team(
        "装配班", make_honour("other", "临江市模范集体", kind=HonourKind.COLLECTIVE), unit_text="临江机床厂"
    )
    index()

    assert found(client, q=words, **TEAMS) == ["焊接一班"]
    assert tabs(client, q=words) == [("职工", "0", True), ("集体", "1", False)]


def test_facets_narrow_by_honour_year_region_and_industry(client: Client, pioneer: Honour) -> None:
    places, industries = make_places(), make_industries()
    employer = Employer.objects.create(name="临江机床厂", industry=industries["division"])
    make_team("焊接一班", pioneer, 2024, region=places["district"], employer=employer)
    make_team("装配班", pioneer, 2020)
    index()

    narrowed = [{"year": "2024"}, {"region": "9901"}, {"industry": "C"}, {"industry": "34"}]
    assert [found(client, **each, **TEAMS) for each in narrowed] == [["焊接一班"]] * 4
    assert len(found(client, honour="pioneer", **TEAMS)) == 2
    assert [each[1] for each in tabs(client, year="2024", **TEAMS)] == ["0", "1"]


def test_the_other_tab_lets_go_of_the_honour_which_only_one_kind_holds(
    client: Client, pioneer: Honour
) -> None:
    make_worker("林小满", make_honour())
    make_team("焊接一班", pioneer)
    index()

    page = page_of(client, honour="city-model", year="2024")

    assert 'href="/register/?year=2024&amp;kind=collective"' in page
    assert [each[1] for each in tabs(client, honour="city-model", year="2024")] == ["1", "1"]


def test_links_of_the_tab_stay_in_it(client: Client, pioneer: Honour) -> None:
    for number in range(21):
        make_team(f"第{number}班", pioneer)
    index()

    page = page_of(client, q="班", **TEAMS)
    older = re.search(r'href="(/register/\?[^"]*after=[^"]*)"', page)

    assert older is not None
    assert "kind=collective" in older[1]
    assert '<input type="hidden" name="kind" value="collective">' in page
    assert len(found(client, **TEAMS)) == 20
    assert client.get(older[1].replace("&amp;", "&")).content.decode().count('class="worker"') == 1


def test_what_lost_its_honour_is_not_shown_even_before_the_index_knows(
    client: Client, pioneer: Honour
) -> None:
    conferral = make_team("焊接一班", pioneer)
    index()
    assert found(client, **TEAMS) == ["焊接一班"]

    revoke_conferral(
        conferral, grounds="safety", reason="发生重大责任事故，造成严重后果。", by=SystemActor("test")
    )

    assert found(client, **TEAMS) == []
    index()
    assert "还没有" not in page_of(client, q="焊接", **TEAMS)
    assert "没有找到符合条件的集体" in page_of(client, q="焊接", **TEAMS)


def test_a_name_order_that_collectives_do_not_have_is_not_offered(client: Client, pioneer: Honour) -> None:
    make_team("焊接一班", pioneer)
    index()

    page = page_of(client, order="name", **TEAMS)

    assert ("姓名拼音" in page, found(client, order="name", **TEAMS)) == (False, ["焊接一班"])


def test_the_list_of_collectives_can_be_taken_along(client: Client, pioneer: Honour) -> None:
    places = make_places()
    conferral = make_team("焊接一班", pioneer, unit_text="宏远重工", region=places["district"])
    index()

    answer = client.get("/register/export.csv", TEAMS)
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # streamed

    assert rows[1] == ["集体名称", "单位", "地区", "主要荣誉", "网址"]
    assert rows[2] == [
        "焊接一班", "宏远重工", "滨江区", "临江市工人先锋号（2024）",
        f"{settings.PUBLIC_URL}/collectives/{conferral.holder.uid}/",
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_list(client: Client, pioneer: Honour) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(client, **TEAMS)
        return len(queries)

    make_team("第一班", pioneer)
    index()
    page_of(client)
    one = asked()
    for number in range(2, 4):
        make_team(f"第{number}班", pioneer)
    mark("collective", list(Collective.objects.values_list("pk", flat=True)))
    index()

    assert asked() == one


def test_the_page_speaks_english_too(client: Client, pioneer: Honour) -> None:
    make_team("焊接一班", pioneer)
    index()
    client.cookies["django_language"] = "en"

    page = page_of(client, **TEAMS)

    assert ("Collectives" in page, "1 collective" in page) == (True, True)
