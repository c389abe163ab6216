"""Any text in any field is only text, on the page of whoever reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from jiangxin.honours.actions import add_collective
from jiangxin.honours.forms import ConferForm, NewHonourForm, RecheckForm, RevokeForm
from jiangxin.orgs.forms import EmployerNameForm, NewEmployerForm, NewOrgForm, RenameForm, SplitForm
from jiangxin.people.forms import (
    AnswerForm,
    EmploymentForm,
    EntryForm,
    NewPersonForm,
    RevealForm,
    SkillForm,
    StandingForm,
)
from jiangxin.people.models import PassportEntry, Person
from tests.cast import WELDER, signed_in
from tests.journeys.scene import SYSTEM, Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


PAYLOAD = "\"><b onload=x>'--"  # short enough for every field
ATTACK = "\"><script>alert(1)</script>'; DROP TABLE people_person; --{{ 7*7 }}{% now 'Y' %}"


Tried = tuple[str, type[forms.Form], dict[str, Any]]
"""(address, form, values that pass)"""


def _forms(scene: Scene) -> list[Tried]:
    """Every form of people, organisations and honours that takes text."""
    return [*_forms_of_people(scene), *_forms_of_orgs(scene), *_forms_of_honours(scene)]


def _at(name: str, *args: str) -> str:
    return reverse(name, args=args)


def _forms_of_people(scene: Scene) -> list[Tried]:
    record = scene.welder.uid
    told = {"kind": "people.milestone", "title": "带徒", "happened": "2020"}
    answer = {"answer": "已核对", "decision": "refuse"}
    return [
        (_at("people:work_add"), NewPersonForm, {"name": "苏望舒", "unit_text": "宏远重工"}),
        (_at("people:work_employment", record), EmploymentForm, {"unit_text": "旧厂", "note": "兼职"}),
        (
            _at("people:work_skill", record),
            SkillForm,
            {"occupation_text": "焊工", "level": "3", "how": "exam"},
        ),
        (_at("people:work_entry", record), EntryForm, told),
        (_at("people:work_standing", record), StandingForm, {"move": "mark_retired"}),
        (_at("people:work_reveal", record, "phone"), RevealForm, {"reason": "核对报名材料"}),
        (_at("people:work_dispute", scene.dispute.uid), AnswerForm, answer),
    ]


def _forms_of_orgs(scene: Scene) -> list[Tried]:
    union, employer = scene.union.uid, scene.union.employer
    assert employer is not None
    day = {"seen": ""}
    short = {"name": "宏远厂", "kind": "short"}
    return [
        (_at("orgs:add", union), NewOrgForm, {"name": "焊接二分会", "kind": "branch"}),
        (_at("orgs:rename", union), RenameForm, {"name": "宏远工会", **day}),
        (_at("orgs:split", union), SplitForm, {"name": "宏远二工会", **day}),
        (_at("orgs:add_employer", union), NewEmployerForm, {"name": "宏远配件有限公司"}),
        (_at("orgs:employer_name", employer.uid), EmployerNameForm, short),
    ]


def _forms_of_honours(scene: Scene) -> list[Tried]:
    facts = {"person": scene.welder.uid, "honour": scene.conferral.honour_id, "year": "2019"}
    grounds = {"grounds": "procedure", "reason": "评选程序经核查不合规定"}
    recheck = scene.arguments["honours:work_recheck"]["uid"]
    title = {"title": "鹤城工匠", "code": "hecheng", "level": "city", "granter": "市总工会", "kind": "person"}
    return [
        (_at("honours:work_confer"), ConferForm, facts),
        (_at("honours:work_revoke", scene.conferral.uid), RevokeForm, grounds),
        (
            _at("honours:work_recheck", recheck),
            RecheckForm,
            {"answer": "doubt", "note": "社保缴纳有中断，待核"},
        ),
        (_at("honours:work_titles"), NewHonourForm, {"intent": "add", **title}),
    ]


def _text_fields(form: type[forms.Form]) -> list[str]:
    return [name for name, field in form.base_fields.items() if isinstance(field, forms.CharField)]


def _shown_on(scene: Scene) -> list[str]:
    """Pages on which the typed text may turn up."""
    assert scene.union.employer is not None
    return [
        reverse("people:work_people"),
        reverse("people:work_person", args=[scene.welder.uid]),
        reverse("people:person", args=[scene.welder.uid]),
        reverse("people:work_dispute", args=[scene.dispute.uid]),
        reverse("orgs:org", args=[scene.union.uid]),
        reverse("orgs:tree_at", args=[scene.union.uid]),
        reverse("orgs:employer", args=[scene.union.employer.uid]),
        reverse("honours:work_honours"),
        reverse("honours:work_conferral", args=[scene.conferral.uid]),
        reverse("honours:catalogue"),
        reverse("insights:work"),
    ]


@pytest.mark.parametrize("payload", [PAYLOAD, ATTACK])
@pytest.mark.parametrize("place", range(16))
def test_any_text_in_any_field_is_only_text(scene: Scene, officer: Client, place: int, payload: str) -> None:
    address, form, good = _forms(scene)[place]
    wrong = []
    for name in _text_fields(form):
        answer = officer.post(address, {**good, name: payload}, follow=True)
        if answer.status_code not in {200, 400} or payload in answer.content.decode():
            wrong.append((name, answer.status_code))

    pages = {page: officer.get(page) for page in _shown_on(scene)}
    assert wrong == []
    assert {page: answer.status_code for page, answer in pages.items() if answer.status_code != 200} == {}
    assert [page for page, answer in pages.items() if payload in answer.content.decode()] == []
    assert Person.objects.filter(pk=scene.welder.pk).exists()


def test_every_form_of_the_three_apps_is_tried(scene: Scene) -> None:
    assert len(_forms(scene)) == 16
    assert [address for address, form, _ in _forms(scene) if not _text_fields(form)] == []


@pytest.mark.parametrize("payload", [PAYLOAD, ATTACK])
def test_what_a_worker_writes_is_shown_to_the_officer_as_text(
    scene: Scene, officer: Client, payload: str
) -> None:
    entry = PassportEntry.objects.filter(person=scene.welder).order_by("pk").last()
    assert entry is not None
    worker, data = signed_in(WELDER), {"intent": "dispute", "kind": "hide", "text": payload}

    worker.post(reverse("people:entry", args=[entry.uid]), data)

    dispute = scene.welder.disputes.get(entry=entry)
    page = officer.get(reverse("people:work_dispute", args=[dispute.uid])).content.decode()
    own = worker.get(reverse("people:entry", args=[entry.uid])).content.decode()
    assert (dispute.text, payload in page + own) == (payload, False)
    assert "&lt;" in page


def test_a_collective_keeps_its_strange_name_as_text(scene: Scene, officer: Client, client: Client) -> None:
    made = add_collective(name=PAYLOAD, org=scene.union, by=SYSTEM)

    officer.post(reverse("honours:work_confer"), {"collective": PAYLOAD, "honour": "x", "year": "2020"})
    page = client.get(reverse("insights:register"), {"q": PAYLOAD}).content.decode()

    assert (made.name, PAYLOAD in page) == (PAYLOAD, False)
