"""A file that leaves the house: without protected columns, whole or not at all, and told in the log."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.sheets.export_files import PROGRESS_STEP, write_export
from jiangxin.kernel.sheets.exporting import Values
from jiangxin.kernel.sheets.tests.samples import LIST, clean

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
ROW: Values = {"name": "林小满", "unit": "=1+1", "year": 2024, "phone": "13812341234"}


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_file_comes_back_in_without_its_protected_column(tmp_path: Path, name: str) -> None:
    path = tmp_path / name

    assert write_export(path, LIST, [ROW], by=ME) == 1

    rows, _findings = clean(path, LIST)
    assert [row.values for row in rows] == [{"name": "林小满", "unit": "=1+1", "year": 2024, "phone": None}]


def test_json_lines_keep_numbers_and_blanks_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "list.JSONL"

    write_export(path, LIST, [ROW, {"name": "丁一", "year": None}], by=ME)

    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert told == [
        {"姓名": "林小满", "工作单位": "=1+1", "年份": 2024},
        {"姓名": "丁一", "工作单位": None, "年份": None},
    ]


def test_the_log_tells_which_list_left_and_how_long_it_was(tmp_path: Path) -> None:
    write_export(tmp_path / "list.csv", LIST, [ROW] * 3, by=ME)

    told = Event.objects.get(name="sheets.export_rows")
    assert (told.actor, told.payload) == ("system:test", {"sheet": "list", "rows": 3})


def test_progress_is_told_in_steps(tmp_path: Path) -> None:
    steps: list[int] = []

    write_export(tmp_path / "list.csv", LIST, [ROW] * (2 * PROGRESS_STEP + 1), by=ME, progress=steps.append)

    assert steps == [PROGRESS_STEP, PROGRESS_STEP]


def test_rows_that_break_off_leave_no_file_and_the_old_one_stands(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old", "utf-8")

    def breaking_off() -> Iterator[Values]:
        yield ROW
        raise ConnectionError("the database is away")

    with pytest.raises(ConnectionError):
        write_export(path, LIST, breaking_off(), by=ME)

    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir() if each.is_file()] == [
        ("list.csv", "old")
    ]
    assert not Event.objects.filter(name="sheets.export_rows").exists()


def test_an_ending_nobody_knows_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_export(tmp_path / "list.pdf", LIST, [ROW], by=ME)

    assert not list(tmp_path.glob("*.pdf"))
