"""Rows of JSON lines: one object a line, keys are the columns' names, headers or aliases."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.kernel.sheets.columns import Sheet
from jiangxin.kernel.sheets.findings import Finding, Unusable
from jiangxin.kernel.sheets.reading.headers import header_key, known_headers
from jiangxin.kernel.sheets.reading.separated import find_encoding
from jiangxin.kernel.text.sayings import say

MOST_FAULTS = 1000
LONGEST_LINE = 1 << 20


class JsonLines:
    """One file of JSON lines, read line by line."""

    def __init__(self, path: Path, sheet: Sheet) -> None:
        self.findings: list[Finding] = []
        self.unknown: list[str] = []
        self.file_format = "jsonl"
        self._path = path
        self._encoding = find_encoding(path)
        self._width = len(sheet.columns)
        self._known = known_headers(sheet)
        self._places: dict[str, int | None] = {}
        self._faults = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (line number, texts in the order of the sheet's columns); a line that is no object is a finding."""
        with self._path.open(encoding=self._encoding) as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                record = self._record(number, line)
                if record is not None:
                    yield number, self._texts(record)

    def _record(self, number: int, line: str) -> dict[str, Any] | None:
        if not line.strip():
            return None
        if number == 1 and line.lstrip().startswith("["):
            raise Unusable("not_json_lines", _("文件不是每行一条 JSON 记录的格式（JSONL）。"))
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            if not line.endswith("\n"):
                sentence = say(_("最后一行（第 %(row)d 行）不完整，文件很可能没有传完。"), row=number)
                raise Unusable("cut_off", sentence) from None
            self._fault(number, _("第 %(row)d 行不是一条完整的 JSON 记录。"))
            return None
        if not isinstance(record, dict):
            self._fault(number, _('第 %(row)d 行应是一个 JSON 对象，例如 {"姓名": "……"}。'))
            return None
        return record

    def _fault(self, number: int, message: str) -> None:
        self._faults += 1
        if self._faults > MOST_FAULTS:
            raise Unusable("not_json_lines", _("文件不是每行一条 JSON 记录的格式（JSONL）。"))
        self.findings.append(Finding(number, "", "bad_json", say(message, row=number)))

    def _texts(self, record: dict[str, Any]) -> list[str]:
        texts = [""] * self._width
        for key, value in record.items():
            place = self._place(key)
            if place is not None:
                texts[place] = _text(value)
        return texts

    def _place(self, key: str) -> int | None:
        if key not in self._places:
            self._places[key] = self._known.get(header_key(key))
            if self._places[key] is None:
                self.unknown.append(key)
        return self._places[key]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)
