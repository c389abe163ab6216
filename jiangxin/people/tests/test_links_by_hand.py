"""An officer proposes by hand that two records are one worker."""

import pytest
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import LinkProposal
from jiangxin.people.queries.changes import changes_of
from jiangxin.people.tests.conftest import make_officer, page_of, refused, signed_in
from jiangxin.people.tests.factories import (
    PersonFactory,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def person(tree):
    return PersonFactory(name="林小满", org=tree["enterprise"], is_public=True)


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
    assert "工会干部提出：本人来信说明" in page_of(officer, "work_link", proposal.uid)


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
        refused(lambda: actions.propose_link_by_hand(person, second=other, reason=" ", by=SYSTEM))
        == "reason_missing"
    )
    proposal = actions.propose_link_by_hand(person, second=other, reason="本人来信", by=SYSTEM)
    actions.refuse_link(proposal, by=SYSTEM)

    again = refused(lambda: actions.propose_link_by_hand(person, second=other, reason="本人来信", by=SYSTEM))
    actions.confirm_link(actions.undo_link(proposal, by=SYSTEM), by=SYSTEM)
    person.refresh_from_db()
    other.refresh_from_db()
    same = refused(lambda: actions.propose_link_by_hand(person, second=other, reason="本人来信", by=SYSTEM))

    assert (again, same) == ("decided_before", "same_worker")


def test_a_limited_record_takes_no_part_in_matching_by_hand(person):
    actions.limit_person(person, reason="本人请求", by=SYSTEM)

    code = refused(
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


def test_the_worker_reads_that_two_records_were_found_to_be_one(person):
    proposal = actions.propose_link(person, second=PersonFactory(), score=80, evidence=[], by=SYSTEM)

    before = [change.title for change in changes_of(person)]
    actions.confirm_link(proposal, by=SYSTEM)
    person.refresh_from_db()

    assert (before, [change.title for change in changes_of(person)]) == ([], ["认定为同一人"])
