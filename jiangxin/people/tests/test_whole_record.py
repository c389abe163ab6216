"""Requests about a whole record: the worker asks, somebody else decides, what the law keeps is named, the receipt tells."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.kernel.search import Query, drain, engine
from jiangxin.kernel.states.models import Step
from jiangxin.people import actions
from jiangxin.people.models import Consent, Dispute, LinkProposal, Person, RightsRequest
from jiangxin.people.queries.passport import public_timeline
from jiangxin.people.queries.record import passport_record
from jiangxin.people.queries.rights import consequences_of_erasing, count_waiting
from jiangxin.people.tests.conftest import make_officer, make_worker, signed_in
from jiangxin.people.tests.factories import (
    EmploymentFactory,
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
GRANT = {"decision": "grant", "checked": "on", "answer": "已核对，同意办理。"}


@pytest.fixture
def person(tree):
    made = actions.add_person(
        name="林小满", org=tree["enterprise"], id_number=invented_number(9), phone="13800001234", by=SYSTEM
    )
    PassportEntryFactory(person=made, title="某市劳动模范", year=2019, source=SourceFactory())
    return made


@pytest.fixture
def worker(person):
    return make_worker(person)


@pytest.fixture
def officer(tree):
    return make_officer("city_officer", tree["city"], display_name="许青禾")


def _refused(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def _asked(worker, kind: str) -> RightsRequest:
    sent = signed_in(worker).post(reverse("people:ask_right", args=[kind]), {"text": ""})
    assert sent.status_code == 302
    return RightsRequest.objects.get(kind=kind)


def _decide(officer, asked: RightsRequest, **data):
    return signed_in(officer).post(reverse("people:work_right", args=[asked.uid]), data)


def _searched(text: str) -> list[int]:
    while drain():
        continue
    return list(engine().search(Query(kind="person", text=text)).ids)


def test_a_worker_asks_an_officer_limits_and_the_worker_sees_it(worker, officer, person):
    asked = _asked(worker, "limit")
    waiting = count_waiting(officer)

    sent = _decide(officer, asked, **GRANT)

    person.refresh_from_db()
    page = signed_in(worker).get(reverse("people:rights")).content.decode()
    assert (waiting, sent.status_code, count_waiting(officer)) == (1, 302, 0)
    assert (person.limited_at is not None, public_timeline(person)) == (True, [])
    assert ("已办理" in page, "已核对，同意办理。" in page, "解除限制" in page) == (True, True, True)


def test_a_limit_is_lifted_the_same_way(worker, officer, person):
    actions.limit_person(person, reason="本人请求", by=SYSTEM)

    _decide(officer, _asked(worker, "lift"), **GRANT)

    person.refresh_from_db()
    assert person.limited_at is None


def test_a_limited_record_leaves_the_index_and_comes_back(worker, person):
    before = _searched("林小满")
    actions.limit_person(person, reason="本人请求", by=SYSTEM)
    limited = _searched("林小满")
    actions.lift_limit(person, by=SYSTEM)

    assert (before, limited, _searched("林小满")) == ([person.pk], [], [person.pk])


def test_the_page_names_what_goes_and_what_stays_before_anything_is_sent(worker, officer):
    own = signed_in(worker).get(reverse("people:ask_right", args=["erase"])).content.decode()
    asked = _asked(worker, "erase")
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

    sent = _decide(officer, _asked(worker, "erase"), **GRANT)

    person.refresh_from_db()
    worker.refresh_from_db()
    assert (sent.status_code, person.name, person.id_number, person.phone) == (302, "林小满", "", "")
    assert (worker.is_active, worker.person) == (False, None)
    assert (Dispute.objects.count(), LinkProposal.objects.count(), person.employments.count()) == (0, 0, 0)
    assert Consent.objects.standing().count() == 0
    assert (public_timeline(person), _searched("林小满")) == ([], [])
    assert Step.objects.exclude(object_type="people.rightsrequest").count() == 0


def test_without_published_facts_the_name_goes_too(officer, tree):
    person = actions.add_person(name="周敏", org=tree["enterprise"], unit_text="宏远重工", by=SYSTEM)
    PassportEntryFactory(person=person, title="带徒十人")

    _decide(officer, _asked(make_worker(person), "erase"), **GRANT)

    person.refresh_from_db()
    assert (person.name, person.unit_text) == ("已注销", "")


def test_every_linked_record_is_erased(worker, officer, person, tree):
    twin = actions.add_person(name="林小满", org=tree["enterprise"], phone="13900001111", by=SYSTEM)
    actions.confirm_link(
        actions.propose_link(person, second=twin, score=90, evidence=[{"kind": "name"}], by=SYSTEM), by=SYSTEM
    )

    _decide(officer, _asked(worker, "erase"), **GRANT)

    twin.refresh_from_db()
    assert (twin.phone, twin.name, LinkProposal.objects.get().evidence) == ("", "已注销", [])


def test_a_record_kept_elsewhere_needs_the_union_above_both(worker, officer, person, tree):
    twin = PersonFactory(name="林小满", org=tree["other_city"])
    actions.confirm_link(
        actions.propose_link(person, second=twin, score=90, evidence=[], by=SYSTEM), by=SYSTEM
    )
    asked = _asked(worker, "erase")

    sent = _decide(officer, asked, **GRANT)

    asked.refresh_from_db()
    assert (sent.status_code, "请由共同的上级工会办理" in sent.content.decode(), asked.state) == (
        400,
        True,
        "open",
    )


def test_the_log_says_that_a_record_was_erased_and_nothing_of_what(worker, officer, person):
    asked = _asked(worker, "erase")
    before = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]

    _decide(officer, asked, **GRANT)

    told = Event.objects.filter(pk__gt=before, name__startswith="people.")
    erased = told.get(name="people.person_erased")
    assert erased.payload == {"uid": person.uid, "reason": "本人请求删除"}
    words = " ".join(f"{event.payload} {event.reason}" for event in told)
    assert [each in words for each in ("林小满", "13800001234", invented_number(9), "同意办理")] == [
        False
    ] * 4


def test_the_receipt_tells_the_outcome_without_a_name_when_the_account_is_gone(worker, officer):
    asked = _asked(worker, "erase")
    _decide(officer, asked, **GRANT)

    page = Client().get(reverse("people:receipt", args=[asked.uid]))

    text = page.content.decode()
    assert ("已办理" in text, "护照里的表彰与经历条目" in text, "林小满" in text) == (True, True, False)
    assert ("noindex" in text, "已核对" in text) == (True, False)
    assert Client().get(reverse("people:receipt", args=["0" * 26])).status_code == 404


def test_what_was_kept_is_told_in_the_language_of_the_reader(worker, officer):
    asked = _asked(worker, "erase")
    with translation.override("en"):
        actions.grant_right(asked, answer="Checked and agreed.", by=officer)

    asked.refresh_from_db()
    assert "护照里的表彰与经历条目" in [each["what"] for each in asked.kept]


def test_nobody_decides_the_own_request_or_one_taken_down_oneself(officer, person, tree):
    officer.person = PersonFactory(org=tree["city"])
    officer.save()
    own = actions.ask_right(officer.person, kind="erase", by=officer)
    taken = actions.register_request(person, kind="erase", how="kin", text="其子持户口簿来办", by=officer)

    assert [
        _refused(lambda each=each: actions.grant_right(each, answer="同意办理", by=officer))
        for each in (own, taken)
    ] == ["no_permission"] * 2
    assert _decide(officer, taken, **GRANT).status_code == 400
    other = make_officer("city_officer", tree["city"])
    assert _decide(other, taken, **GRANT).status_code == 302


def test_an_officer_takes_down_a_letter(tree, person):
    chair = make_officer("grassroots_officer", tree["enterprise"])
    url = reverse("people:work_request", args=[person.uid])

    silent = signed_in(chair).post(url, {"kind": "limit", "how": "letter", "text": ""})
    sent = signed_in(chair).post(url, {"kind": "limit", "how": "letter", "text": "本人持身份证来办"})

    assert (silent.status_code, sent.status_code) == (400, 302)
    assert RightsRequest.objects.get().asked_how == "letter"


@pytest.mark.parametrize("data", [{"checked": ""}, {"answer": " "}])
def test_nothing_is_done_without_a_check_and_an_answer(worker, officer, person, data):
    asked = _asked(worker, "limit")

    sent = _decide(officer, asked, **{**GRANT, **data})

    person.refresh_from_db()
    assert (sent.status_code, person.limited_at) == (400, None)


def test_a_refusal_changes_nothing_and_says_why(worker, officer, person):
    asked = _asked(worker, "erase")

    _decide(officer, asked, decision="refuse", answer="正在办理评选，办结后再删。")

    person.refresh_from_db()
    page = signed_in(worker).get(reverse("people:rights")).content.decode()
    assert (person.phone, "正在办理评选" in page) == ("13800001234", True)


def test_a_worker_takes_a_request_back(worker, officer):
    asked = _asked(worker, "erase")

    signed_in(worker).post(reverse("people:rights"), {"request": asked.uid})

    asked.refresh_from_db()
    assert (asked.state, asked.decided_at is not None, count_waiting(officer)) == ("withdrawn", True, 0)
    assert _decide(officer, asked, **GRANT).status_code == 400


def test_what_makes_no_sense_is_refused(person):
    codes = [
        _refused(lambda kind=kind: actions.ask_right(person, kind=kind, by=SYSTEM))
        for kind in ("lift", "burn")
    ]
    actions.ask_right(person, kind="limit", by=SYSTEM)
    codes.append(_refused(lambda: actions.ask_right(person, kind="limit", by=SYSTEM)))
    actions.limit_person(person, reason="本人请求", by=SYSTEM)
    RightsRequest.objects.all().delete()
    codes.append(_refused(lambda: actions.ask_right(person, kind="limit", by=SYSTEM)))

    assert codes == ["not_limited", "kind_unknown", "already_open", "limited_already"]


def test_requests_of_another_city_do_not_exist(worker, tree):
    asked = _asked(worker, "erase")
    outsider = make_officer("city_officer", tree["other_city"])

    assert (_decide(outsider, asked, **GRANT).status_code, count_waiting(outsider)) == (404, 0)


def test_a_county_officer_does_not_decide(worker, tree):
    asked = _asked(worker, "limit")
    county = make_officer("county_officer", tree["county"])

    assert signed_in(county).get(reverse("people:work_rights")).status_code == 404
    assert _refused(lambda: actions.grant_right(asked, answer="同意办理", by=county)) == "no_permission"


def test_an_answer_is_promised_within_fifteen_working_days(worker):
    with time_machine.travel("2025-04-28T10:00:00+08:00"):
        asked = _asked(worker, "limit")
    with time_machine.travel("2025-05-23T10:00:00+08:00"):
        late = asked.is_late

    assert (f"{asked.answer_by}", late) == ("2025-05-22", True)


def test_requests_are_forgotten_three_years_after_they_were_settled(worker, officer):
    asked = _asked(worker, "limit")
    actions.refuse_right(asked, answer="材料不全，请补充。", by=officer)
    term = retentions()["people.requests"]

    assert end_due(term, now=timezone.now() + timedelta(days=3 * 365 - 1)) == 0
    assert end_due(term, now=timezone.now() + timedelta(days=3 * 365 + 1)) == 1
    assert (RightsRequest.objects.count(), Step.objects.count()) == (0, 0)


def test_the_words_of_a_request_are_sealed_and_in_the_copy(worker, person):
    actions.ask_right(person, kind="limit", text="我不愿再公开", by=worker)

    (stored,) = RightsRequest.objects.values_list("text", flat=True)

    assert "公开" not in stored
    assert [each["text"] for each in passport_record(person)["requests"]] == ["我不愿再公开"]


def test_looking_at_the_consequences_changes_nothing(person, worker):
    before = Person.objects.values().get(pk=person.pk)

    outlook = consequences_of_erasing(person)

    assert [record.pk for record in outlook.records] == [person.pk]
    assert Person.objects.values().get(pk=person.pk) == before
    assert (RightsRequest.objects.count(), worker.is_active) == (0, True)
