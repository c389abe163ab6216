"""Giving, delegating, ending and handing over on the workbench's pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils import timezone

from jiangxin.accounts.models import AdminHandover, Grant
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import PASSWORD, make_grant, make_officer, make_user
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_grants_takes_a_fixed_number_of_queries(
    tree: dict[str, Org], count: int, django_assert_num_queries: object
) -> None:
    client = browser(make_officer("city_officer", tree["city"]))
    for _number in range(count):
        make_grant(make_user(), "editor", tree["county"], second_factor=False)
    client.get("/work/grants/")

    with django_assert_num_queries(10):  # type: ignore[operator]
        page = client.get("/work/grants/")

    assert page.content.decode().count("/end/") == count + 1


def test_what_changes_rights_asks_for_the_password_again(tree: dict[str, Org]) -> None:
    officer = make_officer("city_officer", tree["city"])
    officer.set_password(PASSWORD)
    officer.save()
    grant = make_grant(make_user(), "editor", tree["county"])
    client = browser(officer, proved=False)

    answers = [
        client.get(page).headers["Location"].partition("?")[0]
        for page in (
            "/work/grants/give/",
            f"/work/grants/{grant.uid}/end/",
            f"/work/grants/{officer.grants.get().uid}/delegate/",
        )
    ]

    assert answers == ["/account/reauthenticate/"] * 3


def test_a_role_is_given_on_the_page(tree: dict[str, Org]) -> None:
    client, new = browser(make_officer("city_officer", tree["city"])), make_user("new")
    form = {"user": "NEW", "org": "东城县总工会", "role": "county_officer", "valid_until": ""}

    wrong = client.post(
        "/work/grants/give/", {**form, "user": "nobody", "org": "望海市总工会"}
    ).content.decode()
    done = client.post("/work/grants/give/", form)

    assert ("没有这个登录名" in wrong, "您管理的范围里没有这个单位" in wrong) == (True, True)
    assert (done.status_code, new.grants.get().org) == (302, tree["county"])


def test_a_refusal_stands_beside_its_field(tree: dict[str, Org]) -> None:
    officer = make_officer("city_officer", tree["city"], "xu")
    form = {"user": "xu", "org": tree["county"].uid, "role": "county_officer"}

    page = browser(officer).post("/work/grants/give/", form).content.decode()

    assert "不能给自己授权。" in page
    assert Grant.objects.count() == 1


def test_a_role_is_delegated_and_ended_on_the_page(tree: dict[str, Org]) -> None:
    officer = make_officer("team_leader", tree["branch"])
    client, deputy, grant = browser(officer), make_user("deputy"), officer.grants.get()
    until = timezone.localdate().isoformat()

    client.post(f"/work/grants/{grant.uid}/delegate/", {"to": "deputy", "valid_until": until})
    delegated = deputy.grants.get().delegated_from
    done = client.post(f"/work/grants/{grant.uid}/end/", {"note": "退休"})

    assert (delegated, done.headers["Location"]) == (grant, "/account/")
    assert Grant.objects.in_force().count() == 0


def test_grants_of_another_city_do_not_exist(tree: dict[str, Org]) -> None:
    client = browser(make_officer("city_officer", tree["other_city"]))
    grant = make_grant(make_user(), "editor", tree["county"])

    pages = [
        client.get(f"/work/grants/{grant.uid}/{verb}/").status_code
        for verb in ("end", "delegate", "hand-over")
    ]

    assert pages == [404, 404, 404]


def test_an_office_is_handed_over_on_the_page(tree: dict[str, Org]) -> None:
    witness, leaving = make_officer("security_admin", tree["national"]), make_user("leaving")
    make_officer("system_admin", tree["national"], "next")
    grant = make_grant(leaving, "system_admin", tree["national"])
    client, form = browser(witness), {"user": "leaving", "org": tree["national"].uid, "role": "audit_admin"}

    without = client.post("/work/grants/give/", form).content.decode()
    client.post(f"/work/grants/{grant.uid}/hand-over/", {"successor": "next", "reason": "轮岗"})
    handover = AdminHandover.objects.get()
    done = client.post("/work/grants/give/", {**form, "handover": handover.uid})

    assert ("不能与" in without, done.status_code) == (True, 302)
    assert sorted(leaving.grants.filter(ended_at=None).values_list("role", flat=True)) == ["audit_admin"]


def test_the_page_of_an_account_leads_to_the_form_with_name_and_place_filled_in(tree: dict[str, Org]) -> None:
    client = browser(make_officer("city_officer", tree["city"]))
    account = make_user("new", org=tree["county"])

    page = client.get(f"/work/users/{account.uid}/").content.decode()
    found = re.search(r'href="(/work/grants/give/[^"]+)"', page)
    assert found is not None
    form = client.get(unescape(found[1])).content.decode()

    assert ('value="new"' in form, f'value="{tree["county"].name}"' in form) == (True, True)


def test_an_organisation_is_found_by_its_own_number(tree: dict[str, Org]) -> None:
    Org.objects.filter(pk=tree["county"].pk).update(code="DC-01")
    client, new = browser(make_officer("city_officer", tree["city"])), make_user("new")

    client.post("/work/grants/give/", {"user": "new", "org": " DC-01 ", "role": "county_officer"})

    assert new.grants.get().org == tree["county"]
