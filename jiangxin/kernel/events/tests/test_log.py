"""The numbered log: nothing skipped, nothing doubled, every tampering located."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from jiangxin.kernel.events import Event, log_health, record_security
from jiangxin.kernel.events import offline as offline_module
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.events.checkpoints import checkpoint_folder, export_checkpoint, make_checkpoint
from jiangxin.kernel.events.entries import entry_bytes, event_rows
from jiangxin.kernel.events.export import export_log
from jiangxin.kernel.events.keys import _create, log_signer, log_verifiers
from jiangxin.kernel.events.merkle import check_consistency, check_inclusion, leaf_hash
from jiangxin.kernel.events.models import Checkpoint, HashTile, LogEntry, LogHead, PendingEvent
from jiangxin.kernel.events.notes import BadNote, Note, Verifier, read_note
from jiangxin.kernel.events.sequencer import log_tree, sequence
from jiangxin.kernel.events.verify import LogReport, verify_log


def write(count: int) -> list[Event]:
    return Event.objects.bulk_create(
        [Event(kind="security", name=f"test.event_{n}", actor="system:test") for n in range(count)]
    )


@pytest.fixture
def log(db: None, home: Path) -> list[Event]:
    """Six numbered events under a signed checkpoint."""
    events = write(6)
    make_checkpoint()
    return events


def findings() -> list[tuple[str, int]]:
    return [(finding.kind, finding.sequence) for finding in verify_log().findings]


@pytest.mark.django_db
def test_events_get_numbers_without_gaps_in_batches(home: Path) -> None:
    write(25)

    numbered = [sequence(limit=10) for _turn in range(4)]

    assert numbered == [10, 10, 5, 0]
    assert list(LogEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(25))
    assert PendingEvent.objects.count() == 0


@pytest.mark.django_db
def test_every_entry_is_proved_and_every_length_continues_the_one_before(home: Path) -> None:
    write(300)
    sequence()
    first_root = log_tree().root()
    write(7)
    sequence()
    tree = log_tree()

    entry = LogEntry.objects.get(sequence=258)
    leaf = leaf_hash(entry_bytes(258, event_rows([entry.event_id])[entry.event_id]))

    check_inclusion(leaf, 258, 307, tree.inclusion(258), tree.root())
    check_consistency(300, 307, tree.consistency(300), first_root, tree.root())
    assert str(entry) == f"258: {entry.event_id}"
    assert bytes(LogHead.objects.get().root) == tree.root()
    assert tree.leaf(258) == leaf


@pytest.mark.django_db
@pytest.mark.parametrize("value", [2**60, "\ud83d", {"\ud83d": 1.5}])
def test_a_value_no_canonical_form_holds_does_not_stop_the_log(home: Path, value: object) -> None:
    if connection.vendor == "postgresql" and value != 2**60:
        pytest.skip("PostgreSQL refuses half a surrogate pair itself")
    Event.objects.create(kind="security", name="test.odd", actor="system:test", payload={"value": value})

    assert sequence() == 1
    assert verify_log().ok


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


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n6\n", "\n7\n"),
        lambda text: text.replace("time 2", "time 3"),
        lambda text: text.partition("\n\n")[0],
        lambda text: "",
        lambda text: text[:-20] + "\n",
    ],
)
def test_an_altered_checkpoint_is_refused(home: Path, spoil: Callable[[str], str]) -> None:
    path = checkpoint_folder() / "000000000006.checkpoint"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")

    assert findings() == [("bad_checkpoint", -1)]


@pytest.mark.usefixtures("log")
def test_a_checkpoint_of_a_stranger_is_refused(home: Path) -> None:
    text = (checkpoint_folder() / "000000000006.checkpoint").read_text(encoding="utf-8")
    (home / "keys" / "log.key").unlink()
    stranger = log_signer().verifier()

    assert [verifier.name == stranger.name for verifier in log_verifiers()] == [False, True]
    with pytest.raises(BadNote, match="不是已知的密钥签的"):
        read_note(text, [stranger])
    assert read_note(text, log_verifiers()).size == 6


@pytest.mark.usefixtures("log")
def test_a_broken_public_key_is_a_finding_not_a_crash(home: Path) -> None:
    (home / "keys" / "log.pub").write_text("nonsense\n", encoding="utf-8")

    assert findings() == [("bad_checkpoint", -1)]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a+b", "a+00000000+AQID", "a+00000000+" + "A" * 44])
def test_a_verifier_key_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.read(text)


@pytest.mark.usefixtures("log")
def test_the_signing_key_is_readable_by_its_owner_only(home: Path) -> None:
    assert (home / "keys" / "log.key").stat().st_mode & 0o777 == 0o600
    assert (home / "keys").stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("log")
def test_a_second_checkpoint_of_the_same_log_is_the_first_and_its_file_comes_back(home: Path) -> None:
    first = Checkpoint.objects.get()
    path = export_checkpoint(first)
    path.unlink()

    second = make_checkpoint()

    assert second == first
    assert path.read_text(encoding="utf-8") == first.note


@pytest.mark.usefixtures("log")
def test_health_counts_entries_and_names_the_last_checkpoint() -> None:
    record_security("test.late")

    assert log_health() == {
        "ok": True,
        "entries": 6,
        "pending": 1,
        "reactions_waiting": 0,
        "reactions_dead": 0,
        "last_checkpoint": 6,
    }


def _papers(home: Path) -> list[str]:
    paths = home / "log.jsonl", home / "checkpoints" / "000000000006.checkpoint", home / "keys" / "log.pub"
    return [str(path) for path in paths]


@pytest.mark.usefixtures("log")
def test_the_exported_log_is_checked_without_the_platform(home: Path) -> None:
    write(2)
    sequence()

    assert export_log(home / "log.jsonl") == 8
    command = [sys.executable, "-I", offline_module.__file__, *_papers(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "OK: 6 entries, unchanged and in order\n")


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [
        (
            lambda lines: [lines[0].replace(b"test.", b"tset."), *lines[1:]],
            1,
            "WRONG: the first 6 entries are",
        ),
        (lambda lines: lines[:5], 1, "WRONG: the log ends after 5 entries; the checkpoint counts 6"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1, "WRONG: entry 1 stands where entry 0 should be"),
        (lambda lines: [*lines[:2], *lines[3:]], 1, "WRONG: entry 3 stands where entry 2 should be"),
        (lambda lines: [b"nonsense\n", *lines[1:]], 2, "cannot be read"),
        (lambda lines: [b"[]\n", *lines[1:]], 2, "cannot be read"),
    ],
)
def test_an_altered_export_is_refused(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[list[bytes]], list[bytes]],
    code: int,
    says: str,
) -> None:
    path = home / "log.jsonl"
    export_log(path)
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))

    assert offline_module.main(_papers(home)) == code
    assert capsys.readouterr().err[: len(says)] == says


@pytest.mark.usefixtures("log")
def test_the_offline_check_refuses_a_checkpoint_of_a_stranger(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_log(home / "log.jsonl")
    (home / "keys" / "log.key").unlink()
    (home / "keys" / "log.pub").unlink()
    log_signer()

    assert offline_module.main(_papers(home)) == 1
    assert capsys.readouterr().err == "WRONG: the checkpoint is not signed by a known key\n"


@pytest.mark.usefixtures("log")
def test_the_offline_check_finds_an_altered_checkpoint_and_passes_a_whole_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_log(home / "log.jsonl")
    whole = offline_module.main(_papers(home))
    path = home / "checkpoints" / "000000000006.checkpoint"
    path.write_text(path.read_text(encoding="utf-8").replace("\n6\n", "\n5\n"), encoding="utf-8")

    assert (whole, offline_module.main(_papers(home))) == (0, 1)
    assert capsys.readouterr().out == "OK: 6 entries, unchanged and in order\n"


def test_the_offline_check_refuses_an_empty_log() -> None:
    with pytest.raises(offline_module.Wrong, match="empty"):
        offline_module.root_of(iter(()))


@pytest.mark.parametrize(
    "note",
    [
        Note("log\nnonsense", 6, bytes(32), "t"),
        Note("log", -1, bytes(32), "t"),
        Note("log", 6, bytes(3), "t"),
    ],
)
def test_a_signed_note_that_says_nothing_sensible_is_refused(home: Path, note: Note) -> None:
    signer = log_signer()

    with pytest.raises(BadNote, match="内容读不出来"):
        read_note(signer.sign(note), [signer.verifier()])


def test_signatures_of_others_are_passed_over(home: Path) -> None:
    signer = log_signer()
    text = signer.sign(Note("log", 6, bytes(32), "t"))
    body, gap, line = text.partition("\n\n")
    namesakes = f"\N{EM DASH} {signer.name} AAAA\n\N{EM DASH} {signer.name} !\n\N{EM DASH} other AAAA\n"

    assert read_note(body + gap + namesakes + line, [signer.verifier()]).size == 6


def test_of_two_processes_that_make_the_key_one_wins(home: Path) -> None:
    first = log_signer().verifier()

    _create(home / "keys" / "log.key")

    assert log_signer().verifier() == first
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["log.key", "log.pub"]


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


def test_the_offline_verifier_stays_short() -> None:
    assert len(Path(offline_module.__file__).read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_transactions_that_commit_out_of_order_are_neither_skipped_nor_doubled(home: Path) -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record_security("test.slow")
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    record_security("test.fast")
    first = sequence()
    may_commit.set()
    thread.join()
    second = sequence()

    names = [
        Event.objects.get(pk=pk).name
        for pk in LogEntry.objects.order_by("sequence").values_list("event_id", flat=True)
    ]
    assert (first, second, names) == (1, 1, ["test.fast", "test.slow"])
    assert Event.objects.get(name="test.slow").pk < Event.objects.get(name="test.fast").pk


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_writers_and_many_sequencers_leave_one_log_without_gaps(home: Path) -> None:
    stop = threading.Event()

    def writing() -> None:
        for number in range(40):
            with transaction.atomic():
                write(1 + number % 3)
        connection.close()

    def numbering() -> None:
        while not stop.is_set():
            sequence(limit=7)
        connection.close()

    writers = [threading.Thread(target=writing) for _each in range(3)]
    sequencers = [threading.Thread(target=numbering) for _each in range(2)]
    for thread in [*writers, *sequencers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sequencers:
        thread.join()
    while sequence():
        pass

    numbers = list(LogEntry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(3 * 79))
    assert verify_log().ok
