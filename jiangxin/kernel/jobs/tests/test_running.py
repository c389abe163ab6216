"""Jobs: in the transaction, once, again after failure, dead at last and visible."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs import Progress, ProgressState, health, job, registered_jobs
from jiangxin.kernel.jobs.models import Worker
from jiangxin.kernel.jobs.registry import FIRST_WAIT, LONGEST_WAIT, wait_before
from jiangxin.kernel.jobs.running import (
    LONGEST_TRACE,
    LostClaim,
    _claim,
    _hold,
    mend_clock,
    release_jobs,
    revive,
    run_next,
)
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.privacy.discretion import HIDDEN

pytestmark = pytest.mark.django_db


def traces() -> list[str]:
    return list(Event.objects.filter(name__startswith="trace").order_by("id").values_list("name", flat=True))


def only() -> DBTaskResult:
    return DBTaskResult.objects.get()


def run_for_hours(turns: int) -> list[bool]:
    """Look for work every two hours."""
    ran = []
    with time_machine.travel(timezone.now(), tick=True) as clock:
        for _turn in range(turns):
            ran.append(run_next("W1"))
            clock.shift(dt.timedelta(hours=2))
    return ran


def test_a_job_runs_once_and_its_answer_is_kept() -> None:
    sample_jobs.leave_trace.enqueue(word="a")

    assert (run_next("W1"), run_next("W1")) == (True, False)
    assert traces() == ["trace a"]
    assert (only().status, only().return_value) == (TaskResultStatus.SUCCESSFUL, "a")


def test_a_job_enqueued_in_a_transaction_that_fails_never_runs() -> None:
    def change_mind() -> None:
        with transaction.atomic():
            sample_jobs.leave_trace.enqueue(word="a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_mind()
    assert run_next("W1") is False


def test_a_failing_job_leaves_no_effect_waits_longer_each_time_and_dies() -> None:
    sample_jobs.stumble.enqueue(word="a")

    assert run_for_hours(5) == [True, True, True, False, False]
    assert traces() == []
    assert (only().status, len(only().worker_ids)) == (TaskResultStatus.FAILED, 3)
    assert only().traceback.endswith("ValueError: stumbled\n")


def test_what_is_kept_of_an_error_names_nobodys_number_neither_while_it_waits_nor_dead() -> None:
    sample_jobs.blurt.enqueue()

    kept = [
        (run_for_hours(1), only().status, only().traceback),
        (run_for_hours(3), only().status, only().traceback),
    ]

    assert [status for _ran, status, _trace in kept] == [TaskResultStatus.READY, TaskResultStatus.FAILED]
    for _ran, _status, trace in kept:
        assert len(trace) == LONGEST_TRACE
        assert trace.count(HIDDEN) == 2
        assert [number for number in (sample_jobs.NUMBER, sample_jobs.MOBILE) if number[-8:] in trace] == []


def test_a_failed_job_is_not_tried_again_before_its_time() -> None:
    sample_jobs.stumble.enqueue(word="a")

    assert (run_next("W1"), run_next("W1")) == (True, False)
    assert dt.timedelta(seconds=9) < only().run_after - timezone.now() < dt.timedelta(seconds=13)


def test_the_wait_doubles_up_to_an_hour() -> None:
    for attempt in (1, 2, 5, 40, 4000):
        plain = min(FIRST_WAIT * 2 ** min(attempt - 1, 20), LONGEST_WAIT)
        assert plain <= wait_before(attempt) <= plain * 1.25


def test_a_dead_job_closes_the_progress_it_left_open() -> None:
    sample_jobs.step_by_step.enqueue()

    run_for_hours(3)

    assert set(Progress.objects.values_list("state", flat=True)) == {ProgressState.FAILED}
    assert Progress.objects.first().message == "这项工作多次失败，已停止。系统管理员可以查看原因。"


def test_a_refused_job_is_not_tried_again_and_the_refusal_is_logged() -> None:
    sample_jobs.be_refused.enqueue()

    assert run_for_hours(3) == [True, False, False]
    assert only().status == TaskResultStatus.FAILED
    assert Event.objects.filter(kind="refusal").count() == 1


def test_an_answer_that_is_no_json_fails_the_job_with_its_effect() -> None:
    sample_jobs.answer_oddly.enqueue()

    run_next("W1")

    assert (only().status, traces()) == (TaskResultStatus.FAILED, [])


def test_a_job_that_leaves_the_process_fails_and_the_worker_stays() -> None:
    sample_jobs.leave.enqueue()

    assert run_next("W1") is True
    assert only().exception_class_path == "builtins.SystemExit"


def test_a_job_that_is_no_longer_in_the_code_is_dead_at_once() -> None:
    sample_jobs.leave_trace.enqueue(word="a")
    DBTaskResult.objects.update(task_path="jiangxin.kernel.jobs.tests.sample_jobs.gone")

    assert run_next("W1") is True
    assert only().status == TaskResultStatus.FAILED


def test_the_job_of_a_dead_worker_is_taken_again() -> None:
    sample_jobs.leave_trace.enqueue(word="a")
    _claim("W1")

    assert (run_next("W2"), release_jobs({"W3"}), release_jobs({"W1"})) == (False, 0, 1)
    assert run_next("W2") is True
    assert traces() == ["trace a"]


def test_a_job_that_kills_every_worker_ends_dead() -> None:
    sample_jobs.kill_the_worker.enqueue()

    for _turn in range(2):
        _claim("W1")
        release_jobs({"W1"})

    assert only().status == TaskResultStatus.FAILED


def test_a_job_taken_away_has_no_effect_where_it_was() -> None:
    sample_jobs.leave_trace.enqueue(word="a")
    claimed = _claim("W1")
    release_jobs({"W1"})

    with pytest.raises(LostClaim):
        _hold(claimed)


def test_a_job_lost_while_it_runs_is_left_to_the_other_worker() -> None:
    sample_jobs.lose_the_claim.enqueue()

    assert run_next("W1") is True
    assert (traces(), only().status) == ([], TaskResultStatus.RUNNING)


def test_a_task_of_a_library_runs_once_and_is_not_tried_again() -> None:
    sample_jobs.plain_task.enqueue("a")

    assert (run_next("W1"), traces(), only().status) == (True, ["trace a"], TaskResultStatus.SUCCESSFUL)


def test_a_dead_workers_job_that_left_the_code_is_buried() -> None:
    sample_jobs.leave_trace.enqueue(word="a")
    _claim("W1")
    DBTaskResult.objects.update(task_path="jiangxin.kernel.jobs.tests.sample_jobs.gone")

    assert release_jobs({"W1"}) == 1
    assert only().status == TaskResultStatus.FAILED


def test_a_dead_job_can_be_revived() -> None:
    sample_jobs.be_refused.enqueue()
    run_next("W1")
    pk = str(only().pk)

    assert (revive(pk), revive(pk)) == (True, False)
    assert run_next("W1") is True


def test_a_clock_set_back_does_not_hold_a_retry_for_ever() -> None:
    sample_jobs.stumble.enqueue(word="a")
    run_next("W1")
    DBTaskResult.objects.update(run_after=timezone.now() + dt.timedelta(days=400))

    assert (run_next("W1"), mend_clock(), run_next("W1")) == (False, 1, True)


def test_a_job_put_off_on_purpose_is_left_alone() -> None:
    later = timezone.now() + dt.timedelta(days=400)
    sample_jobs.leave_trace.using(run_after=later).enqueue(word="a")

    assert (mend_clock(), run_next("W1")) == (0, False)


def test_two_jobs_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="two jobs are called"):
        job("test.leave_trace")(test_two_jobs_cannot_share_a_name)
    assert registered_jobs()["test.leave_trace"] == sample_jobs.leave_trace


def test_health_tells_queue_age_beat_and_dead_jobs() -> None:
    assert health() == {
        "ok": False,
        "last_beat_seconds": None,
        "queued": 0,
        "oldest_waiting_seconds": 0,
        "dead": 0,
    }
    Worker.objects.create(pid=1, seen_at=timezone.now() - dt.timedelta(seconds=7))
    sample_jobs.be_refused.enqueue()
    run_next("W1")
    sample_jobs.leave_trace.enqueue(word="a")
    DBTaskResult.objects.filter(status="READY").update(enqueued_at=timezone.now() - dt.timedelta(seconds=90))

    assert health() == {
        "ok": True,
        "last_beat_seconds": 7,
        "queued": 1,
        "oldest_waiting_seconds": 90,
        "dead": 1,
    }
