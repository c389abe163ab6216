"""An officer decides: proposals that two records are one, requests about an entry."""

import pytest
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import LinkProposal
from jiangxin.people.tests.conftest import signed_in
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
WHY = [{"kind": "name", "weight": 30, "text": "姓名相同：隋见山。", "values": {"name": "隋见山"}}]


def _proposal(tree) -> LinkProposal:
    first, second = (
        PersonFactory(name="隋见山", unit_text=unit, org=tree["county"]) for unit in ("甲厂", "乙矿")
    )
    return actions.propose_link(first, second=second, score=70, evidence=WHY, by=SYSTEM)


def test_a_proposal_is_confirmed_and_undone(officer, tree):
    proposal = _proposal(tree)
    client, url = signed_in(officer), reverse("people:work_link", args=[proposal.uid])
    page = client.get(url).content.decode()

    client.post(url, {"decision": "confirm", "note": "查过原件"})
    proposal.refresh_from_db()
    confirmed = proposal.state
    client.post(url, {"decision": "undo"})
    proposal.refresh_from_db()

    assert ("甲厂" in page, "乙矿" in page, "姓名相同：隋见山。" in page) == (True, True, True)
    assert (confirmed, proposal.state) == ("confirmed", "undone")


def test_a_decision_leads_on_to_the_next_proposal(officer, tree):
    first, second = _proposal(tree), _proposal(tree)
    client = signed_in(officer)

    onward = client.post(reverse("people:work_link", args=[first.uid]), {"decision": "refuse"})
    last = client.post(reverse("people:work_link", args=[second.uid]), {"decision": "refuse"})

    assert onward.headers["Location"] == reverse("people:work_link", args=[second.uid])
    assert last.headers["Location"] == reverse("people:work_links")


@pytest.mark.parametrize("state", ["proposed", "confirmed", "refused", "undone"])
def test_the_queue_opens_in_every_state(officer, tree, state):
    _proposal(tree)

    response = signed_in(officer).get(reverse("people:work_links"), {"state": state})

    assert (response.status_code, "甲厂" in response.content.decode()) == (200, state == "proposed")


@pytest.mark.parametrize(("decision", "state"), [("uphold", "upheld"), ("refuse", "refused")])
def test_a_dispute_is_answered_and_closed(officer, tree, decision, state):
    entry = PassportEntryFactory(person=PersonFactory(org=tree["county"]))
    dispute = actions.open_dispute(entry.person, entry=entry, kind="wrong", text="年份不对。", by=SYSTEM)
    client, url = signed_in(officer), reverse("people:work_dispute", args=[dispute.uid])

    empty = client.post(url, {"decision": decision, "answer": ""}).status_code
    client.post(url, {"decision": decision, "answer": "已核对决定原件。"})
    dispute.refresh_from_db()
    answered = dispute.state
    client.post(url, {"decision": "close"})
    dispute.refresh_from_db()

    assert (empty, answered, dispute.state) == (400, state, "closed")
    assert "已核对决定原件。" in client.get(url).content.decode()


def test_a_state_nobody_knows_opens_no_list(officer):
    assert signed_in(officer).get(reverse("people:work_disputes"), {"state": "lost"}).status_code == 404


def test_whoever_decides_second_reads_that_it_is_decided(officer, tree):
    entry = PassportEntryFactory(person=PersonFactory(org=tree["county"]))
    dispute = actions.open_dispute(entry.person, entry=entry, kind="wrong", text="年份不对。", by=SYSTEM)
    client, url = signed_in(officer), reverse("people:work_dispute", args=[dispute.uid])
    too_early = client.post(url, {"decision": "close"})
    actions.refuse_dispute(dispute, answer="已核对，没有错。", by=SYSTEM)

    second = client.post(url, {"decision": "uphold", "answer": "已核对，确实有误。"})
    nothing = client.post(url, {"decision": "dance"})

    dispute.refresh_from_db()
    assert [each.status_code for each in (too_early, second, nothing)] == [200, 200, 200]
    assert (dispute.state, len(list(second.context["messages"]))) == ("refused", 1)
