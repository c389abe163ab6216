"""An import looks first, then applies batch by batch; the same file twice changes nothing."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.files import StoredFile, path_of
from jiangxin.kernel.files.tests.contents import Officer
from jiangxin.kernel.modules import Module, SheetOffer
from jiangxin.kernel.sheets import Applied, Severity, actions, running, totals
from jiangxin.kernel.sheets.models import ImportLine, ImportRun
from jiangxin.kernel.sheets.offers import (
    OfferedSheet,
    also_offering,
    offered_sheet,
    offered_sheets,
    sheets_for,
)
from jiangxin.kernel.sheets.queries import lines_csv, lines_of, run_for, runs_of
from jiangxin.kernel.sheets.tests.samples import text_file
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS, lines, terms

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
FULL = ("甲", "乙", "丙", "丁", "戊", "己", "庚")


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with also_offering(TERMS, permission=PERMISSION):
        yield


def imported(folder: Path, *words: str, dry_run: bool = False, **options: object) -> ImportRun:
    path = text_file(folder, lines(*words))
    return running.import_file(path, sheet="terms", by=ME, dry_run=dry_run, options=options)


def said(run: ImportRun, severity: str = "") -> list[tuple[int, str, str]]:
    return [(line.row, line.code, line.label) for line in lines_of(run, severity=severity)]


def test_a_dry_run_says_row_by_row_what_would_happen_and_writes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, "甲")

    run = imported(tmp_path, "甲", "乙", "taboo", "乙", dry_run=True)

    assert run.state == "checked"
    assert run.checked == {
        "rows": 3, "left_out": 1, "new": 1, "changed": 0, "same": 1, "refused": 1, "errors": 2, "warnings": 0, "notes": 0,
    }  # fmt: skip
    assert said(run) == [
        (2, "same", "词 · 甲"),
        (3, "new", "词 · 乙"),
        (4, "taboo", "词 · taboo"),
        (5, "duplicate_row", ""),
    ]
    assert terms() == ["甲"]


def test_good_rows_go_in_and_refused_ones_stay_out(tmp_path: Path) -> None:
    run = imported(tmp_path, *FULL, "taboo")

    assert (run.state, run.batches_done, run.last_row) == ("done", 3, 9)
    assert terms() == sorted(FULL)
    assert (run.count("new"), run.count("refused"), run.count("rows")) == (7, 1, 8)
    assert said(run, "error") == [(9, "taboo", "词 · taboo")]


def test_the_same_file_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    imported(tmp_path, *FULL)

    again = imported(tmp_path, *FULL)

    assert (again.count("same"), again.count("new")) == (7, 0)
    assert terms() == sorted(FULL)
    first = ImportLine.objects.shown(again, phases=("read",)).first()
    assert (first.row, first.code) == (0, "same_file")


def test_each_batch_is_one_entry_in_the_log(tmp_path: Path) -> None:
    before = Event.objects.filter(kind="action").count()

    imported(tmp_path, *FULL)

    assert (
        Event.objects.filter(kind="action").count() - before
        == len(["upload", "check", "begin", "finish"]) + 3
    )


def test_a_file_that_cannot_be_read_is_refused_at_the_door_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有找到表头"):
        running.import_file(text_file(tmp_path, "随便\n"), sheet="terms", by=ME)

    assert StoredFile.objects.count() == 0


def test_a_fault_below_the_header_refuses_the_whole_file(tmp_path: Path) -> None:
    run = running.import_file(
        text_file(tmp_path, lines(*map(str, range(30))) + '词,"乙\n'), sheet="terms", by=ME
    )

    assert (run.state, terms()) == ("refused", [])
    assert run.message == "从第 32 行起引号没有结束，文件很可能没有传完。"


def test_a_full_disk_stops_at_a_whole_batch_and_the_rest_follows_later(tmp_path: Path) -> None:
    path = text_file(tmp_path, lines(*FULL))
    run = running.import_file(path, sheet="terms", by=ME, dry_run=True)
    actions.begin_import(run, by=ME)
    run.options = {"full_at": 5}

    run = running.apply_import(run, by=ME)

    assert (run.state, run.last_row) == ("failed", 4)
    assert run.message == "磁盘空间已满：已导入 3 行，其余没有写入。腾出空间后可以继续。"
    assert terms() == ["丙", "乙", "甲"]
    run = running.apply_import(actions.reopen_import(ImportRun.objects.get(pk=run.pk), by=ME), by=ME)
    assert (run.state, run.count("new"), run.count("rows"), terms()) == ("done", 7, 7, sorted(FULL))


def test_two_workers_cannot_apply_one_batch_twice(tmp_path: Path) -> None:
    run = running.import_file(text_file(tmp_path, lines(*FULL)), sheet="terms", by=ME, dry_run=True)
    actions.begin_import(run, by=ME)
    late = ImportRun.objects.get(pk=run.pk)
    running.apply_import(run, by=ME)

    running.apply_import(late, by=ME)

    assert (late.state, late.batches_done, late.count("new")) == ("done", 3, 7)


def test_a_stored_file_that_was_altered_is_not_applied(tmp_path: Path) -> None:
    run = running.import_file(text_file(tmp_path, lines(*FULL)), sheet="terms", by=ME, dry_run=True)
    actions.begin_import(run, by=ME)
    path_of(run.file).write_text(lines("别的"))

    run = running.apply_import(run, by=ME)

    assert (run.state, run.message, terms()) == (
        "failed",
        "保存的文件已被改动，与上传时不同，已停止导入。",
        [],
    )


def test_nothing_usable_cannot_begin_and_a_checked_file_can_be_left(tmp_path: Path) -> None:
    run = running.import_file(text_file(tmp_path, lines("taboo")), sheet="terms", by=ME, dry_run=True)

    with pytest.raises(Refused, match="没有可以导入的行"):
        actions.begin_import(run, by=ME)
    assert actions.discard_import(run, by=ME).state == "discarded"
    with pytest.raises(Refused, match="已放弃"):
        actions.begin_import(run, by=ME)


def test_an_import_can_be_taken_back_where_the_sheet_knows_how(tmp_path: Path) -> None:
    run = actions.undo_import(imported(tmp_path, *FULL), by=ME)

    assert (run.state, terms()) == ("undone", [])
    with also_offering(replace(TERMS, name="stubborn", undo=None), permission=PERMISSION):
        other = running.import_file(text_file(tmp_path, lines("甲")), sheet="stubborn", by=ME)
        with pytest.raises(Refused, match="不能整批撤回"):
            actions.undo_import(other, by=ME)
    assert terms() == ["甲"]


def test_only_who_may_import_for_the_organisation_may_upload_and_look(tmp_path: Path) -> None:
    path = text_file(tmp_path, lines("甲"))
    city, other_city = Officer("user:1", PERMISSION, "0001"), Officer("user:2", PERMISSION, "0002")

    run = running.import_file(path, sheet="terms", by=city, opath="00010001")

    with pytest.raises(Refused, match="权限"):
        running.import_file(path, sheet="terms", by=other_city, opath="00010001")
    with also_offering(replace(TERMS, name="guarded"), permission="other.import_terms"):
        with pytest.raises(Refused, match="没有导入这种表格的权限"):
            running.import_file(path, sheet="guarded", by=city, opath="00010001")
        assert sorted(set(sheets_for(city)) & {"terms", "guarded"}) == ["terms"]
    assert [run_for(each, run.uid) for each in (city, other_city)] == [run, None]
    assert [list(runs_of(each)) for each in (city, other_city)] == [[run], []]


def test_the_findings_come_as_a_file(tmp_path: Path) -> None:
    run = imported(tmp_path, "甲", "=cmd", dry_run=True)

    _title, header, *rows = csv.reader(io.StringIO(b"".join(lines_csv(run, by=ME)).decode("utf-8-sig")))

    assert header == ["行号", "类别", "内容", "列", "代码", "说明"]
    assert rows == [
        ["2", "说明", "词 · 甲", "", "new", "#甲"],
        ["3", "说明", "词 · =cmd", "", "new", "#=cmd"],
    ]


def test_an_unknown_sheet_is_refused() -> None:
    with pytest.raises(Refused, match="没有名为“x”的表格"):
        offered_sheet("x")


def test_an_actor_is_found_again_by_id_or_the_import_stops() -> None:
    assert running.actor_of("system:x") == SystemActor("x")
    for gone in ("user:999999", "user:x", "anonymous"):
        with pytest.raises(Refused, match="已停用"):
            running.actor_of(gone)


def test_an_actor_with_an_account_is_found_again() -> None:
    user = get_user_model().objects.create(username="zhoumin")

    assert running.actor_of(f"user:{user.pk}") == user


def test_lines_above_the_limit_are_counted_but_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(totals.MOST_LINES, Severity.NOTE, 3)

    run = imported(tmp_path, *FULL)

    assert (run.count("new"), ImportLine.objects.filter(phase="apply").count()) == (7, 3)


def test_faults_above_the_limit_are_counted_but_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(totals.MOST_LINES, Severity.ERROR, 2)

    run = imported(tmp_path, "甲", "taboo", "taboo", "taboo", dry_run=True)

    assert (run.checked["errors"], lines_of(run, severity="error").count()) == (3, 2)


def test_a_fault_of_the_database_that_is_no_full_disk_is_raised_and_nothing_is_lost(tmp_path: Path) -> None:
    def broken(rows: object, **_: object) -> Applied:
        raise OperationalError("connection lost")

    run = running.import_file(text_file(tmp_path, lines(*FULL)), sheet="terms", by=ME, dry_run=True)
    actions.begin_import(run, by=ME)
    with also_offering(replace(TERMS, apply=broken), permission=PERMISSION), pytest.raises(OperationalError):
        running.apply_import(run, by=ME)

    run = running.apply_import(ImportRun.objects.get(pk=run.pk), by=ME)
    assert (run.state, run.count("new")) == ("done", 7)


def test_sheets_are_found_where_the_modules_say() -> None:
    here = "jiangxin.kernel.sheets.tests.terms"
    offer = SheetOffer("words", "词表", f"{here}:TERMS", PERMISSION)

    found = offered_sheets([Module(app="a", title="甲", sheets=(offer,))])

    assert found["words"] == OfferedSheet(TERMS, PERMISSION)
    with pytest.raises(TypeError, match="not a Sheet"):
        offered_sheets([Module(app="a", title="甲", sheets=(replace(offer, sheet=f"{here}:COLUMNS"),))])


def test_runs_and_lines_have_readable_names(tmp_path: Path) -> None:
    run = imported(tmp_path, "甲", "taboo", dry_run=True)

    assert str(run) == "list.csv"
    assert [str(line) for line in lines_of(run)] == ["2: #甲", "3: 这个词不能用。"]
