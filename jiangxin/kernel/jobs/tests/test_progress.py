"""Progress of long work: counted, closed once, cancelled on request."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.jobs import (
    Progress,
    ProgressState,
    advance,
    begin_progress,
    cancelled,
    fail,
    finish,
    request_cancel,
    start_progress,
)

pytestmark = pytest.mark.django_db
BY = SystemActor("test")


@pytest.fixture
def work() -> Progress:
    progress = begin_progress("people.import", label="导入职工", by=BY, total=1000, opath="0001")
    Progress.objects.update(started_at=timezone.now() - dt.timedelta(seconds=10))
    progress.refresh_from_db()
    return progress


def test_the_count_is_written_at_most_twice_a_second_and_whole_at_the_end(work: Progress) -> None:
    advance(work, 100, message="第一批")
    advance(work, 150)

    assert list(Progress.objects.values_list("done", "message")) == [(100, "第一批")]
    finish(work, result="file:1", message="好了")
    assert list(Progress.objects.values_list("done", "state", "result")) == [(250, "done", "file:1")]


def test_rate_and_remaining_time_are_guessed_from_what_is_done(work: Progress) -> None:
    advance(work, 250)
    work.refresh_from_db()

    assert work.percent == 25
    assert work.rate == pytest.approx(25, rel=0.1)
    assert work.seconds_left == pytest.approx(30, abs=4)


def test_without_a_total_there_is_no_percentage() -> None:
    work = begin_progress("x", label="x", by=BY)

    assert (work.percent, work.seconds_left) == (None, None)
    assert begin_progress("x", label="x", by=BY, total=0).percent == 100


def test_closed_work_stays_closed(work: Progress) -> None:
    fail(work, "文件读不出来。")
    finish(work)
    advance(work, 5)

    assert list(Progress.objects.values_list("state", "message", "done")) == [("failed", "文件读不出来。", 0)]


def test_running_work_learns_that_it_should_stop(work: Progress) -> None:
    assert cancelled(work) is False

    request_cancel(work)

    assert cancelled(work) is True
    assert (work.state, work.ended_at is not None) == (ProgressState.CANCELLED, True)


def test_waiting_work_is_cancelled_at_once_and_ended_work_cannot_be() -> None:
    work = begin_progress("x", label="x", by=BY, waiting=True)

    assert request_cancel(work).state == ProgressState.CANCELLED
    with pytest.raises(Refused, match="已经结束"):
        request_cancel(work)


def test_waiting_work_starts_when_its_job_does() -> None:
    work = begin_progress("x", label="x", by=BY, waiting=True)

    start_progress(work, total=7)

    assert (work.state, work.total, work.started_at is not None) == (ProgressState.RUNNING, 7, True)
    assert list(Progress.objects.begun_by("system:test").still_open()) == [work]
