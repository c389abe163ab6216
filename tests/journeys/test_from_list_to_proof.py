"""A published list goes in; a passport, a credential and a proof that a stranger can check come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jiangxin.honours.models import Conferral, HonourList, Nominee
from jiangxin.honours.queries.proving import verify_file
from jiangxin.kernel.events import Event
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.events.sequencer import sequence
from jiangxin.kernel.events.verify import verify_log
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.running import import_file
from jiangxin.people.models import LinkProposal, Person
from tests.cast import CITY_OFFICER, DECIDER, OUTSIDER, WELDER, persona, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
TITLE = "2023年市级五一劳动奖章名单（演示）"
ROWS = [
    {"name": "林 小满", "unit": "宏远重工", "job_title": "电焊工", "region": "黑龙江省齐齐哈尔市龙沙区"},
    {
        "name": "阿依努尔·吐尔逊",
        "unit": "克拉玛依天工电力有限公司",
        "job_title": "变电值班员",
        "region": None,
    },
    {"name": "宏远重工焊接班", "unit": "宏远重工", "job_title": None, "region": None, "entity": "collective"},
    {"name": "覃小舟", "unit": None, "job_title": None, "region": None, "status": "nominee"},
    {"name": "陈望舒", "unit": "南屏纺织", "job_title": "挡车工", "region": None, "honour": "从未听说的奖章"},
]


def write_list(folder: Path) -> Path:
    """An invented list in the published shape."""
    common = {
        "list_title": TITLE, "year": 2023, "honour": "市级五一劳动奖章（演示）", "sex": None, "ethnic": None,
        "source_url": "https://example.org/lists/2023", "entity": "person", "status": "awarded", "list_complete": True,
    }  # fmt: skip
    path = folder / "list.jsonl"
    path.write_text(
        "\n".join(json.dumps({**common, **row}, ensure_ascii=False) for row in ROWS), encoding="utf-8"
    )
    return path


def bring_in(path: Path, *, dry_run: bool = False) -> ImportRun:
    """The city officer imports a file for the city."""
    officer = persona(CITY_OFFICER)
    return import_file(path, sheet="honours", by=officer, opath=officer.opath, dry_run=dry_run)


def count_facts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Conferral, HonourList, Nominee))


@pytest.fixture
def imported(world: None, tmp_path: Path) -> Path:
    """The list, imported by the city officer, with everything the worker process does afterwards done."""
    path = write_list(tmp_path)
    bring_in(path)
    drain()
    return path


def the_proposal() -> LinkProposal:
    """The question whether the imported welder is the welder we know."""
    mine = persona(WELDER).person
    return LinkProposal.objects.waiting().touching({mine.pk}).get()


def test_a_dry_run_tells_row_by_row_and_changes_nothing(world: None, tmp_path: Path) -> None:
    before = count_facts()

    run = bring_in(write_list(tmp_path), dry_run=True)

    assert count_facts() == before
    lines = {line.row: line.label for line in run.lines.filter(phase="check")}
    assert len(lines) == len(ROWS)


def test_the_same_list_twice_changes_nothing(imported: Path) -> None:
    before = count_facts()

    bring_in(imported)

    assert count_facts() == before


def test_the_officer_sees_the_evidence_and_confirms(imported: Path) -> None:
    officer, proposal = signed_in(CITY_OFFICER), the_proposal()

    page = officer.get(reverse("people:work_link", args=[proposal.uid]))
    officer.post(
        reverse("people:work_link", args=[proposal.uid]), {"decision": "confirm", "note": "同一班组"}
    )

    proposal.refresh_from_db()
    assert page.status_code == 200
    assert "宏远重工" in page.content.decode()
    assert proposal.state == "confirmed"


def test_an_officer_of_another_city_finds_nothing(imported: Path) -> None:
    outsider, proposal = signed_in(OUTSIDER), the_proposal()

    answers = [
        outsider.get(reverse("people:work_link", args=[proposal.uid])).status_code,
        outsider.get(reverse("people:work_person", args=[proposal.first.uid])).status_code,
    ]

    assert answers == [404, 404]


def download(client: Client) -> bytes:
    """The welder's newest credential, downloaded from her page."""
    page = client.get(reverse("honours:my_credentials"))
    assert page.status_code == 200
    conferral = Conferral.objects.filter(person=persona(WELDER).person, honour__level="city").get()
    credential = conferral.credentials.get()
    answer = client.get(reverse("honours:my_document", args=[credential.uid]))
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture
def credential(imported: Path, tmp_path: Path) -> Path:
    path = tmp_path / "credential.json"
    path.write_bytes(download(signed_in(WELDER)))
    return path


def export_bundle(folder: Path) -> Path:
    """What a stranger downloads once to check without a network."""
    path = folder / "bundle.json"
    answer = Client().get(reverse("honours:bundle"))
    path.write_bytes(b"".join(answer) if answer.streaming else answer.content)
    return path


def test_the_worker_sees_the_confirmed_fact_in_her_passport(imported: Path) -> None:
    signed_in(CITY_OFFICER).post(
        reverse("people:work_link", args=[the_proposal().uid]), {"decision": "confirm"}
    )

    page = signed_in(WELDER).get(reverse("people:passport")).content.decode()

    assert "市级五一劳动奖章（演示）" in page
    assert TITLE in page


def test_a_stranger_verifies_offline_and_an_altered_byte_is_refused(credential: Path, tmp_path: Path) -> None:
    bundle = export_bundle(tmp_path)
    altered = tmp_path / "altered.json"
    altered.write_text(credential.read_text("utf-8").replace("林小满", "林小滿", 1), encoding="utf-8")

    codes = [verify_file(path, bundle)[0] for path in (credential, altered)]

    assert codes == [0, 1]


def test_a_revoked_honour_is_refused(credential: Path, tmp_path: Path) -> None:
    conferral = Conferral.objects.get(person=persona(WELDER).person, honour__level="city")

    signed_in(CITY_OFFICER).post(
        reverse("honours:work_revoke", args=[conferral.uid]),
        {"grounds": "procedure", "reason": "评选程序经核查不合规定。", "decision_no": "演示〔2025〕1号"},
    )

    conferral.refresh_from_db()
    code, verdict = verify_file(credential, export_bundle(tmp_path))
    assert (conferral.state, code, verdict.status) == ("revoked", 3, "revoked")


def test_the_log_verifies_until_a_row_is_changed_behind_its_back(imported: Path) -> None:
    while sequence():
        continue
    before = verify_log()
    victim = Event.objects.order_by("pk")[5]

    connection.check_constraints()  # PostgreSQL alters no table while checks of it are put off
    with unlocked(), connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET object_label = 'x' WHERE id = %s", [victim.pk])
    after = verify_log()

    assert (before.ok, after.ok) == (True, False)
    assert [finding.kind for finding in after.findings] == ["changed"]


def test_the_national_decider_is_asked_about_the_higher_honour(imported: Path) -> None:
    team_leader = persona("zhaotiesheng").person
    lower = Conferral.objects.get(person=team_leader, honour__level="province")

    signed_in(DECIDER).post(
        reverse("honours:work_revoke", args=[lower.uid]),
        {"grounds": "false_deeds", "reason": "主要事迹经核查不实。"},
    )
    page = signed_in(DECIDER).get(reverse("honours:work_proposals")).content.decode()

    lower.refresh_from_db()
    assert lower.state == "revoked"
    assert "赵铁生" in page


def test_no_list_of_the_demo_world_says_twice_that_it_is_invented(world: None) -> None:
    titles = list(HonourList.objects.values_list("title", flat=True))

    assert (len(titles) > 100, [title for title in titles if title.count("演示") != 1]) == (True, [])
