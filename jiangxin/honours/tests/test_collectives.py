"""Collectives: found by name, shown with their honours and sources, gone with their last honour."""

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.honours import jobs
from jiangxin.honours.actions import lift_suspension, revoke_conferral, suspend_conferral
from jiangxin.honours.models import Collective, Conferral
from jiangxin.honours.queries.collectives import KIND, all_ids
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.kernel.search import Query, drain, engine, pending
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_region
from jiangxin.people.tests.factories import SourceFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


@pytest.fixture
def held(tree: dict[str, Org]) -> Conferral:
    region = make_region("330100", "杭州市")
    team = make_collective(
        name="宏远重工焊接一班", unit_text="宏远重工有限公司", region=region, org=tree["branch"],
        opath=tree["branch"].path,
    )  # fmt: skip
    pioneer = make_honour("pioneer", "临江市工人先锋号", kind="collective")
    return make_conferral(team, pioneer, 2021, source=SourceFactory())


def team_of(held: Conferral) -> Collective:
    assert held.collective is not None
    return held.collective


def found(text: str, **more: object) -> list[int]:
    while drain():
        continue
    return engine().search(Query(KIND, text=text, public_only=True, **more)).ids


@pytest.mark.parametrize("text", ["焊接一班", "一班", "宏远", "先锋号", "焊接 先锋号"])
def test_a_piece_of_name_unit_or_honour_finds_it(held: Conferral, text: str) -> None:
    assert found(text) == [team_of(held).pk]


def test_facets_narrow_as_they_do_for_workers(held: Conferral, tree: dict[str, Org]) -> None:
    team = team_of(held).pk

    assert found("", facets={"y": "2021", "h": "pioneer", "r": "3301"}) == [team]
    assert found("", facets={"y": "2020"}) == []
    assert found("一班", scope_path=tree["city"].path) == [team]
    assert found("一班", scope_path=tree["other_city"].path) == []
    assert list(all_ids()) == [team]


def test_it_goes_with_its_last_honour_and_comes_back_with_a_lifted_suspension(held: Conferral) -> None:
    shown = [found("一班")]
    suspend_conferral(held, reason=REASON, by=SYSTEM)
    shown.append(found("一班"))
    lift_suspension(held, reason=REASON, by=SYSTEM)
    shown.append(found("一班"))
    revoke_conferral(held, grounds="safety", reason=REASON, by=SYSTEM)
    shown.append(found("一班"))

    team = team_of(held).pk
    assert shown == [[team], [], [team], []]


def test_a_move_of_its_union_is_told_to_search(held: Conferral, tree: dict[str, Org]) -> None:
    found("一班")

    jobs.follow_moved_org.call(old_path=tree["county"].path, new_path=f"{tree['other_city'].path}0009")

    assert pending(KIND) == 1
    assert found("一班", scope_path=tree["other_city"].path) == [team_of(held).pk]


def test_its_page_shows_each_honour_with_its_source(client: Client, held: Conferral) -> None:
    url = reverse("honours:collective", args=[team_of(held).uid])
    listed = client.get(reverse("honours:honour", args=["pioneer"])).content.decode()

    page = client.get(url).content.decode()

    assert held.source is not None
    wanted = (
        "宏远重工焊接一班",
        "宏远重工有限公司",
        "杭州市",
        "临江市工人先锋号",
        "2021年",
        held.source.title,
    )
    assert [each for each in wanted if each not in page] == []
    assert url in listed


def test_without_an_honour_in_force_the_page_does_not_exist(client: Client, held: Conferral) -> None:
    revoke_conferral(held, grounds="safety", reason=REASON, by=SYSTEM)
    urls = [reverse("honours:collective", args=[uid]) for uid in (team_of(held).uid, "none")]

    assert [client.get(url).status_code for url in urls] == [404, 404]
