"""From texts in cells to clean rows: required, tidy, cleaned by the column, no duplicate in the file."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import getitem
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.sheets.columns import Column, Row, Sheet
from jiangxin.kernel.sheets.duplicates import FirstRows
from jiangxin.kernel.sheets.exporting import FORMULA_STARTS
from jiangxin.kernel.sheets.findings import Finding, Severity

LONGEST_CELL = 10_000
KNOWN_TEXTS = 20_000  # cleaned texts remembered for each column: most columns say the same again and again
_BLANKS = re.compile(r"[\s\u3000]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))

Cells = tuple[int, list[str]]


class Cleaner:
    """Cleans the rows of one file; what is wrong is gathered in `findings` until taken."""

    def __init__(self, sheet: Sheet) -> None:
        self.findings: list[Finding] = []
        self._columns = [_OneColumn(each) for each in sheet.columns]
        self._names = [each.name for each in sheet.columns]
        self._example = [each.example for each in sheet.columns]
        self._key = sheet.duplicate_key
        self._first_rows = FirstRows()

    def rows(self, cells: Iterable[Cells]) -> Iterator[Row | None]:
        """Yield a Row, or None in place of one with errors; `cells` hold texts in the order of the sheet's columns."""
        for number, texts in cells:
            yield self.row(number, texts)

    def row(self, number: int, texts: list[str]) -> Row | None:
        """Clean one row; None when it has an error."""
        if texts == self._example:
            message = _("第 %(row)d 行是模板里的示例，已跳过。") % {"row": number}
            self.findings.append(Finding(number, "", "example_row", message, Severity.NOTE))
            return None
        try:
            values = dict(zip(self._names, map(getitem, self._columns, texts), strict=True))
        except (Refused, ValidationError, ValueError):
            self._find_all(number, texts)
            return None
        return None if self._is_duplicate(number, values) else Row(number, values)

    def take_findings(self) -> list[Finding]:
        """Return the findings gathered since the last call."""
        taken, self.findings = self.findings, []
        return taken

    def _find_all(self, number: int, texts: list[str]) -> None:
        """Say what is wrong with each cell of a row."""
        for column, text in zip(self._columns, texts, strict=True):
            try:
                column[text]
            except (Refused, ValidationError, ValueError) as refusal:
                self.findings.append(_finding(number, column.header, refusal))

    def _is_duplicate(self, number: int, values: dict[str, Any]) -> bool:
        if self._key is None or (key := self._key(values)) is None:
            return False
        first = self._first_rows.first(key, number)
        if first == number:
            return False
        message = _("第 %(row)d 行与第 %(first)d 行重复，只取前面一行。") % {"row": number, "first": first}
        self.findings.append(Finding(number, "", "duplicate_row", message))
        return True


class _OneColumn(dict[str, Any]):
    """The values of one column by the texts it has met; `column[text]` cleans a text that is new.

    It raises what the column's `clean` raises, and Refused "missing" for an empty cell that is required.
    """

    def __init__(self, column: Column) -> None:
        super().__init__({} if column.required else {"": column.empty})
        self.header = str(column.header)
        self._clean = column.clean

    def __missing__(self, text: str) -> Any:
        if not text:
            raise Refused("", code="missing")
        tidied = text
        if not text.isprintable() or text[0] == "'" or len(text) > LONGEST_CELL:
            tidied = tidy(text)
        value = self._clean(tidied) if self._clean else tidied
        if len(self) < KNOWN_TEXTS:
            self[text] = value
        return value


def _finding(number: int, header: str, refusal: Exception) -> Finding:
    code = str(getattr(refusal, "code", "") or "invalid")
    if code == "missing":
        message = _("第 %(row)d 行缺少“%(column)s”。") % {"row": number, "column": header}
        return Finding(number, header, code, message)
    return Finding(number, header, code, sentence_of(refusal))


def tidy(text: str) -> str:
    """Turn line breaks and wide blanks into one blank, drop invisible characters; refuse what cannot be text."""
    if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS):
        text = text[1:]  # our own exports neutralise formulas so
    text = _BLANKS.sub(" ", text.translate(_INVISIBLE)).strip()
    if len(text) > LONGEST_CELL:
        raise Refused(_("内容太长（超过 %(most)d 字），请缩短。") % {"most": LONGEST_CELL}, code="too_long")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise Refused(_("含有不能显示的控制字符，请重新输入这一格。"), code="control_characters")
    return text


def sentence_of(refusal: Exception) -> str:
    """The sentence of a refusal or a validation error; a plain ValueError gets a general one."""
    if isinstance(refusal, ValidationError):
        return " ".join(str(message) for message in refusal.messages)
    if isinstance(refusal, Refused):
        return str(refusal)
    return _("内容不符合要求，请核对。")
