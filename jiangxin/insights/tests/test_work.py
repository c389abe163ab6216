"""The officer's first page: what waits, what was done, who may see it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.insights.queries.work import done_lately
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import record_action
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import propose_link, rename_person
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def waiting(page: str) -> list[tuple[str, str, str]]:
    """Address, count and title of each to-do."""
    return re.findall(
        r'<li><a href="([^"]+)"><span class="todo-count">(\d+)</span><span class="todo-title">([^<]+)', page
    )


def test_todos_are_counted_links_within_the_officers_reach() -> None:
    tree = make_tree()
    officer = make_officer("city_officer", tree["city"], "xu")
    first, second = (PersonFactory(name="林小满", org=tree["branch"]) for _each in range(2))
    propose_link(first, second=second, score=80, evidence=[], by=SYSTEM)
    page = browser(officer).get("/work/").content.decode()

    assert waiting(page) == [("/work/links/", "1", "同一人线索待认定")]


def test_an_officer_elsewhere_has_a_calm_page() -> None:
    tree = make_tree()
    outsider = make_officer("grassroots_officer", tree["other_city"], "ding")
    first, second = (PersonFactory(name="林小满", org=tree["branch"]) for _each in range(2))
    propose_link(first, second=second, score=80, evidence=[], by=SYSTEM)
    page = browser(outsider).get("/work/").content.decode()

    assert (waiting(page), "没有等您办理的事" in page) == ([], True)


def test_own_deeds_are_listed_the_latest_first() -> None:
    tree = make_tree()
    officer = make_officer("city_officer", tree["city"], "xu")
    person = PersonFactory(name="林小满", org=tree["branch"])
    rename_person(person, name="林晓满", by=officer)
    page = browser(officer).get("/work/").content.decode()

    assert re.findall(
        r'<th scope="row" data-label="事项">([^<]+)</th><td data-label="对象">([^<]*)</td>', page
    ) == [("更正职工档案", "林晓满")]


def test_the_steps_of_one_deed_are_told_once() -> None:
    officer = make_officer("city_officer", make_tree()["city"], "xu")
    first, second = PersonFactory(name="林小满"), PersonFactory(name="周敏")
    for person in (first, first, second, first):
        record_action("people.correct_person", person, by=officer)

    assert [deed.about for deed in done_lately(officer)] == ["林小满", "周敏", "林小满"]


def test_workers_and_strangers_have_no_workbench(client: Client) -> None:
    worker = make_user("lin")

    assert client.get("/work/").status_code == 302
    assert browser(worker).get("/work/").status_code == 404
    assert "工作台" not in browser(worker).get("/").content.decode()


def test_an_officer_keeps_the_conditions_of_a_list_and_forgets_them() -> None:
    tree = make_tree()
    desk = browser(make_officer("city_officer", tree["city"], "xu"))
    page = desk.get("/work/people/?state=active").content.decode()
    kept = desk.post("/filters/keep/", {"path": "/work/people/", "query": "state=active", "name": "在岗"})
    after = desk.get("/work/people/").content.decode()
    forget = re.findall(r'action="(/filters/\w+/forget/)"', after)
    desk.post(forget[0])

    assert (page.count("保存这组条件"), kept["Location"]) == (1, "/work/people/?state=active")
    assert '<a href="/work/people/?state=active">在岗</a>' in after
    assert desk.get("/work/people/").content.decode().count("/forget/") == 0


def test_kept_conditions_are_for_who_is_signed_in(client: Client) -> None:
    said = {"path": "/work/people/", "query": "state=active", "name": "在岗"}

    assert client.post("/filters/keep/", said)["Location"].startswith("/account/login/")
    assert client.post("/filters/nothing/forget/").status_code == 302
    assert browser(make_user("ding")).post("/filters/nothing/forget/").status_code == 404


def test_conditions_without_a_name_are_refused_in_words() -> None:
    desk = browser(make_user("ding"))
    answer = desk.post("/filters/keep/", {"path": "/register/", "query": "q=1", "name": ""}, follow=True)

    assert answer.redirect_chain == [("/register/?q=1", 302)]
    assert "请给这组条件起一个 30 字以内的名称。" in answer.content.decode()
