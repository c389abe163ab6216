"""Exports carry their privacy class, run no formula, and come back in as they went out."""

import csv
import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import time_machine

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.sheets import Column, Sheet, exporting
from jiangxin.kernel.sheets.blank import blank_csv, blank_xlsx
from jiangxin.kernel.sheets.exporting import export_name, write_csv, write_xlsx
from jiangxin.kernel.sheets.tests.samples import LIST, bytes_file, clean

ME = SystemActor("test")
ROWS = [
    {"name": '=HYPERLINK("http://x")', "unit": "+86", "year": 2024, "phone": None},
    {"name": "@SUM(1)", "unit": '-宏远"重工",一', "year": -1, "phone": "\tcmd"},
    {"name": "𬭊华", "unit": "＝1+1", "year": True, "phone": "http://x"},
]
NOON = datetime.datetime(2025, 11, 22, 4, 0, tzinfo=datetime.UTC)


@time_machine.travel(NOON, tick=False)
def test_a_csv_says_its_class_and_holds_no_formula(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "x.csv", LIST, ROWS, by=ME)

    with path.open(encoding="utf-8-sig", newline="") as file:
        title, header, *lines = csv.reader(file)
    assert title == [
        "密级：敏感　导出人：系统（test）　导出时间：2025-11-22 12:00　请按此密级保管，用后删除。"
    ]
    assert header == ["姓名", "工作单位", "年份", "手机"]
    assert lines == [
        ['\'=HYPERLINK("http://x")', "'+86", "2024", ""],
        ["'@SUM(1)", '\'-宏远"重工",一', "-1", "'\tcmd"],
        ["𬭊华", "'＝1+1", "是", "http://x"],
    ]


def test_a_workbook_holds_texts_and_numbers_but_no_formula_and_no_link(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "x.xlsx", LIST, ROWS, by=ME)

    page = openpyxl.load_workbook(path).active
    cells = [[(cell.value, cell.data_type) for cell in row] for row in page.iter_rows(min_row=3)]
    assert cells[0] == [('=HYPERLINK("http://x")', "s"), ("+86", "s"), (2024, "n"), (None, "n")]
    assert page["D5"].hyperlink is None
    assert [cell.value for cell in page[2]] == ["姓名", "工作单位", "年份", "手机"]


@pytest.mark.parametrize(("write", "name"), [(write_csv, "x.csv"), (write_xlsx, "x.xlsx")])
def test_what_went_out_comes_back_in(tmp_path: Path, write: Callable[..., Path], name: str) -> None:
    sheet = Sheet("s", "表", (Column("a", "甲"), Column("b", "乙")))
    rows = [{"a": "=1+1", "b": "'quoted"}, {"a": "丁一", "b": None}, {"a": "-", "b": "@x"}]

    read_back, findings = clean(write(tmp_path / name, sheet, rows, by=ME), sheet)

    assert [row.values for row in read_back] == rows
    assert findings == []


def test_an_export_of_some_columns_is_classed_by_them(tmp_path: Path) -> None:
    only = LIST.columns[:2]

    path = write_csv(tmp_path / "x.csv", LIST, ROWS[2:], by=ME, columns=only)

    assert "密级：内部" in path.read_text("utf-8")
    assert path.read_text("utf-8").splitlines()[1:] == ["姓名,工作单位", "𬭊华,'＝1+1"]


@time_machine.travel(NOON, tick=False)
def test_the_file_name_carries_the_class() -> None:
    assert export_name(LIST, ending=".xlsx") == "名单-敏感-20251122.xlsx"


def test_more_rows_than_a_spreadsheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS_XLSX", 2)

    with pytest.raises(Refused, match="CSV"):
        write_xlsx(tmp_path / "x.xlsx", LIST, ROWS, by=ME)


@pytest.mark.parametrize(("blank", "name"), [(blank_csv, "x.csv"), (blank_xlsx, "x.xlsx")])
def test_a_template_is_read_by_its_own_sheet_and_its_example_passed_over(
    tmp_path: Path, blank: Callable[[Sheet], bytes], name: str
) -> None:
    rows, findings = clean(bytes_file(tmp_path, blank(LIST), name))

    assert rows == []
    assert [(each.row, each.code) for each in findings] == [(2, "example_row")]


def test_a_template_keeps_long_numbers_as_text(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(bytes_file(tmp_path, blank_xlsx(LIST), "x.xlsx")).worksheets[0]

    assert [cell.value for cell in page[1]] == ["姓名*", "工作单位*", "年份", "手机"]
    assert page["D2"].number_format == "@"
    assert page.column_dimensions["A"].number_format == "@"


@time_machine.travel(NOON, tick=False)
def test_moments_are_told_in_local_time() -> None:
    assert exporting.cell_text(NOON) == "2025-11-22 12:00:00"
    assert exporting.cell_text(NOON.date()) == "2025-11-22"
