"""After an erasure the name is not in the corners either: names of files, kept filters, typed logins, notes, notices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import make_officer
from jiangxin.honours.models import HonourList, Nominee
from jiangxin.honours.tests.factories import make_honour
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.verify import verify_log
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.jobs.jobs import let_terms_go
from jiangxin.kernel.privacy import erase_subject
from jiangxin.kernel.search import drain as drain_search
from jiangxin.kernel.sheets.jobs import start_import
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.running import import_file
from jiangxin.kernel.ui.models import SavedFilter
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people import actions
from jiangxin.people.models import PassportEntry, Person, Source
from jiangxin.people.tests.factories import PersonFactory, SourceFactory, invented_number
from tests.journeys.traces import found

CaptureCommits = Callable[..., AbstractContextManager[object]]
pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BY = SystemActor("erasure-test")
NAME, UNIT, PHONE, NUMBER = "覃月华", "遥岭石料厂", "13904527714", invented_number(23)
SPACED = ("覃 月 华", "覃\u3000月\u3000华")
TRACES = (NAME, *SPACED, UNIT, PHONE, NUMBER, quote(NAME))
HEADER = "姓名,单位,岗位,工会组织"


@pytest.fixture
def tree(tmp_path: Path) -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def officer(tree: dict[str, Org]) -> User:
    return make_officer("city_officer", tree["city"])


@pytest.fixture
def person(tree: dict[str, Org], officer: User) -> Person:
    return actions.add_person(
        name=NAME, org=tree["enterprise"], id_number=NUMBER, phone=PHONE, unit_text=UNIT, by=officer
    )


def settle() -> None:
    """All that waits is done, the work of the night too."""
    drain()
    while drain_search():
        continue
    let_terms_go.enqueue()
    drain()
    make_checkpoint()


def files(tree: dict[str, Org], officer: User, folder: Path) -> None:
    """Files that are called by the name, one of them with a long work beside it; others print it with room inside."""
    row = f"莫大山,山下运输队,司机,{tree['enterprise'].name}"
    for number, spelling in enumerate((NAME, *SPACED)):
        path = folder / f"{spelling}的名单.csv"
        path.write_text(f"{HEADER}\n{row}{number}\n")
        import_file(path, sheet="people", by=officer, opath=tree["city"].path)
        inside = folder / f"list{number}.csv"
        inside.write_text(f"{HEADER}\n{spelling},,,没有这个组织{number}\n{row}\n")
        import_file(inside, sheet="people", by=officer, opath=tree["city"].path)
    again = import_file(
        folder / f"{NAME}的名单.csv", sheet="people", by=officer, opath=tree["city"].path, dry_run=True
    )
    start_import(again, by=officer)
    drain()


def corners(person: Person, officer: User, tree: dict[str, Org]) -> None:
    """Where a name is left beside the record by those who worked with it."""
    second = PersonFactory(name="莫小山", org=tree["enterprise"])
    link = actions.propose_link(person, second=second, score=90, evidence=[{"text": NAME}], by=officer)
    actions.confirm_link(link, note=f"与{NAME}核实", by=officer)
    actions.undo_link(link, note=f"{NAME}另有其人", by=officer)
    actions.confirm_link(link, note=f"再与{NAME}核实", by=officer)
    for typed in (NAME, PHONE, NUMBER):
        Client().post(reverse("account_login"), {"login": typed, "password": "wrong"})
    browser = Client()
    browser.force_login(officer)
    for name, query in (
        (f"找{NAME}", "state=active"),
        ("查重", f"q={quote(NAME)}"),
        ("在册", "state=active"),
    ):
        kept = {"path": reverse("people:work_people"), "name": name, "query": query}
        browser.post(reverse("ui:keep_filter"), kept)
    actions.add_to_passport(
        person, kind="people.milestone", title=f"{NAME}带徒", evidence={"by": NAME}, year=2022, by=officer
    )
    own = SourceFactory(kind="self", title=f"{NAME}自述")
    actions.add_skill(person, occupation_text="采石工", level=5, how="exam", source=own, by=officer)
    notice = HonourList.objects.create(title="某市劳动模范公示", year=2024)
    told = {"honour_list": notice, "honour": make_honour(), "opath": tree["city"].path}
    Nominee.objects.create(name=NAME, unit_text=UNIT, row_key="1", **told)
    Nominee.objects.create(name="莫大山", unit_text=UNIT[:2], row_key="2", **told)


def test_the_name_is_in_no_corner(
    tree: dict[str, Org],
    officer: User,
    person: Person,
    tmp_path: Path,
    django_capture_on_commit_callbacks: CaptureCommits,
) -> None:
    files(tree, officer, tmp_path)
    corners(person, officer, tree)
    settle()
    before = {trace for _place, trace in found(TRACES)}

    with django_capture_on_commit_callbacks(execute=True):
        erase_subject(person.uid, by=BY)
    settle()

    assert before == {*TRACES}
    assert (found(TRACES), verify_log().findings) == ([], [])
    assert set(ImportRun.objects.values_list("file_name", flat=True)) == {
        "某职工的名单.csv",
        *(f"list{number}.csv" for number in range(3)),
    }
    assert (SavedFilter.objects.get().name, Nominee.objects.get().name) == ("在册", "莫大山")
    assert PassportEntry.objects.get().title == "已删除"


def test_a_namesake_keeps_what_is_theirs(tree: dict[str, Org], officer: User, person: Person) -> None:
    namesake = PersonFactory(name=NAME, org=tree["enterprise"], unit_text="别处")
    own = SourceFactory(kind="self", title=f"{NAME}自述")
    actions.add_to_passport(
        namesake, kind="people.milestone", title=f"{NAME}带徒", year=2022, source=own, by=officer
    )
    notice = HonourList.objects.create(title="某市劳动模范公示", year=2024)
    Nominee.objects.create(honour_list=notice, honour=make_honour(), name=NAME, unit_text="别处", row_key="1")

    erase_subject(person.uid, by=BY)

    assert (PassportEntry.objects.get().title, Nominee.objects.get().name) == (f"{NAME}带徒", NAME)
    assert Source.objects.get(pk=own.pk).title == f"{NAME}自述"
