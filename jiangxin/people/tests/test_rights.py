"""Who may do what to a worker's record."""

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.people import actions
from jiangxin.people.queries.people import PeopleFilter, find_people, person_for
from jiangxin.people.queries.readings import who_looked
from jiangxin.people.tests.conftest import make_officer, make_worker
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)


def _refused(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_an_officer_sees_people_of_the_own_city_only(tree):
    mine = PersonFactory(org=tree["enterprise"])
    theirs = PersonFactory(org=tree["other_city"])
    officer = make_officer("city_officer", tree["city"])

    found = find_people(officer, PeopleFilter()).people

    assert found == [mine]
    assert person_for(officer, theirs.uid) is None


def test_an_officer_of_another_city_cannot_correct(tree):
    person = PersonFactory(org=tree["enterprise"])
    outsider = make_officer("city_officer", tree["other_city"])

    assert (
        _refused(lambda: actions.correct_person(person, changes={"education": "60"}, by=outsider))
        == "no_permission"
    )


def test_a_record_is_opened_only_below_the_own_organisation(tree):
    officer = make_officer("county_officer", tree["county"])

    actions.add_person(name="林小满", org=tree["enterprise"], by=officer)

    assert (
        _refused(lambda: actions.add_person(name="周敏", org=tree["other_city"], by=officer))
        == "no_permission"
    )


def test_a_record_is_handed_only_to_an_organisation_of_ones_own(tree):
    person = PersonFactory(org=tree["enterprise"])
    officer = make_officer("city_officer", tree["city"])

    assert (
        _refused(lambda: actions.place_person(person, org=tree["other_city"], by=officer)) == "no_permission"
    )
    actions.place_person(person, org=tree["county"], by=officer)
    assert person.opath == tree["county"].path


def test_a_worker_decides_on_the_own_entries_only(tree):
    mine, theirs = PassportEntryFactory(), PassportEntryFactory()
    worker = make_worker(mine.person)

    actions.choose_visibility(mine, is_public=False, by=worker)

    assert mine.visibility.is_public is False
    assert _refused(lambda: actions.choose_visibility(theirs, is_public=False, by=worker)) == "no_permission"


def test_an_officer_does_not_decide_what_a_worker_shows(tree):
    entry = PassportEntryFactory(person=PersonFactory(org=tree["enterprise"]))
    officer = make_officer("city_officer", tree["city"])

    assert _refused(lambda: actions.choose_visibility(entry, is_public=True, by=officer)) == "no_permission"


def test_a_linked_record_is_ones_own_too(tree):
    main = PersonFactory()
    entry = PassportEntryFactory(person=PersonFactory(canonical=main))
    worker = make_worker(main)

    actions.choose_visibility(entry, is_public=False, by=worker)

    assert entry.visibility.is_public is False


def test_nobody_answers_the_own_dispute(tree):
    person = PersonFactory(org=tree["city"])
    officer = make_officer("city_officer", tree["city"], person=person)
    dispute = actions.open_dispute(person, kind="wrong", text="年份不对。", by=officer)

    assert (
        _refused(lambda: actions.uphold_dispute(dispute, answer="年份已核对。", by=officer))
        == "no_permission"
    )


def test_unmasking_needs_a_reason_and_the_worker_reads_it(tree):
    number = invented_number(5)
    officer = make_officer("city_officer", tree["city"], display_name="许青禾")
    person = actions.add_person(name="林小满", id_number=number, org=tree["enterprise"], by=officer)

    assert (
        _refused(lambda: actions.reveal(person, field="id_number", reason=" ", by=officer))
        == "reason_missing"
    )
    shown = actions.reveal(person, field="id_number", reason="核对推荐材料", by=officer)

    (reading,) = who_looked(person)
    assert shown == number
    assert (reading.who, reading.field, reading.reason) == ("许青禾", "id_number", "核对推荐材料")


def test_the_log_never_holds_the_protected_value(tree):
    number = invented_number(5)
    officer = make_officer("city_officer", tree["city"])
    person = actions.add_person(
        name="林小满", id_number=number, phone="13800001234", org=tree["city"], by=officer
    )

    actions.reveal(person, field="phone", reason="通知领奖", by=officer)

    written = " ".join(
        f"{event.payload} {event.reason} {event.object_label}" for event in Event.objects.all()
    )
    assert number not in written
    assert "13800001234" not in written


def test_only_protected_fields_are_revealed(tree):
    officer = make_officer("city_officer", tree["city"])

    with pytest.raises(ValueError, match="opath"):
        actions.reveal(PersonFactory(org=tree["city"]), field="opath", reason="想看看", by=officer)


def test_each_exported_worker_can_see_it(tree):
    officer = make_officer("city_officer", tree["city"])
    people = [PersonFactory(org=tree["city"]) for _number in range(2)]

    actions.export_people(people=people, reason="上报推荐名单", by=officer)

    assert [[reading.field for reading in who_looked(person)] for person in people] == [["list"], ["list"]]


def test_people_of_another_city_are_not_exported(tree):
    officer = make_officer("city_officer", tree["city"])
    people = [PersonFactory(org=tree["city"]), PersonFactory(org=tree["other_city"])]

    refused = _refused(lambda: actions.export_people(people=people, reason="上报推荐名单", by=officer))

    assert refused == "no_permission"
    assert who_looked(people[0]) == []


def test_an_officially_published_fact_cannot_simply_be_hidden(tree):
    entry = PassportEntryFactory(source=SourceFactory())
    worker = make_worker(entry.person)

    assert (
        _refused(lambda: actions.choose_visibility(entry, is_public=False, by=worker))
        == "officially_published"
    )


def test_links_are_decided_where_the_records_are_kept(tree):
    first, second = (PersonFactory(name="隋见山", org=tree[key]) for key in ("enterprise", "county"))
    officer = make_officer("city_officer", tree["city"])
    outsider = make_officer("city_officer", tree["other_city"])
    proposal = actions.propose_link(first, second=second, score=70, evidence=[], by=officer)

    assert proposal.opath == tree["county"].path
    assert _refused(lambda: actions.confirm_link(proposal, by=outsider)) == "no_permission"
    actions.confirm_link(proposal, by=officer)
    assert proposal.state == "confirmed"
