"""What strangers see of a worker: the public page and the public API."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.search import drain
from jiangxin.people import actions
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
WHY = [{"kind": "name", "weight": 30, "text": "姓名相同：隋见山。", "values": {"name": "隋见山"}}]


def _published(**fields) -> Person:
    person = actions.add_person(name="林小满", source=SourceFactory(), by=SYSTEM, **fields)
    actions.add_to_passport(
        person, kind="people.milestone", title="某市劳动模范", year=2019, source=SourceFactory(), by=SYSTEM
    )
    return person


def _person_url(person: Person) -> str:
    return reverse("people:person", args=[person.uid])


def test_a_stranger_sees_public_facts_with_their_sources(client: Client):
    person = _published(id_number=invented_number(1), phone="13800001234", unit_text="宏远重工有限公司")
    actions.add_to_passport(person, kind="people.milestone", title="未公开的事", year=2020, by=SYSTEM)

    page = client.get(_person_url(person)).content.decode()

    assert ("某市劳动模范" in page, "https://example.org/list/" in page, "宏远重工有限公司" in page) == (
        True,
    ) * 3
    assert ("未公开的事" in page, invented_number(1) in page, "13800001234" in page) == (False,) * 3
    assert "noindex" not in page


@pytest.mark.parametrize("change", [{"is_public": False}, {"limited_at": "2025-01-01T00:00:00Z"}])
def test_a_hidden_page_does_not_exist(client: Client, change):
    person = _published()
    Person.objects.filter(pk=person.pk).update(**change)

    assert client.get(_person_url(person)).status_code == 404


def test_a_linked_record_leads_to_the_main_one(client: Client):
    main, linked = _published(), _published()
    proposal = actions.propose_link(main, second=linked, score=80, evidence=WHY, by=SYSTEM)
    actions.confirm_link(proposal, by=SYSTEM)

    assert client.get(_person_url(linked)).headers["Location"] == _person_url(main)


def test_the_public_page_asks_no_more_questions_for_more_facts(client: Client):
    person = _published()
    asked = []
    for count in (1, 3):
        for year in range(count):
            PassportEntryFactory(person=person, year=2000 + year, source=SourceFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(_person_url(person))
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_public_api_answers_with_public_facts(client: Client):
    person = _published(id_number=invented_number(1))
    drain()

    listed = client.get("/api/v1/people", {"q": "林小满"}).json()
    shown = client.get(f"/api/v1/people/{person.uid}").json()

    assert [item["uid"] for item in listed["items"]] == [person.uid]
    assert [fact["title"] for fact in shown["facts"]] == ["某市劳动模范"]
    assert invented_number(1) not in json.dumps(shown)


def test_the_public_api_does_not_know_hidden_people(client: Client):
    hidden = PersonFactory()

    assert client.get(f"/api/v1/people/{hidden.uid}").status_code == 404
