"""After an erasure the name is nowhere, and the log still proves who did what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.actions import accept_invitation, change_password, claim_record, invite_person, notify
from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import PASSWORD, make_officer, make_user
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.verify import verify_log
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.jobs.jobs import let_terms_go
from jiangxin.kernel.search import drain as drain_search
from jiangxin.kernel.search.tests.blocks import terms_in_blocks
from jiangxin.kernel.sheets.running import import_file
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people import actions
from jiangxin.people.models import PassportEntry, Person, RightsRequest
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)
from tests.journeys.traces import found

CaptureCommits = Callable[..., AbstractContextManager[object]]
pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BY = SystemActor("erasure-test")
NAME, OLD_NAME, UNIT, PINYIN = "覃月华", "覃小月", "遥岭石料厂", "qinyuehua"
LOGIN, MAIL, PHONE, NUMBER = "qin.yuehua", "yuehua@mail.example", "13904527714", invented_number(23)
TRACES = (NAME, OLD_NAME, UNIT, PINYIN, LOGIN, MAIL, PHONE, NUMBER)

PAIRS = {"覃月", "月华", "岭石", PINYIN}


@pytest.fixture
def tree(tmp_path: Path, settings: object) -> dict[str, Org]:
    """A small union tree, letters in files, and checkpoints of its own."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return make_tree()


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _listed(tree: dict[str, Org], officer: User, folder: Path) -> None:
    """Lists that the officer brings in, before and after the worker's name changed, each with a line about the worker."""
    header = "姓名,身份证号,手机,单位,岗位,工会组织"
    org = tree["enterprise"].name
    path = folder / "list.csv"
    for name, unit in ((OLD_NAME, UNIT), (NAME, "山下运输队"), ("覃二牛", "山下运输队")):
        path.write_text(
            f"{header}\n{name},{NUMBER},{PHONE},{unit},采石工,{org}\n莫小山,,,山下运输队,司机,{org}\n"
        )
        import_file(path, sheet="people", by=officer, opath=tree["city"].path)


def _known(tree: dict[str, Org], officer: User) -> Person:
    """A worker with something of everything that may go."""
    person = actions.add_person(
        name=OLD_NAME, org=tree["enterprise"], id_number=NUMBER, phone=PHONE, unit_text=UNIT, by=officer
    )
    actions.rename_person(person, name=NAME, by=officer)
    spell = actions.add_employment(person, unit_text=UNIT, post="采石工", by=officer)
    actions.end_employment(spell, to_on=date(2024, 3, 1), by=officer)
    actions.add_skill(person, occupation_text="采石工", level=6, how="exam", by=officer)
    actions.add_to_passport(person, kind="people.milestone", title="带徒十人", year=2021, by=officer)
    actions.propose_link(person, second=PersonFactory(), score=60, evidence=[{"text": NAME}], by=officer)
    actions.reveal(person, field="phone", reason=f"与{NAME}本人核对", by=officer)
    return person


def _account(person: Person, officer: User) -> User:
    """The worker's own account: invited, used, mistyped, told things; somebody else claimed the record before."""
    claim_record(make_user("other"), name=NAME, id_number=NUMBER, by=BY)
    letter = invite_person(person, email=MAIL, by=officer)
    user = accept_invitation(letter.invitation, username=LOGIN, password=PASSWORD, by=BY)
    change_password(user, password="Another-long-9-Sentence!", by=user)
    notify([user], kind="people.note", title=f"{NAME}同志：您好", by=BY)
    for _again in range(7):
        Client().post(reverse("account_login"), {"login": LOGIN, "password": "wrong"})
    actions.open_dispute(person, kind="wrong", text=f"{NAME}不是{OLD_NAME}", by=user)
    actions.give_consent(person, purpose="profile", by=user)
    actions.give_consent(person, purpose="contact", by=user)
    actions.choose_visibility(PassportEntry.objects.get(person=person, year=2021), is_public=False, by=user)
    actions.export_own_record(person, by=user)
    make_token(user, label=f"{NAME}的程序", scopes=["register:read"], by=user)
    return user


def _settle() -> None:
    """All that waits is done, the work of the night on the search index too."""
    drain()
    while drain_search():
        continue
    let_terms_go.enqueue()
    drain()


def _pairs() -> set[str]:
    """Which rare pairs of the worker's words stand in the blocks of SQLite's index, which names no row any more."""
    terms = terms_in_blocks() if connection.vendor == "sqlite" else []
    return {pair for pair in PAIRS for term in terms if pair in term}


def _traces() -> list[tuple[str, str]]:
    return found(TRACES)


def _erase(person: Person, user: User, officer: User) -> int:
    """The worker asks, the officer agrees, all by their pages."""
    _browser(user).post(reverse("people:ask_right", args=["erase"]), {"text": f"{NAME}请求删除"})
    asked = RightsRequest.objects.get(person=person).uid
    answer = {"decision": "grant", "checked": "on", "answer": f"已与{NAME}核对，同意办理。"}
    status = _browser(officer).post(reverse("people:work_right", args=[asked]), answer).status_code
    _settle()
    make_checkpoint()
    return status


def test_after_an_erasure_the_name_is_nowhere_and_the_log_still_holds(
    tree: dict[str, Org], tmp_path: Path, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    officer = make_officer("city_officer", tree["city"])
    person = _known(tree, officer)
    _listed(tree, officer, tmp_path)
    user = _account(person, officer)
    _settle()
    make_checkpoint()
    before, pairs_before = {trace for _place, trace in _traces()}, _pairs()

    with django_capture_on_commit_callbacks(execute=True):
        status = _erase(person, user, officer)

    assert (status, before) == (302, set(TRACES))
    assert (_traces(), verify_log().findings) == ([], [])
    assert (pairs_before, _pairs()) == (PAIRS if connection.vendor == "sqlite" else set(), set())
    about = Event.objects.filter(object_type="people.person", object_id=person.uid, kind="reading")
    assert [(each.actor, each.payload, each.reason) for each in about] == [
        (officer.actor_id, {"field": "phone"}, "")
    ]


def test_a_name_the_archive_must_keep_stays_there_and_leaves_the_log(
    tree: dict[str, Org], django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    officer = make_officer("city_officer", tree["city"])
    person = _known(tree, officer)
    PassportEntryFactory(person=person, title="某市劳动模范", year=2019, source=SourceFactory())
    user = _account(person, officer)
    _settle()
    make_checkpoint()
    last = Event.objects.latest("pk").pk

    with django_capture_on_commit_callbacks(execute=True):
        _erase(person, user, officer)

    person.refresh_from_db()
    left = {trace for _place, trace in _traces()}
    told = [str(each) for each in Event.objects.filter(pk__lte=last).values()]
    assert (person.name, left) == (NAME, {NAME, UNIT, PINYIN})
    assert [each for each in told if NAME in each] == []
    assert verify_log().findings == []
