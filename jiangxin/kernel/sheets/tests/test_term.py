"""An import keeps its file and its lines for a term; counts, checksum, who and when stay."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.files import StoredFile, path_of
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy.retention import Retention, retentions
from jiangxin.kernel.sheets import actions, running
from jiangxin.kernel.sheets.forgetting import forget_in_imports
from jiangxin.kernel.sheets.models import ImportLine, ImportRun
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.showing import seen_run
from jiangxin.kernel.sheets.tests.samples import bytes_file, text_file, workbook
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS, lines
from jiangxin.kernel.states.models import Step

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
RARE = "覃月华"
CaptureCommits = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with also_offering(TERMS, permission=PERMISSION):
        yield


@pytest.fixture
def term() -> Retention:
    return retentions()["sheets.imports"]


def imported(path: Path, *, dry_run: bool = False) -> ImportRun:
    return running.import_file(path, sheet="terms", by=ME, dry_run=dry_run)


def listed(folder: Path, *words: str, dry_run: bool = False) -> ImportRun:
    return imported(text_file(folder, lines(*words)), dry_run=dry_run)


def aged(run: ImportRun, days: int, **changes: object) -> ImportRun:
    """The run as if every moment in it were so many days earlier."""
    names = ("created_at", "checked_at", "started_at", "ended_at")
    moments = {name: getattr(run, name) for name in names}
    earlier = {name: at and at - timedelta(days=days) for name, at in moments.items()}
    ImportRun.objects.filter(pk=run.pk).update(**earlier, **changes)
    return ImportRun.objects.get(pk=run.pk)


def bytes_are_there(run: ImportRun) -> bool:
    run.file.refresh_from_db()
    try:
        return path_of(run.file).exists()
    except Refused:
        return False


def test_the_term_is_the_setting(term: Retention) -> None:
    assert term.term == timedelta(days=settings.IMPORT_KEPT_DAYS)


def test_past_the_term_lines_and_file_go_and_the_totals_stay(
    tmp_path: Path, term: Retention, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    young, old = aged(listed(tmp_path, "甲"), 89), aged(listed(tmp_path, "乙", "乙"), 91)

    with django_capture_on_commit_callbacks(execute=True):
        ended = end_due(term)

    emptied = ImportRun.objects.get(pk=old.pk)
    assert (ended, {each.run for each in ImportLine.objects.all()}) == (1, {young})
    assert (bytes_are_there(old), bytes_are_there(young)) == (False, True)
    assert emptied.emptied_at is not None
    assert (emptied.applied, emptied.sha256, emptied.actor) == (old.applied, old.sha256, old.actor)
    assert end_due(term) == 0


@pytest.mark.parametrize("state", ["applying", "failed"])
def test_an_import_that_runs_or_may_go_on_is_never_touched(
    tmp_path: Path, term: Retention, state: str
) -> None:
    run = aged(listed(tmp_path, "甲"), 4000, state=state)

    assert (end_due(term), ImportLine.objects.filter(run=run).count(), bytes_are_there(run)) == (0, 2, True)


def test_who_gives_up_a_stopped_import_lets_its_term_begin(tmp_path: Path, term: Retention) -> None:
    stopped = aged(listed(tmp_path, "甲"), 4000, state="failed")

    discarded = actions.discard_import(stopped, by=ME)

    assert seen_run(discarded).choices == frozenset()
    assert end_due(term) == 0
    aged(discarded, 91)
    assert end_due(term) == 1


def test_what_still_moved_within_the_term_is_not_due(tmp_path: Path, term: Retention) -> None:
    run = aged(listed(tmp_path, "甲"), 4000)
    ImportRun.objects.filter(pk=run.pk).update(ended_at=timezone.now() - timedelta(days=1))

    assert end_due(term) == 0


def test_a_checked_file_past_the_term_cannot_be_applied_any_more(tmp_path: Path, term: Retention) -> None:
    aged(listed(tmp_path, "甲", dry_run=True), 91)
    end_due(term)
    run = ImportRun.objects.get()

    with pytest.raises(Refused) as refusal:
        actions.begin_import(run, by=ME)

    assert (refusal.value.code, seen_run(run).choices) == ("emptied", frozenset())


def test_an_emptied_import_can_still_be_taken_back(tmp_path: Path, term: Retention) -> None:
    aged(listed(tmp_path, "甲"), 91)
    end_due(term)

    run = actions.undo_import(ImportRun.objects.get(), by=ME)

    assert (run.state, Step.objects.of(run).last().move) == ("undone", "undo")


def test_somebodys_lines_are_forgotten_in_every_import_and_others_stay(tmp_path: Path) -> None:
    listed(tmp_path, "甲", RARE)
    listed(tmp_path, RARE, "乙", dry_run=True)
    before = ImportRun.objects.order_by("id").values_list("applied", "checked")
    counts = list(before)

    gone = forget_in_imports([RARE])

    left = sorted(ImportLine.objects.values_list("message", flat=True))
    assert (gone, left) == (3, ["#乙", "#甲", "#甲"])
    assert list(before.all()) == counts


def test_what_is_said_of_the_same_row_goes_even_where_it_names_nobody(tmp_path: Path) -> None:
    run = listed(tmp_path, "甲", RARE)
    named = ImportLine.objects.get(run=run, phase="apply", message=f"#{RARE}")
    ImportLine.objects.create(run=run, phase="read", row=named.row, severity="warning", message="没有名字")
    ImportLine.objects.create(run=run, phase="read", row=0, severity="note", message=f"{RARE}的名单")
    ImportLine.objects.create(run=run, phase="read", row=0, severity="note", message="整个文件")

    forget_in_imports([RARE])

    assert sorted(ImportLine.objects.values_list("message", flat=True)) == ["#甲", "#甲", "整个文件"]


def test_one_character_takes_nothing_away(tmp_path: Path) -> None:
    listed(tmp_path, "甲")

    assert (forget_in_imports(["甲", ""]), ImportLine.objects.count()) == (0, 2)


def test_the_file_of_an_import_that_waits_stays_and_that_of_an_ended_one_goes(
    tmp_path: Path, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    waiting, done = listed(tmp_path, RARE, dry_run=True), listed(tmp_path, RARE, "丙")
    other = listed(tmp_path, "丁")

    with django_capture_on_commit_callbacks(execute=True):
        forget_in_imports([RARE])

    assert [bytes_are_there(each) for each in (waiting, done, other)] == [True, False, True]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_name_is_found_in_text_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    run = imported(text_file(tmp_path, lines("甲", RARE), encoding=encoding))

    forget_in_imports([RARE])

    assert not bytes_are_there(run)


def test_a_name_is_found_in_a_workbook_and_where_two_pieces_meet(tmp_path: Path) -> None:
    packed = imported(workbook(tmp_path, [["类", "词"], ["词", RARE]]))
    begun = "类,词\n词,甲\n"
    padding = "," * 3 + "\n"
    room = (1 << 20) - len(begun.encode()) - 8
    split = begun + padding * (room // 4) + f"词,{RARE}\n"
    long = imported(bytes_file(tmp_path, split.encode(), "long.csv"))

    assert zipfile.is_zipfile(path_of(packed.file))
    forget_in_imports([RARE])

    assert [bytes_are_there(each) for each in (packed, long)] == [False, False]


def test_an_archive_damaged_on_the_disk_is_let_go_and_stops_no_erasure(tmp_path: Path) -> None:
    run = imported(workbook(tmp_path, [["类", "词"], ["词", "甲"]]))
    path = path_of(run.file)
    damaged = bytearray(path.read_bytes())
    damaged[60:100] = bytes(40)
    path.chmod(0o600)
    path.write_bytes(bytes(damaged))

    forget_in_imports([RARE])

    assert not bytes_are_there(run)


def test_a_file_that_facts_came_from_goes_by_its_checksum(tmp_path: Path) -> None:
    run = listed(tmp_path, "甲")

    forget_in_imports([RARE], hashes={run.sha256})

    assert not bytes_are_there(run)


def test_what_was_swept_before_says_so_and_files_still_there_wait_for_the_term(tmp_path: Path) -> None:
    swept, kept = listed(tmp_path, "甲"), listed(tmp_path, "乙")
    day = timezone.now() - timedelta(days=3)
    StoredFile.objects.filter(pk=swept.file_id).update(removed_at=day, expires_at=day)
    StoredFile.objects.filter(pk=kept.file_id).update(expires_at=timezone.now() + timedelta(days=1))

    import_module("jiangxin.kernel.sheets.migrations.0002_lines_have_a_term").hand_over(apps, None)

    runs = ImportRun.objects.order_by("id").values_list("emptied_at", "file__expires_at")
    assert list(runs) == [(day, day), (None, None)]
