"""The API: public facts of regions, organisations, industries and occupations."""

import pytest

from jiangxin.kernel.search import drain
from jiangxin.orgs import actions
from jiangxin.orgs.models import Occupation
from jiangxin.orgs.tests.factories import make_industry, make_org, make_region

pytestmark = pytest.mark.django_db
API = "/api/v1"


def names(answer):
    return [item["name"] for item in answer.json()["items"]]


def test_regions_are_listed_level_by_level(client):
    province = make_region("330000", "浙江省")
    make_region("330100", "杭州市", parent=province)

    assert names(client.get(f"{API}/regions")) == ["浙江省"]
    assert names(client.get(f"{API}/regions?parent=330000")) == ["杭州市"]
    assert client.get(f"{API}/regions?parent=33").status_code == 422


def test_a_region_is_answered_for_a_day(client):
    make_region("230121", "呼兰县", valid_to="2004-03-01")

    then = client.get(f"{API}/regions/230121?on=1998-06-30").json()
    now = client.get(f"{API}/regions/230121").json()

    assert (then["region"]["name"], then["note"], then["table_version"]) == ("呼兰县", "", "2026-09")
    assert now["note"].startswith("230121 呼兰县 已于 2004 年停用")
    assert client.get(f"{API}/regions/999999").status_code == 404


def test_organisations_are_paged_in_the_order_of_the_tree(client, tree):
    first = client.get(f"{API}/organisations?limit=3").json()
    rest = client.get(f"{API}/organisations?limit=50&after={first['next']}").json()

    assert [item["name"] for item in first["items"]] == ["中华全国总工会", "江州省总工会", "临江市总工会"]
    assert (len(rest["items"]), rest["next"]) == (4, None)
    assert client.get(f"{API}/organisations?after={'0' * 26}").status_code == 404


def test_organisations_are_narrowed_and_found_by_words(client, tree):
    drain()
    make_org("没有索引的工会", parent=tree["county"])
    from jiangxin.kernel.search import mark_all

    mark_all("org")
    drain()

    assert names(client.get(f"{API}/organisations?under={tree['county'].uid}&kind=branch")) == ["焊接分会"]
    assert names(client.get(f"{API}/organisations?text=宏远")) == ["宏远重工工会"]
    assert client.get(f"{API}/organisations?kind=club").status_code == 422
    assert client.get(f"{API}/organisations?under={chr(48) * 26}").status_code == 404


def test_an_organisation_is_shown_with_its_line_and_former_names(client, tree, system):
    actions.rename_org(tree["branch"], name="焊接一分会", by=system)

    answer = client.get(f"{API}/organisations/{tree['branch'].uid}").json()

    assert answer["name"] == "焊接一分会"
    assert answer["former_names"] == ["焊接分会"]
    assert answer["ancestors"][0]["name"] == "中华全国总工会"
    assert answer["parent"]["uid"] == tree["enterprise"].uid
    assert client.get(f"{API}/organisations/{'0' * 26}").status_code == 404
    assert client.get(f"{API}/organisations/nonsense").status_code == 422


def test_a_closed_organisation_is_not_public(client, tree, system):
    actions.close_org(tree["branch"], by=system)

    assert client.get(f"{API}/organisations/{tree['branch'].uid}").status_code == 404


def test_industries_and_occupations_are_listed(client):
    section = make_industry()
    make_industry("34", "通用设备制造业", "General machinery", parent=section)
    major = Occupation.objects.create(
        code="6-00-00-00", name="生产制造人员", level=1, edition="2022", valid_from="2022-09-27"
    )
    Occupation.objects.create(
        code="6-18-00-00", name="机械制造", level=2, parent=major, edition="2022", valid_from="2022-09-27"
    )

    assert [item["code"] for item in client.get(f"{API}/industries").json()["items"]] == ["C", "34"]
    assert names(client.get(f"{API}/occupations")) == ["生产制造人员"]
    assert names(client.get(f"{API}/occupations?under=6-00-00-00")) == ["机械制造"]
