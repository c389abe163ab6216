"""Erasing a record: what goes, what the law keeps, and what the log and the receipt tell."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.privacy import erase_subject
from jiangxin.kernel.states.models import Step
from jiangxin.people import actions
from jiangxin.people.models import Consent, Dispute, LinkProposal, PassportEntry, Person, RightsRequest
from jiangxin.people.queries.passport import public_timeline
from jiangxin.people.queries.rights import consequences_of_erasing
from jiangxin.people.tests.asking import GRANT, ask, decide, honoured_worker, searched
from jiangxin.people.tests.conftest import make_worker, signed_in
from jiangxin.people.tests.factories import (
    EmploymentFactory,
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def person(tree):
    return honoured_worker(tree)


@pytest.fixture
def worker(person):
    return make_worker(person)


def test_the_page_names_what_goes_and_what_stays_before_anything_is_sent(worker, officer):
    own = signed_in(worker).get(reverse("people:ask_right", args=["erase"])).content.decode()
    asked = ask(worker, "erase")
    work = signed_in(officer).get(reverse("people:work_right", args=[asked.uid])).content.decode()

    for page in (own, work):
        assert ("某市劳动模范（2019）" in page, "身份证号、电话" in page, "账号随即注销" in page) == (
            True,
        ) * 3
    assert "第四十七条第二款" in own


def test_erasing_takes_everything_but_the_archive(worker, officer, person):
    EmploymentFactory(person=person)
    actions.give_consent(person, purpose="contact", by=worker)
    actions.open_dispute(person, kind="wrong", text="年份不对", by=worker)
    actions.propose_link(person, second=PersonFactory(), score=60, evidence=[], by=SYSTEM)

    sent = decide(officer, ask(worker, "erase"), **GRANT)

    person.refresh_from_db()
    worker.refresh_from_db()
    assert (sent.status_code, person.name, person.id_number, person.phone) == (302, "林小满", "", "")
    assert (worker.is_active, worker.person) == (False, None)
    assert (Dispute.objects.count(), LinkProposal.objects.count(), person.employments.count()) == (0, 0, 0)
    assert Consent.objects.standing().count() == 0
    assert (public_timeline(person), searched("林小满")) == ([], [])
    assert Step.objects.exclude(object_type="people.rightsrequest").count() == 0


def test_without_published_facts_the_name_goes_too(officer, tree):
    person = actions.add_person(name="周敏", org=tree["enterprise"], unit_text="宏远重工", by=SYSTEM)
    PassportEntryFactory(person=person, title="带徒十人")

    decide(officer, ask(make_worker(person), "erase"), **GRANT)

    person.refresh_from_db()
    assert (person.name, person.unit_text) == ("已注销", "")


def test_every_linked_record_is_erased(worker, officer, person, tree):
    twin = actions.add_person(name="林小满", org=tree["enterprise"], phone="13900001111", by=SYSTEM)
    actions.confirm_link(
        actions.propose_link(person, second=twin, score=90, evidence=[{"kind": "name"}], by=SYSTEM), by=SYSTEM
    )

    decide(officer, ask(worker, "erase"), **GRANT)

    twin.refresh_from_db()
    assert (twin.phone, twin.name, LinkProposal.objects.get().evidence) == ("", "已注销", [])


def test_a_record_kept_elsewhere_needs_the_union_above_both(worker, officer, person, tree):
    twin = PersonFactory(name="林小满", org=tree["other_city"])
    actions.confirm_link(
        actions.propose_link(person, second=twin, score=90, evidence=[], by=SYSTEM), by=SYSTEM
    )
    asked = ask(worker, "erase")

    sent = decide(officer, asked, **GRANT)

    asked.refresh_from_db()
    assert (sent.status_code, "请由共同的上级工会办理" in sent.content.decode(), asked.state) == (
        400,
        True,
        "open",
    )


def test_the_log_says_that_a_record_was_erased_and_nothing_of_what(worker, officer, person):
    asked = ask(worker, "erase")
    before = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]

    decide(officer, asked, **GRANT)

    told = Event.objects.filter(pk__gt=before, name__startswith="people.")
    erased = told.get(name="people.person_erased")
    assert erased.payload == {"uid": person.uid, "reason": "本人请求删除"}
    words = " ".join(f"{event.payload} {event.reason}" for event in told)
    assert [each in words for each in ("林小满", "13800001234", invented_number(9), "同意办理")] == [
        False
    ] * 4


def test_the_receipt_tells_the_outcome_without_a_name_when_the_account_is_gone(worker, officer):
    asked = ask(worker, "erase")
    decide(officer, asked, **GRANT)

    page = Client().get(reverse("people:receipt", args=[asked.uid]))

    text = page.content.decode()
    assert ("已办理" in text, "护照里的表彰与经历条目" in text, "林小满" in text) == (True, True, False)
    assert ("noindex" in text, "已核对" in text) == (True, False)
    assert Client().get(reverse("people:receipt", args=["0" * 26])).status_code == 404


def test_what_was_kept_is_told_in_the_language_of_the_reader(worker, officer):
    asked = ask(worker, "erase")
    with translation.override("en"):
        actions.grant_right(asked, answer="Checked and agreed.", by=officer)

    asked.refresh_from_db()
    assert "护照里的表彰与经历条目" in [each["what"] for each in asked.kept]


def test_looking_at_the_consequences_changes_nothing(person, worker):
    before = Person.objects.values().get(pk=person.pk)

    outlook = consequences_of_erasing(person)

    assert [record.pk for record in outlook.records] == [person.pk]
    assert Person.objects.values().get(pk=person.pk) == before
    assert (RightsRequest.objects.count(), worker.is_active) == (0, True)


def test_entries_nobody_published_lose_their_words_and_those_of_the_archive_do_not(officer, person):
    corrected = PassportEntryFactory(person=person, title="某县劳动模范", year=2010, source=SourceFactory())
    actions.correct_entry(corrected, title="某县劳模", reason="原件写法", by=SYSTEM)
    told = PassportEntryFactory(person=person, title="林小满带徒十人", detail="在林小满工作室")

    erased = erase_subject(person.uid, by=SYSTEM)["people"]

    told.refresh_from_db()
    kept = PassportEntry.objects.filter(person=person).exclude(pk=told.pk).values_list("title", flat=True)
    assert (told.title, told.detail) == ("已删除", "")
    assert sorted(kept) == ["某县劳动模范", "某县劳模", "某市劳动模范"]
    assert [str(each.what) for each in erased.kept] == ["护照里的表彰与经历条目"]


def test_where_nothing_was_published_nothing_is_kept(tree):
    person = PersonFactory(name="覃月华", org=tree["city"])
    own = PassportEntryFactory(person=person, title="覃月华带徒", source=SourceFactory(kind="self"))
    actions.retract_entry(own, reason="登记错了人", by=SYSTEM)

    erased = erase_subject(person.uid, by=SYSTEM)["people"]

    person.refresh_from_db()
    assert set(person.entries.values_list("title", "detail")) == {("已删除", "")}
    assert (person.name, erased.kept) == ("已注销", ())
