"""Two officers send the same form at the same moment: one deed, one clear answer to the other; no lock, no loss."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import Grant, User
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.honours.models import Conferral, Revocation
from jiangxin.honours.tests.factories import make_conferral, make_honour
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.states.models import Step
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import propose_link
from jiangxin.people.models import LinkProposal, PassportEntry, Person
from jiangxin.people.tests.factories import PersonFactory, invented_number

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SYSTEM = SystemActor("test")
OFFICERS = 4
CALM = {200, 302, 400, 404, 409}


@pytest.fixture
def tree() -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def officers(tree: dict[str, Org]) -> list[User]:
    """Four officers of one city."""
    return [make_officer("city_officer", tree["city"], f"officer{n}") for n in range(OFFICERS)]


def _record(union: Org) -> Person:
    made: Person = PersonFactory.create(name="林小满", org=union, is_public=True)
    return made


@pytest.fixture
def worker(tree: dict[str, Org]) -> Person:
    return _record(tree["enterprise"])


def _browser(officer: User) -> Client:
    """The officer's browser, the password just typed."""
    client = browser(officer)
    client.raise_request_exception = False
    return client


def at_once(officers: list[User], address: str, data: dict[str, Any]) -> list[int]:
    """Each officer sends the form from a browser and a database connection of their own, all at the same moment."""
    start, statuses = Barrier(len(officers)), [0] * len(officers)

    def send(place: int) -> None:
        try:
            client = _browser(officers[place])
            start.wait()
            statuses[place] = client.post(address, data).status_code
        finally:
            connection.close()

    threads = [Thread(target=send, args=(place,)) for place in range(len(officers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def deeds(permission: str) -> int:
    """How many verbs under this permission went into the log as done."""
    return Event.objects.filter(kind="action", name=permission, outcome="done").count()


@pytest.mark.parametrize(("decision", "state"), [("confirm", "confirmed"), ("refuse", "refused")])
def test_a_link_is_decided_once(officers: list[User], worker: Person, decision: str, state: str) -> None:
    assert worker.org is not None
    twin = _record(worker.org)
    proposal = propose_link(worker, second=twin, score=80, evidence=[], by=SYSTEM)

    statuses = at_once(officers, reverse("people:work_link", args=[proposal.uid]), {"decision": decision})

    proposal.refresh_from_db()
    assert (set(statuses) - CALM, proposal.state) == (set(), state)
    assert Step.objects.filter(flow="people.link").count() == 1
    assert deeds("people.decide_link") == 1


def test_two_who_decide_differently_leave_one_decision(officers: list[User], worker: Person) -> None:
    assert worker.org is not None
    twin = _record(worker.org)
    proposal = propose_link(worker, second=twin, score=80, evidence=[], by=SYSTEM)
    address = reverse("people:work_link", args=[proposal.uid])
    first, second = officers[:2]
    start, statuses = Barrier(2), {}

    def decide(officer: User, decision: str) -> None:
        try:
            client = _browser(officer)
            start.wait()
            statuses[decision] = client.post(address, {"decision": decision}).status_code
        finally:
            connection.close()

    threads = [Thread(target=decide, args=pair) for pair in ((first, "confirm"), (second, "refuse"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    proposal.refresh_from_db()
    twin.refresh_from_db()
    assert set(statuses.values()) <= CALM
    assert Step.objects.filter(flow="people.link").count() == 1
    assert (twin.canonical_id == worker.pk) == (proposal.state == "confirmed")


def test_an_honour_is_conferred_once(officers: list[User], worker: Person) -> None:
    honour = make_honour()
    data = {"person": worker.uid, "honour": honour.pk, "year": "2020", "with_credential": "on"}

    statuses = at_once(officers, reverse("honours:work_confer"), data)

    assert statuses == [302, 400, 400, 400]
    assert Conferral.objects.count() == PassportEntry.objects.count() == 1
    assert Conferral.objects.get().credentials.count() == 1


def test_an_honour_is_revoked_once(officers: list[User], worker: Person) -> None:
    conferral = make_conferral(worker, make_honour())
    data = {"grounds": "procedure", "reason": "评选程序经核查不合规定。"}

    statuses = at_once(officers, reverse("honours:work_revoke", args=[conferral.uid]), data)

    conferral.refresh_from_db()
    assert (statuses[0], set(statuses) - CALM, conferral.state) == (302, set(), "revoked")
    assert Revocation.objects.count() == 1
    assert PassportEntry.objects.filter(retracted=True).count() == 1
    assert deeds("honours.revoke_conferral") == 1


def test_a_credential_is_issued_once(officers: list[User], worker: Person) -> None:
    conferral = make_conferral(worker, make_honour())

    statuses = at_once(officers, reverse("honours:work_conferral", args=[conferral.uid]), {"intent": "issue"})

    assert set(statuses) <= CALM
    assert conferral.credentials.count() == 1


def test_a_role_is_given_once(officers: list[User], tree: dict[str, Org]) -> None:
    make_user("zhou")
    before = Grant.objects.count()
    data = {"user": "zhou", "role": "grassroots_officer", "org": tree["enterprise"].name}

    statuses = at_once(officers, reverse("accounts:give_grant"), data)

    assert (302 in statuses, set(statuses) - CALM) == (True, set())
    assert Grant.objects.count() == before + 1


def test_a_role_is_ended_once(officers: list[User], tree: dict[str, Org]) -> None:
    chair = make_officer("grassroots_officer", tree["enterprise"], "chair")
    grant = Grant.objects.get(user=chair)

    statuses = at_once(officers, reverse("accounts:end_grant", args=[grant.uid]), {"note": "调整"})

    grant.refresh_from_db()
    assert (302 in statuses, set(statuses) - CALM) == (True, set())
    assert (grant.ended_at is not None, deeds("accounts.end_grant")) == (True, 1)


def test_a_record_with_one_identity_number_is_opened_once(officers: list[User], tree: dict[str, Org]) -> None:
    data = {"name": "苏望舒", "id_number": invented_number(3), "org": tree["enterprise"].name}

    statuses = at_once(officers, reverse("people:work_add"), data)

    assert statuses == [302, 400, 400, 400]
    assert Person.objects.filter(name="苏望舒").count() == 1
    assert LinkProposal.objects.count() == 0
