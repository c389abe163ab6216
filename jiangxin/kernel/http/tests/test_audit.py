"""The log's page: for the audit administrator alone, read-only, with a proof that others can check."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from django.utils import timezone

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, make_checkpoint, record_security
from jiangxin.kernel.events.merkle import check_inclusion, leaf_hash
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree

pytestmark = pytest.mark.django_db
BY = SystemActor("audit-test")


@pytest.fixture
def tree() -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def auditor(tree: dict[str, Org]) -> Client:
    return browser(make_officer("audit_admin", tree["national"], "auditor"))


def _names(answer: object) -> list[str]:
    return [event.name for event, _number in answer.context["entries"]]  # type: ignore[attr-defined]


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
    assert json.loads(proof["entry"])["uid"] == event.uid
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


LIST_QUERIES = 8
