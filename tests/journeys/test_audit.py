"""The log's page: for the audit administrator alone, read-only, with a proof that others can check."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, make_checkpoint, record_security
from jiangxin.kernel.events.merkle import check_inclusion, leaf_hash
from jiangxin.kernel.events.wording import digest
from jiangxin.kernel.http import audit
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BY = SystemActor("audit-test")


@pytest.fixture
def tree() -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def auditor(tree: dict[str, Org]) -> Client:
    return browser(make_officer("audit_admin", tree["national"], "auditor"))


def _names(answer: object) -> list[str]:
    return [event.name for event, _title, _number in answer.context["entries"]]  # type: ignore[attr-defined]


def test_only_the_audit_administrator_reads_the_log(tree: dict[str, Org], auditor: Client) -> None:
    others = [
        make_officer(role, tree["national"]) for role in ("system_admin", "security_admin", "city_officer")
    ]

    assert auditor.get("/work/audit/").status_code == 200
    assert [browser(user).get("/work/audit/").status_code for user in (*others, make_user())] == [404] * 4
    assert Client().get("/work/audit/").status_code == 302


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "test.a"}, ["test.a"]),
        ({"actor": "system:audit-test"}, ["test.b", "test.a"]),
        ({"thing": "accounts.user", "q": "test."}, ["test.b"]),
        ({"thing": "accounts.user/nobody"}, []),
        ({"kind": "security", "q": "test."}, ["test.b", "test.a"]),
        ({"kind": "reading"}, []),
        ({"since": "2999-01-01"}, []),
        ({"until": "2001-01-01"}, []),
        ({"q": "test.", "since": "nonsense"}, ["test.b", "test.a"]),
    ],
)
def test_entries_are_found_by_what_is_known_of_them(
    auditor: Client, query: dict[str, str], expected: list[str]
) -> None:
    record_security("test.a", by=BY)
    record_security("test.b", User.objects.get(username="auditor"), by=BY)

    assert _names(auditor.get("/work/audit/", query)) == expected


def test_an_entry_is_told_and_found_in_words(auditor: Client) -> None:
    told = record_security("events.log_exported", by=BY)
    record_security("test.a", by=BY)

    answer = auditor.get("/work/audit/", {"q": "导出了操作"})
    page = auditor.get(f"/work/audit/{told.uid}/").content.decode()

    assert [title for _event, title, _number in answer.context["entries"]] == ["导出了操作日志"]
    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", page) == ["导出了操作日志"]
    assert re.findall(r"<code>(events\.[^<]*)</code>", page) == ["events.log_exported"]


def test_the_log_is_paged_without_gap_or_repeat(auditor: Client) -> None:
    for number in range(120):
        record_security(f"test.n{number}", by=BY)
    seen, address = [], "?q=test."
    while address:
        answer = auditor.get(f"/work/audit/{address}")
        seen += _names(answer)
        address = answer.context["older"]

    assert seen == [f"test.n{number}" for number in reversed(range(120))]


def test_a_proof_holds_for_whoever_checks_it(auditor: Client) -> None:
    event = record_security("test.a", by=BY)
    page = f"/work/audit/{event.uid}/"
    before = auditor.get(page).context["proof"]
    make_checkpoint()

    shown = auditor.get(page)
    proof = json.loads(auditor.get(page, {"format": "json"}).content)

    assert (before, shown.context["proof"].holds) == (None, True)
    path = [bytes.fromhex(step) for step in proof["path"]]
    check_inclusion(
        leaf_hash(proof["entry"].encode()), proof["number"], proof["size"], path, bytes.fromhex(proof["root"])
    )
    entry = json.loads(proof["entry"])
    salt, word = proof["words"]["actor_label"]
    assert (entry["uid"], word) == (event.uid, event.actor_label)
    assert entry["actor_label"] == {"sha256": digest("actor_label", word, salt)}
    assert proof["checkpoint"].splitlines()[1] == str(proof["size"])


def test_an_export_is_neutral_complete_and_in_the_log_itself(auditor: Client) -> None:
    record_security("test.a", by=BY, reason="=1+1")
    record_security("other.b", by=BY)

    answer = auditor.post("/work/audit/export/", {"q": "test."})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    line, head, *rows = csv.reader(io.StringIO(text))

    assert ("密级" in line[0], head[4], len(rows)) == (True, "名称", 1)
    assert (rows[0][4], rows[0][11]) == ("test.a", "'=1+1")
    exported = Event.objects.get(name="events.log_exported")
    assert exported.payload == {"filters": {"q": "test."}}
    assert str(timezone.localdate().year) in answer["Content-Disposition"]


def test_nothing_on_the_page_changes_the_log(auditor: Client) -> None:
    event = record_security("test.a", by=BY)

    answers = [
        getattr(auditor, method)(f"/work/audit/{event.uid}/").status_code
        for method in ("post", "put", "delete")
    ]

    assert answers == [405, 405, 405]
    assert [auditor.get(f"/work/audit/{uid}/").status_code for uid in ("0" * 26, event.uid)] == [404, 200]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    auditor: Client, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        record_security(f"test.n{number}", by=BY)
    auditor.get("/work/audit/")

    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
        auditor.get("/work/audit/", {"q": "test."})


LIST_QUERIES = 10


def test_an_export_holds_every_entry_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "A_PIECE", 3)
    moment = timezone.now()
    for number in range(8):
        Event.objects.create(kind="security", name=f"test.n{number % 2}", actor="system:test", at=moment)

    by_number = [row["name"] for row in audit.rows_of(audit.entries_found({"actor": "system:test"}))]
    by_time = [row["name"] for row in audit.rows_of(audit.entries_found({"q": "test."}))]

    assert by_number == by_time == ["test.n1", "test.n0"] * 4


def test_a_page_follows_another_when_days_are_asked_for(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiangxin.kernel.http.views.audit.A_PAGE", 2)
    now = timezone.now()
    for number in (3, 1, 2):  # the clock was set in between
        at = now - timedelta(minutes=number)
        Event.objects.create(kind="security", name=f"test.n{number}", actor="system:test", at=at)
    wanted = {"since": str(timezone.localdate(now - timedelta(minutes=5))), "actor": "system:test"}

    first = auditor.get("/work/audit/", wanted)
    second = auditor.get(f"/work/audit/{first.context['older']}")

    shown = [
        [event.name for event, _title, _number in answer.context["entries"]] for answer in (first, second)
    ]
    assert shown == [["test.n1", "test.n2"], ["test.n3"]]


def test_a_page_after_a_strange_place_is_calm(auditor: Client) -> None:
    record_security("test.a", by=BY)

    found = [len(auditor.get("/work/audit/", {"before": each}).context["entries"]) for each in ("0", "x", "")]

    assert found[0] == found[1] == found[2] > 0


def test_the_names_in_the_log_are_told_in_one_question(django_assert_num_queries: object) -> None:
    for name in ("test.b", "test.a", "test.b"):
        record_security(name, by=BY)

    with django_assert_num_queries(1):  # type: ignore[operator]
        names = Event.objects.all().names()

    assert [name for name in names if name.startswith("test.")] == ["test.a", "test.b"]


def test_an_entry_that_no_checkpoint_covers_is_shown_and_has_no_proof_to_save(auditor: Client) -> None:
    event = record_security("test.fresh", by=BY)

    answers = [auditor.get(f"/work/audit/{event.uid}/", query) for query in ({}, {"format": "json"})]

    assert [answer.status_code for answer in answers] == [200, 404]
