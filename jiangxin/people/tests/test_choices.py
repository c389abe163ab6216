"""What a worker may choose: consents, what is public, disputes; and what erasure leaves."""

import pytest

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.privacy.subjects import export_subject
from jiangxin.kernel.states.models import Step
from jiangxin.people import actions
from jiangxin.people.actions.erasure import SUBJECT_PART
from jiangxin.people.models import Consent, Dispute, Person
from jiangxin.people.queries.consents import consent_choices
from jiangxin.people.queries.passport import public_timeline, timeline
from jiangxin.people.tests.factories import (
    EmploymentFactory,
    PassportEntryFactory,
    PersonFactory,
    SkillLevelFactory,
    SourceFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def _public(person: Person) -> list[str]:
    return [item.entry.title for item in public_timeline(person)]


def _refused(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_consent_shows_the_page_and_withdrawing_hides_it():
    person = PersonFactory()
    PassportEntryFactory(person=person, title="带徒十人")

    actions.give_consent(person, purpose="profile", by=SYSTEM)
    shown = (person.is_public, _public(person))
    actions.withdraw_consent(person, purpose="profile", by=SYSTEM)

    assert shown == (True, ["带徒十人"])
    assert (person.is_public, _public(person)) == (False, [])


def test_without_consent_an_award_stays_in_the_register_and_off_the_page():
    person = PersonFactory()

    entry = actions.add_to_passport(person, kind="people.milestone", title="厂级标兵", year=2020, by=SYSTEM)

    assert [item.entry for item in timeline(person, SYSTEM)] == [entry]
    assert (Person.objects.get().is_public, _public(person)) == (False, [])


def test_after_withdrawal_only_what_was_published_stays_public():
    person = PersonFactory()
    PassportEntryFactory(person=person, title="带徒十人")
    actions.add_to_passport(
        person, kind="people.milestone", title="某市劳动模范", year=2019, source=SourceFactory(), by=SYSTEM
    )
    actions.give_consent(person, purpose="profile", by=SYSTEM)

    actions.withdraw_consent(person, purpose="profile", by=SYSTEM)

    assert (person.is_public, _public(person)) == (True, ["某市劳动模范"])


def test_consents_are_apart_and_kept_after_withdrawal():
    person = PersonFactory()
    actions.give_consent(person, purpose="contact", by=SYSTEM)
    actions.give_consent(person, purpose="contact", by=SYSTEM)
    actions.withdraw_consent(person, purpose="contact", by=SYSTEM)
    actions.give_consent(person, purpose="research", by=SYSTEM)

    given = {choice.purpose: choice.is_given for choice in consent_choices(person)}

    assert given == {"profile": False, "portrait": False, "contact": False, "research": True}
    assert Consent.objects.filter(purpose="contact", withdrawn_at__isnull=False).count() == 1


def test_what_was_never_agreed_cannot_be_withdrawn():
    assert (
        _refused(lambda: actions.withdraw_consent(PersonFactory(), purpose="profile", by=SYSTEM))
        == "no_consent"
    )


def test_an_upheld_wish_to_hide_hides_the_published_fact():
    person = PersonFactory(is_public=True)
    entry = PassportEntryFactory(person=person, source=SourceFactory(), title="某市劳动模范")
    dispute = actions.open_dispute(person, entry=entry, kind="hide", text="家人安全考虑", by=SYSTEM)
    before = _public(person)

    actions.uphold_dispute(dispute, answer="同意不公开。", by=SYSTEM)
    actions.close_dispute(dispute, by=SYSTEM)

    assert (before, _public(person)) == (["某市劳动模范"], [])
    assert [step.move for step in Step.objects.of(dispute)] == ["uphold", "close"]
    assert (
        _refused(lambda: actions.choose_visibility(entry, is_public=True, by=SYSTEM)) == "hidden_on_request"
    )


def test_a_refused_dispute_changes_nothing_and_says_why():
    person = PersonFactory(is_public=True)
    entry = PassportEntryFactory(person=person, source=SourceFactory(), title="某市劳动模范")
    dispute = actions.open_dispute(person, entry=entry, kind="wrong", text="年份应为 2019", by=SYSTEM)

    actions.refuse_dispute(dispute, answer="决定原件为 2020 年。", by=SYSTEM)

    kept = Dispute.objects.get()
    assert (kept.state, kept.text, kept.answer) == ("refused", "年份应为 2019", "决定原件为 2020 年。")
    assert _public(person) == ["某市劳动模范"]


def test_the_words_of_a_dispute_are_sealed_in_the_database():
    dispute = actions.open_dispute(PersonFactory(), kind="wrong", text="我的年份不对", by=SYSTEM)

    (stored,) = Dispute.objects.filter(pk=dispute.pk).values_list("text", flat=True)
    assert "年份" not in stored


def test_one_open_request_of_a_kind_for_an_entry():
    entry = PassportEntryFactory()
    actions.open_dispute(entry.person, entry=entry, kind="wrong", text="年份不对。", by=SYSTEM)

    again = _refused(
        lambda: actions.open_dispute(entry.person, entry=entry, kind="wrong", text="还是不对。", by=SYSTEM)
    )

    assert again == "already_open"


def test_somebody_elses_entry_cannot_be_disputed():
    entry = PassportEntryFactory()

    refused = _refused(
        lambda: actions.open_dispute(PersonFactory(), entry=entry, kind="wrong", text="年份不对。", by=SYSTEM)
    )

    assert refused == "not_this_person"


def test_a_limited_record_is_not_public():
    person = PersonFactory(is_public=True)
    PassportEntryFactory(person=person, source=SourceFactory())

    actions.limit_person(person, reason="本人请求", by=SYSTEM)
    limited = (_public(person), Person.objects.public().count())
    actions.lift_limit(person, by=SYSTEM)

    assert limited == ([], 0)
    assert Person.objects.public().count() == 1


def test_erasure_leaves_the_archive_and_nothing_private():
    person = actions.add_person(name="林小满", id_number=invented_number(9), phone="13800001234", by=SYSTEM)
    EmploymentFactory(person=person)
    SkillLevelFactory(person=person, source=SourceFactory(kind="decision"))
    PassportEntryFactory(person=person, source=SourceFactory())

    kept = SUBJECT_PART.erase(person.uid, SYSTEM).kept

    person = Person.objects.get()
    assert (person.id_number, person.id_number_index, person.phone, person.birth_on) == ("", None, "", None)
    assert (person.employments.count(), person.skills.count(), person.entries.count()) == (0, 1, 1)
    assert len(kept) == 1


def test_erasing_a_record_without_archive_takes_the_name_too():
    person = actions.add_person(name="林小满", unit_text="宏远重工有限公司", by=SYSTEM)

    erasure = SUBJECT_PART.erase(person.uid, SYSTEM)

    person = Person.objects.get()
    assert (person.name, person.name_key, person.unit_text, erasure.kept) == ("已注销", "", "", ())


def test_the_copy_holds_all_of_this_worker_and_nobody_else():
    number = invented_number(9)
    person = actions.add_person(name="林小满", id_number=number, by=SYSTEM)
    EmploymentFactory(person=person, unit_text="新厂")
    PassportEntryFactory(person=person, title="带徒十人")
    PassportEntryFactory(person=PersonFactory(name="周敏"), title="别人的荣誉")

    copy = export_subject(person.uid)["people"]["content"]

    assert (copy["person"]["id_number"], copy["employments"][0]["unit"]) == (number, "新厂")
    assert [entry["title"] for entry in copy["entries"]] == ["带徒十人"]
    assert "周敏" not in str(copy)
