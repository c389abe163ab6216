"""Requests about a whole record: the worker asks, somebody else decides, and both read how it stands."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.kernel.states.models import Step
from jiangxin.people import actions
from jiangxin.people.models import RightsRequest
from jiangxin.people.queries.passport import public_timeline
from jiangxin.people.queries.record import passport_record
from jiangxin.people.queries.rights import count_waiting
from jiangxin.people.tests.asking import GRANT, ask, decide, honoured_worker, searched
from jiangxin.people.tests.conftest import make_officer, make_worker, refused, signed_in
from jiangxin.people.tests.factories import (
    PersonFactory,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def person(tree):
    return honoured_worker(tree)


@pytest.fixture
def worker(person):
    return make_worker(person)


def test_a_worker_asks_an_officer_limits_and_the_worker_sees_it(worker, officer, person):
    asked = ask(worker, "limit")
    waiting = count_waiting(officer)

    sent = decide(officer, asked, **GRANT)

    person.refresh_from_db()
    page = signed_in(worker).get(reverse("people:rights")).content.decode()
    assert (waiting, sent.status_code, count_waiting(officer)) == (1, 302, 0)
    assert (person.limited_at is not None, public_timeline(person)) == (True, [])
    assert ("已办理" in page, "已核对，同意办理。" in page, "解除限制" in page) == (True, True, True)


def test_a_limit_is_lifted_the_same_way(worker, officer, person):
    actions.limit_person(person, reason="本人请求", by=SYSTEM)

    decide(officer, ask(worker, "lift"), **GRANT)

    person.refresh_from_db()
    assert person.limited_at is None


def test_a_limited_record_leaves_the_index_and_comes_back(worker, person):
    before = searched("林小满")
    actions.limit_person(person, reason="本人请求", by=SYSTEM)
    limited = searched("林小满")
    actions.lift_limit(person, by=SYSTEM)

    assert (before, limited, searched("林小满")) == ([person.pk], [], [person.pk])


def test_nobody_decides_the_own_request_or_one_taken_down_oneself(officer, person, tree):
    officer.person = PersonFactory(org=tree["city"])
    officer.save()
    own = actions.ask_right(officer.person, kind="erase", by=officer)
    taken = actions.register_request(person, kind="erase", how="kin", text="其子持户口簿来办", by=officer)

    assert [
        refused(lambda each=each: actions.grant_right(each, answer="同意办理", by=officer))
        for each in (own, taken)
    ] == ["no_permission"] * 2
    assert decide(officer, taken, **GRANT).status_code == 400
    other = make_officer("city_officer", tree["city"])
    assert decide(other, taken, **GRANT).status_code == 302


def test_an_officer_takes_down_a_letter(tree, person):
    chair = make_officer("grassroots_officer", tree["enterprise"])
    url = reverse("people:work_request", args=[person.uid])

    silent = signed_in(chair).post(url, {"kind": "limit", "how": "letter", "text": ""})
    sent = signed_in(chair).post(url, {"kind": "limit", "how": "letter", "text": "本人持身份证来办"})

    assert (silent.status_code, sent.status_code) == (400, 302)
    assert RightsRequest.objects.get().asked_how == "letter"


@pytest.mark.parametrize("data", [{"checked": ""}, {"answer": " "}])
def test_nothing_is_done_without_a_check_and_an_answer(worker, officer, person, data):
    asked = ask(worker, "limit")

    sent = decide(officer, asked, **{**GRANT, **data})

    person.refresh_from_db()
    assert (sent.status_code, person.limited_at) == (400, None)


def test_a_refusal_changes_nothing_and_says_why(worker, officer, person):
    asked = ask(worker, "erase")

    decide(officer, asked, decision="refuse", answer="正在办理评选，办结后再删。")

    person.refresh_from_db()
    page = signed_in(worker).get(reverse("people:rights")).content.decode()
    assert (person.phone, "正在办理评选" in page) == ("13800001234", True)


def test_a_worker_takes_a_request_back(worker, officer):
    asked = ask(worker, "erase")

    signed_in(worker).post(reverse("people:rights"), {"request": asked.uid})

    asked.refresh_from_db()
    assert (asked.state, asked.decided_at is not None, count_waiting(officer)) == ("withdrawn", True, 0)
    assert decide(officer, asked, **GRANT).status_code == 400


def test_what_makes_no_sense_isrefused(person):
    codes = [
        refused(lambda kind=kind: actions.ask_right(person, kind=kind, by=SYSTEM))
        for kind in ("lift", "burn")
    ]
    actions.ask_right(person, kind="limit", by=SYSTEM)
    codes.append(refused(lambda: actions.ask_right(person, kind="limit", by=SYSTEM)))
    actions.limit_person(person, reason="本人请求", by=SYSTEM)
    RightsRequest.objects.all().delete()
    codes.append(refused(lambda: actions.ask_right(person, kind="limit", by=SYSTEM)))

    assert codes == ["not_limited", "kind_unknown", "already_open", "limited_already"]


def test_requests_of_another_city_do_not_exist(worker, tree):
    asked = ask(worker, "erase")
    outsider = make_officer("city_officer", tree["other_city"])

    assert (decide(outsider, asked, **GRANT).status_code, count_waiting(outsider)) == (404, 0)


def test_a_county_officer_does_notdecide(worker, tree):
    asked = ask(worker, "limit")
    county = make_officer("county_officer", tree["county"])

    assert signed_in(county).get(reverse("people:work_rights")).status_code == 404
    assert refused(lambda: actions.grant_right(asked, answer="同意办理", by=county)) == "no_permission"


def test_an_answer_is_promised_within_fifteen_working_days(worker):
    with time_machine.travel("2025-04-28T10:00:00+08:00"):
        asked = ask(worker, "limit")
    with time_machine.travel("2025-05-23T10:00:00+08:00"):
        late = asked.is_late

    assert (f"{asked.answer_by}", late) == ("2025-05-22", True)


def test_requests_are_forgotten_three_years_after_they_were_settled(worker, officer):
    asked = ask(worker, "limit")
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
