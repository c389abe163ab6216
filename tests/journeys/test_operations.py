"""The operator's page: what is dead with its reason, and a way to try again that stands in the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.events.models import ReceiptState
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.jobs.actions import revive_job
from jiangxin.kernel.jobs.jobs import keep_terms
from jiangxin.kernel.jobs.keeping import standings
from jiangxin.kernel.jobs.operations import count_dead
from jiangxin.kernel.jobs.tests.dead_work import dead_job, dead_receipt
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import ask_right, refuse_right
from jiangxin.people.models import RightsRequest
from jiangxin.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
SYSTEM = SystemActor("test")
PAGE, TERMS = "/work/operations/", "/work/operations/terms/"


@pytest.fixture
def tree() -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def operator(tree: dict[str, Org]) -> Client:
    return browser(make_officer("system_admin", tree["national"], "operator"))


def test_only_the_system_administrator_sees_operations(tree: dict[str, Org], operator: Client) -> None:
    others = [
        make_officer(role, tree["national"]) for role in ("audit_admin", "security_admin", "city_officer")
    ]

    assert operator.get(PAGE).status_code == 200
    assert [browser(user).get(PAGE).status_code for user in (*others, make_user())] == [404] * 4
    assert Client().get(PAGE).status_code == 302


def test_dead_work_is_shown_with_its_reason(operator: Client) -> None:
    dead_job()
    dead_receipt()

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
    job, receipt = dead_job(), dead_receipt()

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


def test_others_cannot_revive(tree: dict[str, Org]) -> None:
    job = dead_job()
    officer = make_officer("city_officer", tree["city"])

    assert browser(officer).post(f"{PAGE}jobs/{job.pk}/revive/").status_code == 404
    with pytest.raises(Refused):
        revive_job(job, by=officer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(
    operator: Client, count: int, django_assert_num_queries: object
) -> None:
    for _number in range(count):
        dead_job()
        dead_receipt()
    operator.get(PAGE)

    with django_assert_num_queries(PAGE_QUERIES):  # type: ignore[operator]
        operator.get(PAGE)


def test_the_operator_sees_what_would_end_and_nothing_is_changed() -> None:
    tree = make_tree()
    page = browser(make_officer("system_admin", tree["national"], "operator")).get(TERMS)
    officer = browser(make_officer("city_officer", tree["city"]))

    assert page.status_code == 200
    assert {each.retention.code for each in page.context["standings"]} == set(retentions())
    assert [each.due for each in standings()] == [0] * len(retentions())
    assert not Event.objects.filter(name="jobs.term_kept").exists()
    assert (officer.get(TERMS).status_code, Client().get(TERMS).status_code) == (404, 302)


def test_the_operator_reads_by_number_what_a_term_would_end_and_what_its_last_run_ended(
    operator: Client,
) -> None:
    asked = ask_right(PersonFactory(name="林小满"), kind="limit", by=SYSTEM)
    refuse_right(asked, answer="材料不全，请补充。", by=SYSTEM)
    RightsRequest.objects.update(decided_at=timezone.now() - timedelta(days=4 * 365))
    before = operator.get(TERMS, {"term": "people.requests"})
    keep_terms.enqueue()
    drain()
    after = operator.get(TERMS, {"term": "people.requests"})

    ended = {each.retention.code: each.last_ended for each in after.context["standings"]}
    assert [number for number, _kind in before.context["rows"]] == [asked.uid]
    assert (ended["people.requests"], after.context["rows"]) == (1, [])
    assert "林小满" not in before.content.decode()


PAGE_QUERIES = 23
