"""From texts in cells to clean rows: required, tidy, cleaned by the column, no duplicate in the file."""

import re
import unicodedata
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.sheets.columns import Column, Sheet
from jiangxin.kernel.sheets.duplicates import FirstRows
from jiangxin.kernel.sheets.exporting import FORMULA_STARTS
from jiangxin.kernel.sheets.findings import Finding, Severity
from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.sayings import say, say_all

LONGEST_CELL = 10_000
KNOWN_TEXTS = 20_000  # cleaned texts remembered for each column: most columns say the same again and again
_BLANKS = re.compile(r"[\s\u3000]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))

FAULT = object()


class Cleaner:
    """Cleans the rows of one file some at a time; what is wrong is gathered in `findings` until taken."""

    def __init__(self, sheet: Sheet) -> None:
        self.findings: list[Finding] = []
        self._sheet = sheet
        self._columns = {each.name: _OneColumn(each) for each in sheet.columns}
        self._example = tuple(each.example for each in sheet.columns)
        self._first_rows = FirstRows()

    def batch(self, numbers: list[int], texts: list[list[str]]) -> Batch:
        """Clean rows, given column by column in the order of the sheet; those with errors are left out."""
        examples = self._examples(numbers, texts)
        columns, faulty = {}, set(examples)
        for (name, column), given in zip(self._columns.items(), texts, strict=True):
            columns[name], places = self._clean(column, numbers, given, examples)
            faulty |= places
        rows = self._without_repeats(Batch(numbers, columns).without(faulty))
        self.findings.sort(key=attrgetter("row"))
        return rows

    def take_findings(self) -> list[Finding]:
        """Return the findings gathered since the last call."""
        taken, self.findings = self.findings, []
        return taken

    def _examples(self, numbers: list[int], texts: list[list[str]]) -> set[int]:
        """The places of the template's example row."""
        if self._example[0] not in texts[0]:
            return set()
        rows = zip(*texts, strict=True)
        found = {place for place, row in enumerate(rows) if row == self._example}
        for place in found:
            message = say(_("第 %(row)d 行是模板里的示例，已跳过。"), row=numbers[place])
            self.findings.append(Finding(numbers[place], "", "example_row", message, Severity.NOTE))
        return found

    def _clean(
        self, column: "_OneColumn", numbers: list[int], texts: list[str], but: set[int]
    ) -> tuple[list[Any], set[int]]:
        """The values of a column, and the places of those that are none; what is wrong with them is noted down."""
        values = list(map(column.__getitem__, texts))
        if not column.faults:
            return values, set()
        places = {place for place, value in enumerate(values) if value is FAULT}
        for place in sorted(places - but):
            self.findings.append(_finding(numbers[place], column.header, column.faults[texts[place]]))
        column.faults.clear()
        return values, places

    def _without_repeats(self, rows: Batch) -> Batch:
        """The rows whose key no row before had."""
        keys = self._sheet.duplicate_keys(rows.columns)
        if keys is None:
            return rows
        repeats = self._first_rows.repeats(keys, rows.numbers)
        for place, first in repeats.items():
            number = rows.numbers[place]
            message = say(_("第 %(row)d 行与第 %(first)d 行重复，只取前面一行。"), row=number, first=first)
            self.findings.append(Finding(number, "", "duplicate_row", message))
        return rows.without(set(repeats))


class _OneColumn(dict[str, Any]):
    """The values of one column by the texts it has met; `column[text]` cleans a text that is new.

    What cannot be cleaned is FAULT, and its error stands in `faults` by the text until they are cleared.
    """

    def __init__(self, column: Column) -> None:
        super().__init__({} if column.required else {"": column.empty})
        self.header = str(column.header)
        self.faults: dict[str, Exception] = {}
        self._clean = column.clean

    def __missing__(self, text: str) -> Any:
        if not text:
            self.faults[text] = Refused("", code="missing")
            return FAULT
        try:
            odd = not text.isprintable() or text[0] == "'" or len(text) > LONGEST_CELL
            tidied = tidy(text) if odd else text
            value = self._clean(tidied) if self._clean else tidied
        except (Refused, ValidationError, ValueError) as refusal:
            self.faults[text] = refusal
            return FAULT
        if len(self) < KNOWN_TEXTS:
            self[text] = value
        return value


def _finding(number: int, header: str, refusal: Exception) -> Finding:
    code = str(getattr(refusal, "code", "") or "invalid")
    if code == "missing":
        message = say(_("第 %(row)d 行缺少“%(column)s”。"), row=number, column=say(header))
        return Finding(number, header, code, message)
    return Finding(number, header, code, sentence_of(refusal))


def tidy(text: str) -> str:
    """Turn line breaks and wide blanks into one blank, drop invisible characters; refuse what cannot be text."""
    if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS):
        text = text[1:]  # our own exports neutralise formulas so
    text = _BLANKS.sub(" ", text.translate(_INVISIBLE)).strip()
    if len(text) > LONGEST_CELL:
        raise Refused(say(_("内容太长（超过 %(most)d 字），请缩短。"), most=LONGEST_CELL), code="too_long")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise Refused(_("含有不能显示的控制字符，请重新输入这一格。"), code="control_characters")
    return text


def sentence_of(refusal: Exception) -> str:
    """The sentence of a refusal or a validation error; a plain ValueError gets a general one."""
    if isinstance(refusal, ValidationError):
        return say_all((_sentence_of_one(each) for each in refusal.error_list), between=" ")
    if isinstance(refusal, Refused | TextError):
        return say(refusal.sentence)
    return _("内容不符合要求，请核对。")


def _sentence_of_one(error: ValidationError) -> str:
    values = error.params or {}
    return say(error.message, **{str(name): value for name, value in values.items()})
