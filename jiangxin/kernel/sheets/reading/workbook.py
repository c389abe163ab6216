"""Rows of the first sheet of an XLSX (or old XLS) workbook that is not empty: values, not formulas; merged cells filled."""

import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jiangxin.kernel.sheets.findings import Finding, Severity, Unusable
from jiangxin.kernel.sheets.reading.headers import ROWS_LOOKED_AT
from jiangxin.kernel.text.sayings import say

INSTRUCTIONS = "填写说明"  # second sheet of our own templates
LARGEST_EXACT = 10**15  # spreadsheets keep 15 digits of a number

_BARE_FORMULA = re.compile(rb"(</f>|<f[^>]*/>)\s*(<v\s*/>|<v>\s*</v>)?\s*</c>")
_OVERLAP = 64

Range = tuple[tuple[int, int], tuple[int, int]]


class Workbook:
    """One workbook; its rows are counted as the spreadsheet shows them."""

    def __init__(self, path: Path, *, most_columns: int) -> None:
        self.findings: list[Finding] = []
        self.file_format = "xlsx"
        self._sheet = self._open(path)
        if self._sheet.total_width > most_columns:
            raise Unusable("too_many_columns", say(_("工作表“%(name)s”的列太多。"), name=self._sheet.name))
        self._merged = _fillings(self._sheet)
        if _has_formula_without_value(path):
            message = _("有公式没有保存计算结果，按空格读取。请用 WPS 或 Excel 打开并保存一次，再上传。")
            self.findings.append(Finding(0, "", "formula_without_value", message, Severity.WARNING))
        self._told: set[Range] = set()

    def first_rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows among which the header is looked for."""
        start = (self._sheet.start or (0, 0))[0]
        for number, cells in enumerate(self._sheet.to_python(nrows=ROWS_LOOKED_AT), start=start + 1):
            yield number, [_text(cell) for cell in cells]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (number, texts); the value of a merged cell counts for every row it spans.

        The iterator of calamine starts at the first row of the sheet, but at the first used column.
        """
        kept: dict[Range, str] = {}
        for number, cells in enumerate(self._sheet.iter_rows(), start=1):
            texts = [_text(cell) for cell in cells]
            self._find_lost_digits(number, cells)
            for column, area in self._merged.get(number - 1, ()):
                self._fill(texts, column, area, kept, number)
            yield number, texts

    def _fill(self, texts: list[str], column: int, area: Range, kept: dict[Range, str], number: int) -> None:
        if number - 1 == area[0][0]:
            kept[area] = texts[column] if column < len(texts) else ""
            return
        if column >= len(texts) or texts[column]:
            return
        texts[column] = kept.get(area, "")
        if area not in self._told and texts[column]:
            self._told.add(area)
            message = _("第 %(first)d–%(last)d 行有合并单元格，各行都按“%(text)s”读取。")
            span = {"first": area[0][0] + 1, "last": area[1][0] + 1, "text": texts[column][:30]}
            self.findings.append(Finding(number, "", "merged_cells", say(message, **span), Severity.NOTE))

    def _find_lost_digits(self, number: int, cells: list[Any]) -> None:
        for cell in cells:
            if isinstance(cell, float | int) and abs(cell) >= LARGEST_EXACT:
                message = _(
                    "第 %(row)d 行有一个超过 15 位的数被存成了数值，末尾几位已经丢失。请把该列设为文本后重填。"
                )
                self.findings.append(
                    Finding(number, "", "digits_lost", say(message, row=number), Severity.WARNING)
                )

    def _open(self, path: Path) -> CalamineSheet:
        try:
            book = CalamineWorkbook.from_path(path)
            sheets = [
                book.get_sheet_by_name(each.name)
                for each in book.sheets_metadata
                if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
            ]
        except PasswordError:
            raise Unusable("password", _("文件有密码保护，请去掉密码后再上传。")) from None
        except (CalamineError, OSError, ValueError):
            raise Unusable(
                "broken_workbook", _("表格打不开：文件不完整或已损坏。请重新保存为 XLSX。")
            ) from None
        filled = [sheet for sheet in sheets if sheet.height and sheet.name != INSTRUCTIONS]
        if not filled:
            raise Unusable("empty", _("工作簿里没有内容。"))
        if len(filled) > 1:
            others = "、".join(sheet.name for sheet in filled[1:])
            message = say(
                _("只读取了工作表“%(first)s”，没有读取：%(others)s。"), first=filled[0].name, others=others
            )
            self.findings.append(Finding(0, "", "other_sheets", message, Severity.NOTE))
        return filled[0]


def _fillings(sheet: CalamineSheet) -> dict[int, list[tuple[int, Range]]]:
    """For each row the columns that belong to a merged area spanning several rows of one column."""
    found: dict[int, list[tuple[int, Range]]] = {}
    first_column = (sheet.start or (0, 0))[1]
    for area in sheet.merged_cell_ranges or ():
        (top, left), (bottom, right) = area
        if left == right and bottom > top:
            for row in range(top, bottom + 1):
                found.setdefault(row, []).append((left - first_column, area))
    return found


def _has_formula_without_value(path: Path) -> bool:
    """Whether a program wrote formulas and left the computing to the next one; XLSX only."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        names = [
            name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
        ]
        return any(_found_in(archive, name) for name in names)


def _found_in(archive: zipfile.ZipFile, name: str) -> bool:
    tail = b""
    with archive.open(name) as content:
        while chunk := content.read(1 << 20):
            if _BARE_FORMULA.search(tail + chunk):
                return True
            tail = chunk[-_OVERLAP:]
    return False


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)
