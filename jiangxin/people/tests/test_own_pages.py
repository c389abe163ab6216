"""A worker's own pages: passport, consents, who looked, the copy of everything; without JavaScript."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.kernel.ui.navigation import Navigation
from jiangxin.people import actions
from jiangxin.people.models import Dispute, PassportEntry, Person
from jiangxin.people.tests.conftest import make_worker, signed_in
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(tree):
    person = PersonFactory(name="林小满", org=tree["enterprise"])
    return make_worker(person)


@pytest.mark.parametrize("name", ["passport", "consents", "looks"])
def test_own_pages_ask_a_stranger_to_sign_in(client: Client, name):
    response = client.get(reverse(f"people:{name}"))

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )


def test_an_account_without_record_is_told_what_to_do(db):
    page = signed_in(make_worker(None)).get(reverse("people:passport"))

    assert "还没有关联职工档案" in page.content.decode()


def test_the_tabs_of_a_worker_are_for_who_has_a_record(worker):
    without, own = Navigation("/me/", make_worker(None)), Navigation("/me/", worker)

    assert (without.worker, len(own.worker), own.worker[0].url) == ([], 5, reverse("people:passport"))


@pytest.mark.parametrize("name", ["consents", "looks"])
def test_other_own_pages_lead_an_account_without_record_there(db, name):
    response = signed_in(make_worker(None)).get(reverse(f"people:{name}"))

    assert (response.status_code, response.headers["Location"]) == (302, reverse("people:passport"))


def test_a_worker_reads_the_own_passport(worker):
    PassportEntryFactory(person=worker.person, title="带徒十人")

    page = signed_in(worker).get(reverse("people:passport")).content.decode()

    assert ("带徒十人" in page, "页面不公开" in page) == (True, True)


def test_a_worker_hides_and_shows_an_entry(worker):
    entry = PassportEntryFactory(person=worker.person)
    client, url = signed_in(worker), reverse("people:entry", args=[entry.uid])

    for intent, shown in (("hide", False), ("show", True)):
        assert client.post(url, {"intent": intent}).status_code == 302
        entry = PassportEntry.objects.get(pk=entry.pk)
        assert entry.visibility.is_public is shown


def test_a_worker_asks_and_takes_back(worker):
    entry = PassportEntryFactory(person=worker.person)
    client, url = signed_in(worker), reverse("people:entry", args=[entry.uid])

    client.post(url, {"intent": "dispute", "kind": "wrong", "text": "年份应为 2019"})
    opened = list(Dispute.objects.values_list("state", flat=True))
    client.post(url, {"intent": "withdraw"})

    assert (opened, list(Dispute.objects.values_list("state", flat=True))) == (["open"], ["closed"])


def test_an_empty_request_is_answered_with_a_sentence(worker):
    entry = PassportEntryFactory(person=worker.person)

    response = signed_in(worker).post(
        reverse("people:entry", args=[entry.uid]), {"intent": "dispute", "kind": "wrong", "text": "错"}
    )

    assert (response.status_code, "请简单写明理由。" in response.content.decode()) == (400, True)
    assert Dispute.objects.count() == 0


def test_somebody_elses_entry_does_not_exist_for_a_worker(worker):
    theirs = PassportEntryFactory()

    assert signed_in(worker).get(reverse("people:entry", args=[theirs.uid])).status_code == 404


def test_consent_is_given_and_withdrawn_with_one_button_each(worker):
    client, url = signed_in(worker), reverse("people:consents")

    client.post(url, {"purpose": "profile", "intent": "give"})
    given = Person.objects.get(pk=worker.person_id).is_public
    client.post(url, {"purpose": "profile", "intent": "withdraw"})

    assert (given, Person.objects.get(pk=worker.person_id).is_public) == (True, False)
    assert client.get(url).status_code == 200


def test_a_worker_sees_who_looked(worker, officer):
    actions.reveal(worker.person, field="phone", reason="通知领奖", by=officer)

    page = signed_in(worker).get(reverse("people:looks")).content.decode()

    assert ("许青禾" in page, "通知领奖" in page) == (True, True)


def test_a_worker_downloads_everything(worker):
    PassportEntryFactory(person=worker.person, title="带徒十人")

    response = signed_in(worker).post(reverse("people:my_export"))

    content = json.loads(response.content)
    assert (content["person"]["name"], [each["title"] for each in content["entries"]]) == (
        "林小满",
        ["带徒十人"],
    )
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["work_people", "work_links", "work_disputes", "work_add"])
def test_the_workbench_does_not_exist_for_a_worker(worker, name):
    assert signed_in(worker).get(reverse(f"people:{name}")).status_code == 404
