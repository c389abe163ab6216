"""The operator's page: what is dead with its reason, and a way to try again that stands in the log."""

from __future__ import annotations

import pytest
from django.test import Client
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event, record_security
from jiangxin.kernel.events.models import Receipt, ReceiptState
from jiangxin.kernel.jobs.actions import revive_job, revive_reaction
from jiangxin.kernel.jobs.operations import count_dead, last_line
from jiangxin.kernel.jobs.running import run_next
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree

pytestmark = pytest.mark.django_db
PAGE = "/work/operations/"


@pytest.fixture
def tree() -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def operator(tree: dict[str, Org]) -> Client:
    return browser(make_officer("system_admin", tree["national"], "operator"))


def _die() -> DBTaskResult:
    sample_jobs.leave.enqueue()
    run_next("W1")
    return DBTaskResult.objects.latest("enqueued_at")


def _dead_receipt() -> Receipt:
    event = record_security("test.cause", by=SystemActor("test"))
    return Receipt.objects.create(
        event_id=event.pk,
        sequence=7,
        reaction=f"test.reaction{event.pk}",
        state=ReceiptState.DEAD,
        attempts=6,
        error="Traceback\nValueError: no such place\n",
    )


def test_only_the_system_administrator_sees_operations(tree: dict[str, Org], operator: Client) -> None:
    others = [
        make_officer(role, tree["national"]) for role in ("audit_admin", "security_admin", "city_officer")
    ]

    assert operator.get(PAGE).status_code == 200
    assert [browser(user).get(PAGE).status_code for user in (*others, make_user())] == [404] * 4
    assert Client().get(PAGE).status_code == 302


def test_dead_work_is_shown_with_its_reason(operator: Client) -> None:
    _die()
    _dead_receipt()

    shown = operator.get(PAGE).content.decode()

    assert ("SystemExit: 3" in shown, "ValueError: no such place" in shown, "test.cause" in shown) == (
        True,
        True,
        True,
    )
    assert count_dead(SystemActor("test")) == 2


def test_a_quiet_house_says_so(operator: Client) -> None:
    shown = operator.get(PAGE).content.decode()

    assert ("没有停止的工作" in shown, "没有停止的通知" in shown) == (True, True)


def test_dead_work_is_tried_again_and_the_log_says_by_whom(operator: Client) -> None:
    job, receipt = _die(), _dead_receipt()

    answers = [
        operator.post(f"{PAGE}jobs/{job.pk}/revive/").status_code,
        operator.post(f"{PAGE}reactions/{receipt.pk}/revive/").status_code,
        operator.post(f"{PAGE}jobs/{job.pk}/revive/").status_code,
        operator.post(f"{PAGE}reactions/{receipt.pk}/revive/").status_code,
    ]

    job.refresh_from_db()
    receipt.refresh_from_db()
    assert answers == [302, 302, 404, 404]
    assert (job.status, receipt.state, receipt.attempts) == (TaskResultStatus.READY, ReceiptState.WAITING, 0)
    entries = Event.objects.filter(name="jobs.revive_work").values_list("actor_label", flat=True)
    assert list(entries) == ["operator", "operator"]


def test_whoever_comes_second_is_told_so() -> None:
    job, receipt, by = _die(), _dead_receipt(), SystemActor("test")
    revive_job(job, by=by)
    revive_reaction(receipt, by=by)

    for again in (lambda: revive_job(job, by=by), lambda: revive_reaction(receipt, by=by)):
        with pytest.raises(Refused, match="已经在重试"):
            again()


def test_others_cannot_revive(tree: dict[str, Org]) -> None:
    job = _die()
    officer = make_officer("city_officer", tree["city"])

    assert browser(officer).post(f"{PAGE}jobs/{job.pk}/revive/").status_code == 404
    with pytest.raises(Refused):
        revive_job(job, by=officer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    operator: Client, count: int, django_assert_num_queries: object
) -> None:
    for _number in range(count):
        _die()
        _dead_receipt()
    operator.get(PAGE)

    with django_assert_num_queries(PAGE_QUERIES):  # type: ignore[operator]
        operator.get(PAGE)


@pytest.mark.parametrize(("trace", "line"), [("", ""), ("a\nb\n", "b"), ("  \n", ""), ("x" * 400, "x" * 300)])
def test_the_last_line_names_the_error(trace: str, line: str) -> None:
    assert last_line(trace) == line


PAGE_QUERIES = 23
