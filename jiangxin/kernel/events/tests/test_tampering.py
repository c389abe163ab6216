"""Every tampering with the log is located: changed, removed, swapped, cut off, slipped in."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiangxin.kernel.events import Event, record_security
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.models import Checkpoint, HashTile, LogEntry, LogHead, PendingEvent
from jiangxin.kernel.events.sequencer import log_tree, sequence
from jiangxin.kernel.events.tests.logs import findings, write
from jiangxin.kernel.events.verify import LogReport, verify_log


@pytest.mark.usefixtures("log")
def test_an_untouched_log_verifies() -> None:
    report = verify_log()

    assert (report.ok, report.size, report.checkpoints, report.pending) == (True, 6, 1, 0)


@pytest.mark.django_db
def test_an_empty_log_verifies_and_has_no_checkpoint(home: Path) -> None:
    assert make_checkpoint() is None
    assert verify_log().ok


def test_a_changed_row_is_located(log: list[Event]) -> None:
    with unlocked():
        Event.objects.filter(pk=log[3].pk).update(actor="system:tset")

    report = verify_log()

    assert [(found.kind, found.sequence) for found in report.findings] == [("changed", 3)]
    assert report.findings[0].sentence == "第 3 条的内容在记入之后被改动。"


def test_a_removed_row_is_located(log: list[Event]) -> None:
    with unlocked():
        Event.objects.filter(pk=log[2].pk).delete()

    assert findings() == [("removed", 2)]


def test_a_row_removed_with_its_number_is_located(log: list[Event]) -> None:
    with unlocked():
        Event.objects.filter(pk=log[2].pk).delete()
        LogEntry.objects.filter(sequence=2).delete()

    assert findings() == [("removed", 2)]


def test_a_row_removed_while_it_waited_is_located(log: list[Event]) -> None:
    late = record_security("test.late")
    with unlocked():
        Event.objects.filter(pk=late.pk).delete()
    sequence()

    assert findings() == [("removed", 6)]


def test_a_swapped_pair_is_located(log: list[Event]) -> None:
    with unlocked():
        LogEntry.objects.filter(sequence=1).update(event_id=0)
        LogEntry.objects.filter(sequence=4).update(event_id=log[1].pk)
        LogEntry.objects.filter(sequence=1).update(event_id=log[4].pk)

    assert findings() == [("swapped", 1), ("swapped", 4)]


def _cut(size: int) -> None:
    """Cut the log to `size` entries so that the database agrees with itself."""
    with unlocked():
        gone = LogEntry.objects.filter(sequence__gte=size)
        Event.objects.filter(pk__in=list(gone.values_list("event_id", flat=True))).delete()
        gone.delete()
        Checkpoint.objects.filter(size__gt=size).delete()
    tile = HashTile.objects.get(level=0, index=0)
    HashTile.objects.filter(pk=tile.pk).update(hashes=bytes(tile.hashes)[: size * 32])
    LogHead.objects.update(size=size)
    LogHead.objects.update(root=log_tree().root())


@pytest.mark.usefixtures("log")
def test_a_cut_tail_is_located_by_the_exported_checkpoint() -> None:
    _cut(4)

    report = verify_log()

    assert [(found.kind, found.sequence) for found in report.findings] == [("cut_tail", 4)]
    assert report.findings[0].sentence == "日志从第 4 条起被截断：签名检查点记有 6 条。"


@pytest.mark.usefixtures("log")
def test_a_tail_cut_and_grown_again_is_located_between_two_checkpoints(home: Path) -> None:
    write(3)
    make_checkpoint()
    _cut(7)
    write(4)
    sequence()

    assert findings() == [("rewritten", 6)]


@pytest.mark.usefixtures("log")
def test_an_event_slipped_past_the_trigger_is_found() -> None:
    record_security("test.slipped")
    PendingEvent.objects.all().delete()

    assert findings() == [("unlisted", -1)]


@pytest.mark.usefixtures("log")
def test_a_damaged_tile_is_found_and_the_rows_still_hold_against_the_checkpoint() -> None:
    HashTile.objects.update(hashes=b"")

    assert findings() == [("broken_tile", number) for number in range(6)]


@pytest.mark.usefixtures("log")
def test_a_false_root_is_found() -> None:
    LogHead.objects.update(root=bytes(32))

    assert findings() == [("rewritten", -1)]


@pytest.mark.django_db
def test_verification_reports_how_far_it_is_and_every_one_of_many_changes(home: Path) -> None:
    events = write(300)
    sequence()
    with unlocked():
        Event.objects.filter(pk__in=[event.pk for event in events[:110]]).update(actor="system:tset")
    told: list[tuple[int, int]] = []

    report = verify_log(progress=lambda done, total: told.append((done, total)))

    assert [(found.kind, found.sequence) for found in report.findings] == [("changed", n) for n in range(110)]
    assert told == [(256, 300), (300, 300)]


def test_a_report_stops_at_a_thousand_findings() -> None:
    report = LogReport()
    for number in range(1500):
        report.add("changed", number, "")

    assert len(report.findings) == 1000
