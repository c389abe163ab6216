"""An invented sheet and ways to write files of it."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from jiangxin.kernel.access import Refused
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import Column, Finding, Row, Sheet
from jiangxin.kernel.sheets.cleaning import Cleaner
from jiangxin.kernel.sheets.reading import Reading, read_sheet


def year(text: str) -> int:
    if not text.isdigit() or not 1900 <= int(text) <= 2100:
        raise Refused(f"年份应是四位数字，现在是“{text}”。", code="bad_year")
    return int(text)


LIST = Sheet(
    name="list",
    title="名单",
    columns=(
        Column(
            "name", "姓名", aliases=("名字",), required=True, example="林小满", privacy=PrivacyClass.INTERNAL
        ),
        Column("unit", "工作单位", aliases=("单位",), required=True, example="宏远重工"),
        Column("year", "年份", clean=year, example="2024"),
        Column("phone", "手机", example="13812341234", privacy=PrivacyClass.SENSITIVE),
    ),
    key=("name", "unit"),
    max_rows=1000,
)
HEADER = ["姓名", "工作单位", "年份", "手机"]


def text_file(folder: Path, text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    return bytes_file(folder, text.encode(encoding), name)


def bytes_file(folder: Path, content: bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(
    folder: Path, rows: Sequence[Sequence[Any]], *, merge: str = "", top: int = 1, left: int = 1
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    for number, cells in enumerate(rows, start=top):
        for column, cell in enumerate(cells, start=left):
            page.cell(number, column, cell)
    if merge:
        page.merge_cells(merge)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def read(path: Path, sheet: Sheet = LIST) -> tuple[list[tuple[int, list[str]]], Reading]:
    reading = read_sheet(path, sheet)
    rows = [
        (number, list(texts))
        for numbers, columns in reading.parts()
        for number, texts in zip(numbers, zip(*columns, strict=True), strict=True)
    ]
    return rows, reading


def clean(path: Path, sheet: Sheet = LIST) -> tuple[list[Row], list[Finding]]:
    reading, cleaner = read_sheet(path, sheet), Cleaner(sheet)
    rows = [row for part in reading.parts() for row in cleaner.batch(*part)]
    return rows, cleaner.take_findings()


A_DAY = datetime.date(2025, 4, 28)
