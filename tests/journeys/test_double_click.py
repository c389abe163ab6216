"""A button pressed twice does its work once and answers both times."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import Grant
from jiangxin.honours.models import Conferral, Honour
from jiangxin.people.models import Person
from tests.journeys.scene import COLLEAGUE, Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def _twice(client: Client, address: str, data: dict[str, Any]) -> list[int]:
    return [client.post(address, data).status_code for _ in range(2)]


def test_a_double_click_confers_one_honour(scene: Scene, officer: Client) -> None:
    data = {"person": scene.welder.uid, "honour": Honour.objects.get(code="demo-7").pk, "year": "2018"}

    statuses = _twice(officer, reverse("honours:work_confer"), data)

    assert statuses == [302, 400]
    assert Conferral.objects.filter(person=scene.welder, year=2018).count() == 1


def test_a_double_click_revokes_once(scene: Scene, officer: Client) -> None:
    data = {"grounds": "procedure", "reason": "评选程序经核查不合规定。"}

    statuses = _twice(officer, reverse("honours:work_revoke", args=[scene.conferral.uid]), data)

    scene.conferral.refresh_from_db()
    assert (statuses, scene.conferral.state) == ([302, 400], "revoked")


@pytest.mark.parametrize(("decision", "state"), [("confirm", "confirmed"), ("refuse", "refused")])
def test_a_double_click_decides_a_link_once(scene: Scene, officer: Client, decision: str, state: str) -> None:
    Person.objects.filter(name=COLLEAGUE).update(id_number_index=None)
    address = reverse("people:work_link", args=[scene.proposal.uid])

    statuses = _twice(officer, address, {"decision": decision})

    scene.proposal.refresh_from_db()
    assert (statuses[0], statuses[1] < 500, scene.proposal.state) == (302, True, state)


def test_a_double_click_gives_a_role_once(scene: Scene, officer: Client) -> None:
    before = Grant.objects.count()
    data = {"user": "qianyifan", "role": "grassroots_officer", "org": scene.union.name}

    statuses = _twice(officer, reverse("accounts:give_grant"), data)

    assert (statuses[0], statuses[1] in {200, 400}, Grant.objects.count()) == (302, True, before + 1)


def test_a_double_click_ends_a_role_once(scene: Scene, officer: Client) -> None:
    address = reverse("accounts:end_grant", kwargs=scene.arguments["accounts:end_grant"])

    statuses = _twice(officer, address, {"note": "岗位调整"})

    assert (statuses[0], statuses[1] < 500) == (302, True)
    assert Grant.objects.get(uid=scene.arguments["accounts:end_grant"]["uid"]).ended_at is not None
