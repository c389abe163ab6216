"""Terms of keeping: what is past its time ends in counted batches, what is needed stays, a stopped run loses nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.access import Anonymous, Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs import actions, drain, registered_schedules
from jiangxin.kernel.jobs.jobs import keep_terms, let_terms_go, measure_tables
from jiangxin.kernel.jobs.keeping import KEEPER, end_due
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.jobs.tests.sample_terms import NEEDED, STUMBLING, WORK
from jiangxin.kernel.modules import Module
from jiangxin.kernel.privacy.purposes import Basis, Purpose
from jiangxin.kernel.privacy.retention import in_words, retentions, terms_nobody_keeps
from jiangxin.kernel.search import engine
from jiangxin.kernel.search.tests.blocks import terms_in_blocks
from jiangxin.kernel.search.tests.shelf import RARE
from jiangxin.kernel.states.models import Step

pytestmark = pytest.mark.django_db


def _work(ended_at: datetime, label: str = "") -> Progress:
    return Progress.objects.create(kind="test", label=label, actor="system:test", ended_at=ended_at)


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _told() -> list[tuple[str, int]]:
    told = Event.objects.filter(name="jobs.term_kept").order_by("id")
    return [(event.payload["retention"], event.payload["ended"]) for event in told]


def test_only_what_is_past_its_term_ends_and_the_log_counts_it() -> None:
    old, young = _work(_ago(731)), _work(_ago(729))

    assert end_due(WORK) == 1
    assert list(Progress.objects.all()) == [young]
    assert _told() == [("test.work", 1)]
    assert old.pk != young.pk


def test_a_run_that_finds_nothing_is_told_too() -> None:
    assert end_due(WORK) == 0
    assert _told() == [("test.work", 0)]


def test_rows_still_needed_are_passed_over_without_end() -> None:
    for label in ("", NEEDED, "", "", NEEDED):
        _work(_ago(800), label)

    assert end_due(WORK) == 3
    assert set(Progress.objects.values_list("label", flat=True)) == {NEEDED}


def test_every_night_the_search_index_lets_go_of_what_was_taken_out_of_it() -> None:
    engine().index([RARE])
    engine().remove(RARE.kind, [RARE.object_id])

    let_terms_go.enqueue()
    drain()

    assert "jobs.let_terms_go" in registered_schedules()
    assert DBTaskResult.objects.successful().filter(task_path__endswith="let_terms_go").count() == 1
    assert connection.vendor != "sqlite" or terms_in_blocks() == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL measures by itself")
def test_every_hour_the_planner_learns_how_large_tables_are() -> None:
    _work(_ago(1))

    measure_tables.enqueue()
    drain()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [Progress._meta.db_table])
        assert cursor.fetchone()[0] > 0
    assert "jobs.measure_tables" in registered_schedules()


def test_batches_are_counted_one_by_one() -> None:
    for _ in range(5):
        _work(_ago(800))
    at = timezone.now()

    ended, last = actions.end_batch(retention=WORK, at=at, after=0, by=KEEPER, limit=3)
    rest = actions.end_batch(retention=WORK, at=at, after=last, by=KEEPER, limit=3)

    assert (ended, rest[0]) == (3, 2)
    assert _told() == [("test.work", 3), ("test.work", 2)]


def test_a_run_stopped_in_the_middle_keeps_what_it_counted_and_goes_on_later() -> None:
    first, second = _work(_ago(100)), _work(_ago(100), NEEDED)
    at = timezone.now()
    actions.end_batch(retention=STUMBLING, at=at, after=0, by=KEEPER, limit=1)

    with pytest.raises(OSError, match="stopped"):
        end_due(STUMBLING)

    assert list(Progress.objects.all()) == [second]
    assert _told() == [("test.stumbling", 1)]
    Progress.objects.filter(pk=second.pk).update(label="")
    assert end_due(STUMBLING) == 1
    assert first.pk != second.pk


def test_the_history_of_states_goes_with_the_row() -> None:
    gone, kept = _work(_ago(800)), _work(_ago(800), NEEDED)
    for row in (gone, kept):
        Step.objects.create(
            object_type="jobs.progress", object_id=str(row.pk), flow="f", move="m", source="a", target="b"
        )

    end_due(WORK)

    assert list(Step.objects.values_list("object_id", flat=True)) == [str(kept.pk)]


def test_nobody_without_the_permission_ends_anything() -> None:
    with pytest.raises(Refused):
        end_due(WORK, by=Anonymous())


@pytest.mark.parametrize(("days", "words"), [(365, "1 年"), (1095, "3 年"), (90, "90 天"), (400, "400 天")])
def test_terms_are_said_in_whole_years_or_days(days: int, words: str) -> None:
    assert in_words(timedelta(days=days)) == words


def test_a_stated_term_without_a_keeper_is_named() -> None:
    stated = Purpose("jobs.Progress", ("label",), "", Basis.LEGAL_DUTY, timedelta(days=730), ())
    shorter = Purpose("jobs.Progress", ("label",), "", Basis.LEGAL_DUTY, timedelta(days=30), ())
    module = Module(app="test", title="", purposes=(stated, shorter), retentions=(WORK,))

    assert terms_nobody_keeps([module]) == ["jobs.Progress: 30"]


def test_one_code_is_declared_once() -> None:
    module = Module(app="test", title="", retentions=(WORK, WORK))

    with pytest.raises(ValueError, match=r"test\.work"):
        retentions([module])


def test_every_night_each_declared_term_is_kept() -> None:
    assert registered_schedules()["jobs.keep_terms"].daily is not None
    keep_terms.enqueue()

    drain()

    assert sorted(code for code, _ in _told()) == sorted(retentions())
