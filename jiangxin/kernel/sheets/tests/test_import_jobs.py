"""Imports in the background, and a worker killed in the middle of one."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import Progress, drain, request_cancel
from jiangxin.kernel.sheets import actions, jobs, running
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.tests.samples import text_file
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS, lines, terms

pytestmark = pytest.mark.django_db(transaction=True)
ME = SystemActor("test")
FULL = ("甲", "乙", "丙", "丁", "戊", "己", "庚")
LIMIT = 60  # seconds
PROGRAM = """
import django
django.setup()
from jiangxin.kernel.jobs import run_worker
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS
with also_offering(TERMS, permission=PERMISSION):
    run_worker()
"""


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with also_offering(TERMS, permission=PERMISSION):
        yield


@pytest.fixture(params=["here", "apart"])
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where files are read: in the process of the job, or in one beside it as large ones are."""
    monkeypatch.setattr(running, "LARGE", 1 << 30 if request.param == "here" else 0)
    return str(request.param)


def uploaded(place: Path, *words: str, sheet: str = "terms", **options: object) -> ImportRun:
    path = text_file(place, lines(*words))
    scope = actions.ImportScope()
    return actions.upload_sheet(scope, path=path, name="词.csv", sheet=sheet, options=options, by=ME)


def now(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


@pytest.mark.usefixtures("read")
def test_checking_and_applying_go_on_in_the_background_and_can_be_watched(tmp_path: Path) -> None:
    run = jobs.enqueue_check(uploaded(tmp_path, *FULL), by=ME)
    drain()
    assert (now(run).state, terms()) == ("checked", [])

    jobs.start_import(now(run), by=ME)
    drain()

    assert (now(run).state, terms()) == ("done", sorted(FULL))
    watched = Progress.objects.order_by("id").values_list("label", "state", "done", "result")
    assert list(watched) == [("检查 词.csv", "done", 7, run.uid), ("导入 词.csv", "done", 7, run.uid)]


@pytest.mark.usefixtures("read")
def test_who_asks_to_stop_keeps_the_batches_that_are_in_and_may_go_on(tmp_path: Path) -> None:
    run = running.check_import(uploaded(tmp_path, *FULL), by=ME)
    jobs.start_import(run, by=ME)
    Progress.objects.update(cancel_requested=True)

    drain()

    run = now(run)
    assert (run.state, run.message) == ("failed", "已按您的要求停止；已导入的批次保留，可以继续。")
    assert terms() == ["丙", "乙", "甲"]
    jobs.resume_import(run, by=ME)
    drain()
    assert (now(run).state, terms()) == ("done", sorted(FULL))


def test_an_import_whose_account_is_gone_stops_with_a_sentence(tmp_path: Path) -> None:
    run = running.check_import(uploaded(tmp_path, *FULL), by=ME)
    ImportRun.objects.update(actor="user:999999")
    jobs.start_import(now(run), by=ME)
    drain()
    assert (now(run).state, now(run).message) == ("failed", "发起导入的账号已停用，请由在岗干部重新上传。")

    other = uploaded(tmp_path, "辛")
    ImportRun.objects.filter(pk=other.pk).update(actor="user:999999")
    jobs.enqueue_check(now(other), by=ME)
    drain()
    assert (now(other).state, terms()) == ("refused", [])


def test_work_that_was_closed_is_not_done_again(tmp_path: Path) -> None:
    run = running.check_import(uploaded(tmp_path, "甲"), by=ME)
    jobs.enqueue_check(run, by=ME)
    request_cancel(now(run).progress)
    jobs.apply_import.enqueue(run_uid=run.uid)

    drain()

    assert (now(run).state, terms()) == ("checked", [])


@pytest.fixture
def start(home: Path) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    names = connection.settings_dict
    url = f"sqlite:///{names['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{names['USER']}@{names['HOST']}:{names['PORT']}/{names['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "JX_HOME": str(home)}
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_batch_leaves_whole_batches_and_another_goes_on(
    tmp_path: Path, start: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    run = running.check_import(uploaded(tmp_path, *FULL, folder=str(tmp_path)), by=ME)
    jobs.start_import(run, by=ME)
    first = start()
    wait_for((tmp_path / "reached").exists)
    first.kill()
    first.wait()
    assert (now(run).state, now(run).batches_done, terms()) == ("applying", 1, ["丙", "乙", "甲"])

    start()
    wait_for(lambda: now(run).state == "done")

    assert (now(run).count("new"), now(run).batches_done, terms()) == (7, 3, sorted(FULL))


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="SQLite's own limit of pages stands in for a full disk"
)
def test_a_database_without_room_ends_at_a_whole_batch(tmp_path: Path) -> None:
    words = [f"{number:04}" + "长" * 90 for number in range(3000)]
    large = replace(TERMS, name="large", batch_rows=100)
    with also_offering(large, permission=PERMISSION), connection.cursor() as cursor:
        run = running.check_import(uploaded(tmp_path, *words, sheet="large"), by=ME)
        actions.begin_import(run, by=ME)
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")

        run = running.apply_import(run, by=ME)
        cursor.execute("PRAGMA max_page_count = 1073741823")

        assert (run.state, len(terms())) == ("failed", run.batches_done * 100)
        assert run.message == f"磁盘空间已满：已导入 {len(terms())} 行，其余没有写入。腾出空间后可以继续。"
        run = running.apply_import(actions.reopen_import(now(run), by=ME), by=ME)
        assert (run.state, len(terms())) == ("done", 3000)


def test_a_job_that_died_is_begun_again_and_one_without_a_watcher_runs_too(tmp_path: Path) -> None:
    run = running.check_import(uploaded(tmp_path, *FULL), by=ME)
    actions.begin_import(run, by=ME)
    jobs.resume_import(run, by=ME)
    drain()
    assert now(run).state == "done"

    other = uploaded(tmp_path, "辛")
    jobs.check_import.enqueue(run_uid=other.uid)
    drain()
    assert now(other).state == "checked"


@pytest.mark.usefixtures("read")
def test_a_file_that_turns_out_unusable_ends_its_progress_with_the_sentence(tmp_path: Path) -> None:
    path = text_file(tmp_path, lines(*map(str, range(30))) + '词,"乙\n')
    scope = actions.ImportScope()
    run = actions.upload_sheet(scope, path=path, name="词.csv", sheet="terms", by=ME)

    jobs.enqueue_check(run, by=ME)
    drain()

    assert list(Progress.objects.values_list("state", "message")) == [("failed", now(run).message)]
