"""XLSX workbooks as offices really make them."""

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from jiangxin.kernel.sheets import Severity, Unusable
from jiangxin.kernel.sheets.reading.workbook import _has_formula_without_value
from jiangxin.kernel.sheets.tests.samples import A_DAY, HEADER, bytes_file, read, workbook


def codes(reading: object) -> list[tuple[int, str]]:
    return [(each.row, each.code) for each in reading.take_findings()]


def test_values_come_as_texts_wherever_the_table_stands(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, [HEADER, ["林小满", True, 2024.0, 13812341234], ["丁一", A_DAY, 1.5, None]], top=3, left=3
    )

    rows, reading = read(path)

    assert rows == [(4, ["林小满", "是", "2024", "13812341234"]), (5, ["丁一", "2025-04-28", "1.5", ""])]
    assert codes(reading) == []


def test_title_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    rows, _ = read(workbook(tmp_path, [["某市劳动模范名单"], [], HEADER, ["林小满", "宏远重工"]]))

    assert rows == [(4, ["林小满", "宏远重工", "", ""])]


def test_a_merged_cell_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, [HEADER, ["甲", "宏远重工"], ["乙", None], ["丙", None], ["丁", "乙厂"]], merge="B2:B4"
    )

    rows, reading = read(path)

    assert [cells[1] for _, cells in rows] == ["宏远重工"] * 3 + ["乙厂"]
    assert codes(reading) == [(3, "merged_cells")]


def test_a_merged_cell_is_found_when_the_table_stands_apart(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADER, ["甲", "宏远重工"], ["乙", None]], merge="D4:D5", top=3, left=3)

    assert [cells[1] for _, cells in read(path)[0]] == ["宏远重工"] * 2


def test_a_number_that_lost_its_digits_is_pointed_out(tmp_path: Path) -> None:
    _, reading = read(workbook(tmp_path, [HEADER, ["甲", "厂", None, 110101199003074514]]))

    assert codes(reading) == [(2, "digits_lost")]


def test_a_formula_without_a_saved_result_is_pointed_out(tmp_path: Path) -> None:
    rows, reading = read(workbook(tmp_path, [HEADER, ["甲", "厂", "=2000+24"]]))

    assert rows == [(2, ["甲", "厂", "", ""])]
    assert [(each.code, each.severity) for each in reading.take_findings()] == [
        ("formula_without_value", Severity.WARNING)
    ]


def test_the_first_visible_sheet_with_content_is_read_and_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("藏")
    hidden.append(["别读我"])
    hidden.sheet_state = "hidden"
    for name, person in (("甲表", "甲"), ("乙表", "乙")):
        page = book.create_sheet(name)
        page.append(HEADER)
        page.append([person, "厂"])
    book.save(tmp_path / "list.xlsx")

    rows, reading = read(tmp_path / "list.xlsx")

    assert rows == [(2, ["甲", "厂", "", ""])]
    assert [each.message for each in reading.take_findings()] == ["只读取了工作表“甲表”，没有读取：乙表。"]


def test_a_cut_or_altered_workbook_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [HEADER, ["甲", "厂"]]).read_bytes()
    altered = bytearray(whole)
    altered[len(whole) // 3] ^= 0xFF

    for content in (whole[:-200], whole[: len(whole) // 2], bytes(altered)):
        with pytest.raises(Unusable) as refusal:
            read(bytes_file(tmp_path, content, "list.xlsx"))
        assert refusal.value.code in {"broken_archive", "broken_workbook"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "empty"),
        ([HEADER], "no_rows"),
        ([["甲", "乙"]], "no_header"),
        ([["姓名", "单位", *range(400)]], "too_many_columns"),
    ],
)
def test_a_workbook_without_a_usable_table_is_refused(
    tmp_path: Path, rows: list[list[str]], code: str
) -> None:
    with pytest.raises(Unusable) as refusal:
        read(workbook(tmp_path, rows))

    assert refusal.value.code == code


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 << 20))

    with pytest.raises(Unusable) as refusal:
        read(bytes_file(tmp_path, packed.getvalue(), "list.xlsx"))

    assert refusal.value.code == "archive_bomb"


def test_a_protected_or_foreign_compound_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as refusal:
        read(bytes_file(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "list.xls"))

    assert refusal.value.code == "broken_workbook"


def test_a_cell_merged_across_columns_or_holding_its_own_values_changes_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["名单", None], HEADER, ["甲", "厂", 2024], ["乙", None]], merge="A1:D1")

    rows, reading = read(path)

    assert rows == [(3, ["甲", "厂", "2024", ""]), (4, ["乙", "", "", ""])]
    assert codes(reading) == []


def test_a_merged_area_beyond_the_last_column_fills_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADER, ["甲", "厂"], ["乙", "厂"]], merge="F2:F3")

    assert read(path)[0] == [(2, ["甲", "厂", "", ""]), (3, ["乙", "厂", "", ""])]


def test_moments_and_clock_times_come_as_text(tmp_path: Path) -> None:
    moment = datetime.datetime(2025, 4, 28, 9, 30)  # noqa: DTZ001 - spreadsheets know no zones

    rows, _ = read(workbook(tmp_path, [HEADER, ["甲", "厂", moment, datetime.time(8, 15)]]))

    assert rows == [(2, ["甲", "厂", "2025-04-28 09:30:00", "08:15:00"])]


def test_an_old_workbook_has_no_formula_check(tmp_path: Path) -> None:
    assert _has_formula_without_value(bytes_file(tmp_path, b"no zip", "x.xls")) is False
