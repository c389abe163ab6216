"""Officers mend a passport: entries corrected and withdrawn, and the worker reads it."""

import datetime

import pytest
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import PassportEntry
from jiangxin.people.queries.changes import changes_of
from jiangxin.people.queries.passport import public_timeline, timeline_item
from jiangxin.people.tests.conftest import make_worker, page_of, refused, send, signed_in
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def person(tree):
    return PersonFactory(name="林小满", org=tree["enterprise"], is_public=True)


def test_a_corrected_entry_takes_the_place_of_the_old_one_which_stays_struck_through(officer, person):
    old = PassportEntryFactory(person=person, title="某市劳模", year=2018, source=SourceFactory())

    sent = send(
        officer,
        "work_correct_entry",
        person.uid,
        old.uid,
        title="某市劳动模范",
        happened="2019年3月",
        reason="与决定原文核对",
    )
    new = PassportEntry.objects.get(corrects=old)

    assert (sent.status_code, sent.headers["Location"]) == (
        302,
        reverse("people:work_fact", args=[person.uid, new.uid]),
    )
    assert (new.title, new.year, new.evidence) == (
        "某市劳动模范",
        2019,
        {"reason": "与决定原文核对", "printed_time": "2019年3月"},
    )
    assert [item.entry for item in public_timeline(person)] == [new]
    for page in (
        page_of(officer, "work_fact", person.uid, old.uid),
        page_of(make_worker(person), "entry", old.uid),
    ):
        assert ("<del>某市劳模，2018</del>" in page, "与决定原文核对" in page) == (True, True)


def test_a_new_time_does_not_keep_the_words_of_the_old_one(person):
    old = PassportEntryFactory(person=person, year=2018, evidence={"printed_time": "2018年5月"})

    new = actions.correct_entry(old, year=2019, reason="年份印错", by=SYSTEM)

    assert (new.year, new.happened_on, new.evidence) == (2019, None, {"reason": "年份印错"})


def test_a_form_left_as_it_is_changes_only_what_was_typed(officer, person):
    old = PassportEntryFactory(
        person=person, happened_on=datetime.date(2018, 5, 1), year=2018, issuer="某市总工会"
    )
    page = signed_in(officer).get(reverse("people:work_correct_entry", args=[person.uid, old.uid]))
    known = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}

    send(
        officer,
        "work_correct_entry",
        person.uid,
        old.uid,
        **{**known, "reason": "补写说明", "detail": "首件"},
    )

    new = PassportEntry.objects.get(corrects=old)
    assert (new.title, new.happened_on, new.issuer, new.detail) == (
        old.title,
        old.happened_on,
        "某市总工会",
        "首件",
    )


def test_a_withdrawn_entry_is_gone_for_strangers_and_struck_through_for_the_worker(officer, person):
    entry = PassportEntryFactory(person=person, title="误记的奖", source=SourceFactory())

    sent = send(officer, "work_withdraw_entry", person.uid, entry.uid, reason="同名者的奖")

    assert sent.status_code == 302
    assert public_timeline(person) == []
    page = page_of(make_worker(person), "entry", entry.uid)
    assert ("<del>误记的奖，2020</del>" in page, "同名者的奖" in page) == (True, True)


def test_a_correction_needs_its_reason_and_loses_nothing(officer, person):
    entry = PassportEntryFactory(person=person)

    sent = send(officer, "work_correct_entry", person.uid, entry.uid, title="改过的标题", happened="2020")

    assert (sent.status_code, "改过的标题" in sent.content.decode()) == (400, True)
    assert PassportEntry.objects.count() == 1


def test_an_entry_is_mended_once_and_then_its_successor(officer, person):
    entry = PassportEntryFactory(person=person)
    second = actions.correct_entry(entry, title="二", reason="更正", by=SYSTEM)
    send(officer, "work_correct_entry", person.uid, entry.uid, title="三", happened="", reason="再更正")

    third = PassportEntry.objects.get(corrects=second)

    assert (third.title, refused(lambda: actions.correct_entry(entry, reason="x", by=SYSTEM))) == (
        "三",
        "already_corrected",
    )


def test_what_follows_another_record_is_not_mended_here(officer, person):
    entry = PassportEntryFactory(person=person, object_type="honours.conferral", object_id="X")

    page = page_of(officer, "work_fact", person.uid, entry.uid)
    sent = send(officer, "work_withdraw_entry", person.uid, entry.uid, reason="误记")

    assert ("请在那条记录里更正" in page, sent.status_code) == (True, 404)
    assert refused(lambda: actions.retract_entry(entry, reason="误记", by=officer)) == "no_permission"


def test_nobody_mends_the_own_passport_nor_one_of_another_city(officer, tree):
    own = PassportEntryFactory(person=PersonFactory(org=tree["city"]))
    officer.person = own.person
    officer.save()
    theirs = PassportEntryFactory(person=PersonFactory(org=tree["other_city"]))

    answers = [
        send(officer, "work_withdraw_entry", each.person.uid, each.uid, reason="误记").status_code
        for each in (own, theirs)
    ]

    assert answers == [404, 404]


def test_requests_about_the_old_entry_stay_with_its_correction(person):
    entry = PassportEntryFactory(person=person)
    dispute = actions.open_dispute(person, kind="wrong", text="年份不对", entry=entry, by=SYSTEM)
    new = actions.correct_entry(entry, year=2019, reason="年份印错", by=SYSTEM)

    item = timeline_item(person, make_worker(person), entry.uid)

    assert (item.entry, item.disputes) == (new, (dispute,))


def test_the_worker_reads_who_changed_what(officer, person):
    entry = PassportEntryFactory(person=person)
    actions.correct_person(person, changes={"id_number": invented_number(5), "region": None}, by=officer)
    new = actions.correct_entry(entry, title="改过", reason="更正", by=officer)
    actions.retract_entry(new, reason="误记", by=officer)
    spell = actions.add_employment(person, unit_text="新厂", by=officer)
    actions.end_employment(spell, to_on=datetime.date(2024, 1, 1), by=officer)

    told = [(change.title, change.what) for change in changes_of(person)]
    page = page_of(make_worker(person), "looks")

    assert told == [
        ("工作经历结束", "新厂"),
        ("登记了工作经历", "新厂"),
        ("护照撤销一条", "改过"),
        ("护照更正一条", "改过"),
        ("更正了职工档案", "身份证号、地区"),
    ]
    assert ("许青禾" in page, invented_number(5) in page) == (True, False)
