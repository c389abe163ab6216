"""An import is taken back once, only after it was applied, and a refusal is told on its page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jiangxin.kernel.access import Actor, Refused, SystemActor
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.sheets import ImportContext, actions, jobs, running
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.showing import seen_run
from jiangxin.kernel.sheets.tests.samples import text_file
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS, lines, terms

pytestmark = pytest.mark.django_db
ME = SystemActor("test")


def cannot(context: ImportContext, *, by: Actor) -> None:
    raise Refused("这些词已经在用，不能撤回。", code="in_use")


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    kept = replace(TERMS, name="kept", undo=cannot)
    with also_offering(TERMS, permission=PERMISSION), also_offering(kept, permission=PERMISSION):
        yield


def imported(folder: Path, sheet: str, *, dry_run: bool = False) -> ImportRun:
    return running.import_file(text_file(folder, lines("甲", "乙")), sheet=sheet, by=ME, dry_run=dry_run)


def test_what_was_only_looked_at_is_not_taken_back(tmp_path: Path) -> None:
    run = imported(tmp_path, "terms", dry_run=True)

    with pytest.raises(Refused) as refusal:
        actions.check_undo(run)
    jobs.undo_import.call(run_uid=run.uid, actor=ME.actor_id)

    assert (refusal.value.code, ImportRun.objects.get().state) == ("wrong_state", "checked")


def test_a_sheet_that_refuses_says_why_and_everything_stays(tmp_path: Path) -> None:
    run = imported(tmp_path, "kept")
    Progress.objects.all().delete()

    jobs.undo_import.call(run_uid=run.uid, actor=ME.actor_id)

    run.refresh_from_db()
    assert (run.state, run.message, terms()) == ("done", "这些词已经在用，不能撤回。", ["乙", "甲"])


def test_an_import_done_on_the_spot_is_shown_whole(tmp_path: Path) -> None:
    shown = seen_run(imported(tmp_path, "terms"))

    assert shown.progress_words == {"value": 2, "max": 2, "label": "", "rate": "", "state": "done"}


def test_a_run_whose_sheet_is_gone_from_the_house_is_shown_under_its_name(tmp_path: Path) -> None:
    run = imported(tmp_path, "terms", dry_run=True)
    run.sheet, run.state = "gone", "uploaded"

    shown = seen_run(run)

    assert (shown.title, shown.choices, shown.is_moving) == ("gone", frozenset({"check"}), False)
