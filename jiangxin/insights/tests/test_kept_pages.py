"""Pages kept for all visitors: nobody gets what is another's, and nobody gets what is old."""

from __future__ import annotations

import re

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from jiangxin.accounts.tests.factories import make_user
from jiangxin.honours.models import Honour
from jiangxin.honours.tests.factories import make_honour
from jiangxin.insights.tests.scene import index, make_worker
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.search import mark
from jiangxin.people.actions import rename_person
from jiangxin.people.queries.search import KIND

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def honour() -> Honour:
    honour = make_honour()
    make_worker("林小满", honour)
    index()
    return honour


def page(client: Client, address: str = "/register/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_second_visitor_gets_the_same_page_for_two_questions(honour):
    first = page(Client())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        second = page(Client())
    assert len(asked) == 2  # how far the log and the index have come
    assert TOKEN.sub("", first) == TOKEN.sub("", second)


def test_each_visitor_has_a_form_token_that_works(honour):
    for _visitor in range(2):
        client = Client(enforce_csrf_checks=True)
        tokens = set(TOKEN.findall(page(client)))
        assert len(tokens) == 1
        sent = {"elder": "on", "next": "/register/", "csrfmiddlewaretoken": tokens.pop()}
        assert client.post("/modes/", sent).status_code == 302
        assert 'data-elder="on"' in page(client)


def test_a_token_of_another_visitor_does_not_work(honour):
    token = TOKEN.findall(page(Client()))[0]
    client = Client(enforce_csrf_checks=True)
    page(client)
    assert client.post("/modes/", {"elder": "on", "csrfmiddlewaretoken": token}).status_code == 403


def test_the_page_of_who_is_signed_in_is_kept_for_nobody(honour):
    client = Client()
    user = make_user()
    client.force_login(user)
    assert user.actor_label in page(client)
    assert user.actor_label not in page(Client())
    assert user.actor_label in page(client)


def test_languages_and_display_modes_are_kept_apart(honour):
    assert 'lang="zh-Hans"' in page(Client())
    assert '<html lang="en"' in page(Client(headers={"accept-language": "en"}))
    dark = Client()
    dark.cookies["jx_theme"] = "dark"
    assert 'data-theme="dark"' in page(dark)
    assert 'data-theme="auto"' in page(Client())


def test_a_change_shows_at_once(honour):
    assert "林小满" in page(Client())
    person = honour.conferrals.get().person
    rename_person(person, name="林大满", by=SystemActor("test"))
    mark(KIND, [person.pk])
    index()
    assert "林大满" in page(Client())


def test_words_that_look_like_the_place_of_a_token_stay_words(honour):
    for _visit in range(2):
        text = page(Client(), "/register/?q=%3Ccsrf%3E")
        assert "&lt;csrf&gt;" in text
        assert "<csrf>" not in text


def test_without_room_in_the_cache_the_page_is_made_anew(honour):
    page(Client())
    cache.clear()
    assert "林小满" in page(Client())


def test_who_has_a_message_waiting_sees_it(honour):
    page(Client())
    request = RequestFactory().get("/register/")
    answer = HttpResponse()
    storage = CookieStorage(request)
    storage.add(messages.INFO, "您已退出")
    storage.update(answer)
    told = Client()
    told.cookies["messages"] = answer.cookies["messages"].value
    assert "您已退出" in page(told)
    assert "您已退出" not in page(Client())
