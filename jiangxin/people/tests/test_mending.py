"""Officers mend a record: entries corrected and withdrawn, spells corrected and ended, a link proposed by hand."""

import datetime

import pytest
from django.urls import reverse

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.people import actions
from jiangxin.people.models import Employment, LinkProposal, PassportEntry
from jiangxin.people.queries.changes import changes_of
from jiangxin.people.queries.passport import public_timeline, timeline_item
from jiangxin.people.queries.record import current_employments
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


@pytest.fixture
def officer(tree):
    return make_officer("city_officer", tree["city"], display_name="许青禾")


@pytest.fixture
def person(tree):
    return PersonFactory(name="林小满", org=tree["enterprise"], is_public=True)


def _refused(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def _send(user, name: str, *args, **data):
    return signed_in(user).post(reverse(f"people:{name}", args=args), data)


def _page(user, name: str, *args, query: str = "") -> str:
    response = signed_in(user).get(reverse(f"people:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_corrected_entry_takes_the_place_of_the_old_one_which_stays_struck_through(officer, person):
    old = PassportEntryFactory(person=person, title="某市劳模", year=2018, source=SourceFactory())

    sent = _send(
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
        _page(officer, "work_fact", person.uid, old.uid),
        _page(make_worker(person), "entry", old.uid),
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

    _send(
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

    sent = _send(officer, "work_withdraw_entry", person.uid, entry.uid, reason="同名者的奖")

    assert sent.status_code == 302
    assert public_timeline(person) == []
    page = _page(make_worker(person), "entry", entry.uid)
    assert ("<del>误记的奖，2020</del>" in page, "同名者的奖" in page) == (True, True)


def test_a_correction_needs_its_reason_and_loses_nothing(officer, person):
    entry = PassportEntryFactory(person=person)

    sent = _send(officer, "work_correct_entry", person.uid, entry.uid, title="改过的标题", happened="2020")

    assert (sent.status_code, "改过的标题" in sent.content.decode()) == (400, True)
    assert PassportEntry.objects.count() == 1


def test_an_entry_is_mended_once_and_then_its_successor(officer, person):
    entry = PassportEntryFactory(person=person)
    second = actions.correct_entry(entry, title="二", reason="更正", by=SYSTEM)
    _send(officer, "work_correct_entry", person.uid, entry.uid, title="三", happened="", reason="再更正")

    third = PassportEntry.objects.get(corrects=second)

    assert (third.title, _refused(lambda: actions.correct_entry(entry, reason="x", by=SYSTEM))) == (
        "三",
        "already_corrected",
    )


def test_what_follows_another_record_is_not_mended_here(officer, person):
    entry = PassportEntryFactory(person=person, object_type="honours.conferral", object_id="X")

    page = _page(officer, "work_fact", person.uid, entry.uid)
    sent = _send(officer, "work_withdraw_entry", person.uid, entry.uid, reason="误记")

    assert ("请在那条记录里更正" in page, sent.status_code) == (True, 404)
    assert _refused(lambda: actions.retract_entry(entry, reason="误记", by=officer)) == "no_permission"


def test_nobody_mends_the_own_passport_nor_one_of_another_city(officer, tree):
    own = PassportEntryFactory(person=PersonFactory(org=tree["city"]))
    officer.person = own.person
    officer.save()
    theirs = PassportEntryFactory(person=PersonFactory(org=tree["other_city"]))

    answers = [
        _send(officer, "work_withdraw_entry", each.person.uid, each.uid, reason="误记").status_code
        for each in (own, theirs)
    ]

    assert answers == [404, 404]


def test_requests_about_the_old_entry_stay_with_its_correction(person):
    entry = PassportEntryFactory(person=person)
    dispute = actions.open_dispute(person, kind="wrong", text="年份不对", entry=entry, by=SYSTEM)
    new = actions.correct_entry(entry, year=2019, reason="年份印错", by=SYSTEM)

    item = timeline_item(person, make_worker(person), entry.uid)

    assert (item.entry, item.disputes) == (new, (dispute,))


def test_a_second_current_unit_asks_whether_the_first_was_left(officer, person):
    EmploymentFactory(person=person, unit_text="旧厂", from_on=datetime.date(2001, 1, 1))

    asked = _send(officer, "work_employment", person.uid, unit_text="新厂")
    undated = _send(officer, "work_employment", person.uid, unit_text="新厂", other="left")
    unexplained = _send(officer, "work_employment", person.uid, unit_text="新厂", other="both")

    assert [each.status_code for each in (asked, undated, unexplained)] == [400] * 3
    assert "已登记的现单位是“旧厂”，请选择是否已经离开。" in asked.content.decode()
    assert "请填写离开原单位的日期。" in undated.content.decode()
    assert "请写明为什么同时在两处工作" in unexplained.content.decode()
    assert Employment.objects.count() == 1


def test_leaving_one_unit_for_another_is_one_step(officer, person):
    old = EmploymentFactory(person=person, unit_text="旧厂")

    sent = _send(officer, "work_employment", person.uid, unit_text="新厂", other="left", left_on="2024-05-31")

    old.refresh_from_db()
    person.refresh_from_db()
    assert (sent.status_code, old.to_on, person.unit_text) == (302, datetime.date(2024, 5, 31), "新厂")
    assert [spell.unit_text for spell in current_employments(person)] == ["新厂"]


def test_when_the_new_spell_cannot_be_the_old_one_does_not_end(officer, person):
    old = EmploymentFactory(person=person, unit_text="旧厂", from_on=datetime.date(2010, 1, 1))

    sent = _send(officer, "work_employment", person.uid, unit_text="新厂", other="left", left_on="2009-01-01")

    old.refresh_from_db()
    assert (sent.status_code, old.to_on, Employment.objects.count()) == (400, None, 1)


def test_two_units_at_once_are_kept_with_the_reason(officer, person):
    EmploymentFactory(person=person, unit_text="旧厂")

    _send(officer, "work_employment", person.uid, unit_text="技师学院", other="both", note="兼职教师")

    assert [spell.unit_text for spell in current_employments(person)] == ["旧厂", "技师学院"]


def test_a_spell_is_corrected_and_its_unit_resolved_again(officer, person):
    spell = EmploymentFactory(person=person, unit_text="旧长", post="焊工")
    page = signed_in(officer).get(reverse("people:work_edit_spell", args=[person.uid, spell.pk]))

    sent = _send(officer, "work_edit_spell", person.uid, spell.pk, unit_text="旧厂", post="电焊工")

    spell.refresh_from_db()
    person.refresh_from_db()
    assert page.context["form"]["unit_text"].value() == "旧长"
    assert (sent.status_code, spell.unit_text, person.post_text) == (302, "旧厂", "电焊工")


@pytest.mark.parametrize(("day", "status"), [("2024-05-31", 302), ("2999-01-01", 400), ("1999-01-01", 400)])
def test_a_spell_ends_on_a_day_that_can_be(officer, person, day, status):
    spell = EmploymentFactory(person=person, from_on=datetime.date(2000, 1, 1))

    assert _send(officer, "work_end_spell", person.uid, spell.pk, to_on=day).status_code == status

    spell.refresh_from_db()
    assert (spell.to_on is not None) is (status == 302)


def test_a_spell_of_another_worker_is_not_found_under_this_record(officer, person, tree):
    spell = EmploymentFactory(person=PersonFactory(org=tree["enterprise"]))

    assert _send(officer, "work_end_spell", person.uid, spell.pk, to_on="2024-01-01").status_code == 404


def test_an_officer_finds_the_other_record_compares_and_proposes(officer, person, tree):
    other = PersonFactory(name="林晓满", unit_text="技师学院", org=tree["enterprise"])
    url = reverse("people:work_propose_link", args=[person.uid])
    client = signed_in(officer)

    found = client.get(url, {"q": "技师学院"})
    compared = client.get(f"{url}?other={other.uid}").content.decode()
    sent = client.post(f"{url}?other={other.uid}", {"reason": "本人来信说明"})

    proposal = LinkProposal.objects.get()
    assert (found.status_code, "姓名读音相同" in compared or "姓名不同" in compared) == (200, True)
    assert sent.headers["Location"] == reverse("people:work_link", args=[proposal.uid])
    assert (proposal.first, proposal.second, proposal.state) == (person, other, "proposed")
    assert "工会干部提出：本人来信说明" in _page(officer, "work_link", proposal.uid)


def test_namesakes_are_offered_first_and_never_the_record_itself(officer, person, tree):
    other = PersonFactory(name="林小满", org=tree["enterprise"])
    from_elsewhere = PersonFactory(name="林小满", org=tree["other_city"])
    actions.find_employers(ids=[], by=SYSTEM)

    page = signed_in(officer).get(reverse("people:work_propose_link", args=[person.uid]))

    assert {each.uid for each in page.context["others"]} <= {other.uid}
    assert from_elsewhere.uid not in page.content.decode()


def test_a_link_by_hand_needs_a_reason_and_an_open_question(person):
    other = PersonFactory(name="林晓满")
    assert (
        _refused(lambda: actions.propose_link_by_hand(person, second=other, reason=" ", by=SYSTEM))
        == "reason_missing"
    )
    proposal = actions.propose_link_by_hand(person, second=other, reason="本人来信", by=SYSTEM)
    actions.refuse_link(proposal, by=SYSTEM)

    again = _refused(lambda: actions.propose_link_by_hand(person, second=other, reason="本人来信", by=SYSTEM))
    actions.confirm_link(actions.undo_link(proposal, by=SYSTEM), by=SYSTEM)
    person.refresh_from_db()
    other.refresh_from_db()
    same = _refused(lambda: actions.propose_link_by_hand(person, second=other, reason="本人来信", by=SYSTEM))

    assert (again, same) == ("decided_before", "same_worker")


def test_a_limited_record_takes_no_part_in_matching_by_hand(person):
    actions.limit_person(person, reason="本人请求", by=SYSTEM)

    code = _refused(
        lambda: actions.propose_link_by_hand(person, second=PersonFactory(), reason="本人来信", by=SYSTEM)
    )

    assert code == "limited"


def test_an_officer_without_the_last_word_proposes_and_returns_to_the_record(tree, person):
    chair = make_officer("grassroots_officer", tree["enterprise"])
    other = PersonFactory(name="林小满", org=tree["enterprise"])

    sent = signed_in(chair).post(
        reverse("people:work_propose_link", args=[person.uid]) + f"?other={other.uid}",
        {"reason": "本人来信说明"},
    )

    assert sent.headers["Location"] == reverse("people:work_person", args=[person.uid])


def test_the_other_record_must_be_one_the_officer_may_see(officer, person, tree):
    theirs = PersonFactory(name="林小满", org=tree["other_city"])
    url = reverse("people:work_propose_link", args=[person.uid]) + f"?other={theirs.uid}"

    assert signed_in(officer).get(url).status_code == 404


def test_the_worker_reads_who_changed_what(officer, person):
    entry = PassportEntryFactory(person=person)
    actions.correct_person(person, changes={"id_number": invented_number(5), "region": None}, by=officer)
    new = actions.correct_entry(entry, title="改过", reason="更正", by=officer)
    actions.retract_entry(new, reason="误记", by=officer)
    spell = actions.add_employment(person, unit_text="新厂", by=officer)
    actions.end_employment(spell, to_on=datetime.date(2024, 1, 1), by=officer)

    told = [(change.title, change.what) for change in changes_of(person)]
    page = _page(make_worker(person), "looks")

    assert told == [
        ("工作经历结束", "新厂"),
        ("登记了工作经历", "新厂"),
        ("护照撤销一条", "改过"),
        ("护照更正一条", "改过"),
        ("更正了职工档案", "身份证号、地区"),
    ]
    assert ("许青禾" in page, invented_number(5) in page) == (True, False)


def test_the_worker_reads_that_two_records_were_found_to_be_one(person):
    proposal = actions.propose_link(person, second=PersonFactory(), score=80, evidence=[], by=SYSTEM)

    before = [change.title for change in changes_of(person)]
    actions.confirm_link(proposal, by=SYSTEM)
    person.refresh_from_db()

    assert (before, [change.title for change in changes_of(person)]) == ([], ["认定为同一人"])
