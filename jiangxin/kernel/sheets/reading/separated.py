"""Rows of comma, tab or semicolon separated text in UTF-8, UTF-16 with mark, or GB 18030."""

import codecs
import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from jiangxin.kernel.sheets.findings import Finding, Severity, Unusable
from jiangxin.kernel.sheets.reading.headers import ROWS_LOOKED_AT
from jiangxin.kernel.text.sayings import say

CHUNK = 1 << 20
SEPARATORS = ",\t;"


class SeparatedText:
    """One text file; `rows()` may be called again and then reads from the start."""

    def __init__(self, path: Path, *, most_columns: int) -> None:
        self.findings: list[Finding] = []
        self.path = path
        self.encoding = find_encoding(path)
        self.file_format = "csv"
        self._most_columns = most_columns
        with path.open(encoding=self.encoding, newline="") as file:
            self._separator = _separator(file)

    def first_rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows among which the header is looked for."""
        return itertools.islice(self.rows(), ROWS_LOOKED_AT)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (number, cells) of every line, counted as a spreadsheet counts rows."""
        number = 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self._separator, strict=True)
            try:
                for number, cells in enumerate(reader, start=1):
                    if len(cells) > self._most_columns:
                        raise Unusable("too_many_columns", say(_("第 %(row)d 行的列太多。"), row=number))
                    yield number, cells
            except csv.Error as error:
                raise _unusable(error, number + 1) from None
        if number > 1 and not self.findings and not _ends_with_line_break(self.path):
            self._warn_of_open_end(number)

    def _warn_of_open_end(self, number: int) -> None:
        message = say(_("最后一行（第 %(row)d 行）后面没有换行，请核对文件是否传完整。"), row=number)
        self.findings.append(Finding(number, "", "open_end", message, Severity.NOTE))


def find_encoding(path: Path) -> str:
    """Return utf-8-sig, utf-16 or gb18030, whichever reads the whole file; raises Unusable when none does."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if _first_fault(path, "utf-16") is not None:
            raise Unusable("encoding", _("文件的文字编码有误，可能没有传完。请另存为 UTF-8 的 CSV。"))
        return "utf-16"
    fault = _first_fault(path, "utf-8")
    if fault is None:
        return "utf-8-sig"
    if fault > 0 and path.stat().st_size - fault < 4 and _first_fault(path, "utf-8", whole=False) is None:
        raise Unusable("cut_off", _("文件在一个字的中间断了，很可能没有传完。请重新上传。"))
    if _first_fault(path, "gb18030") is None:
        return "gb18030"
    sentence = _("文件的文字编码既不是 UTF-8 也不是 GB 18030（第 %(line)d 行起），请另存为 UTF-8 的 CSV。")
    raise Unusable("encoding", say(sentence, line=_line_at(path, fault)))


def _first_fault(path: Path, encoding: str, *, whole: bool = True) -> int | None:
    """Byte at which the file stops being text in this encoding; `whole=False` forgives a character cut off at the end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    start = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk and whole)
            except UnicodeDecodeError as error:
                return start - pending + error.start
            if "\0" in text:
                return start
            if not chunk:
                return None
            start += len(chunk)


def _line_at(path: Path, position: int) -> int:
    line, left = 1, position
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            line += chunk.count(b"\n")
            left -= len(chunk)
    return line


def _separator(file: Iterator[str]) -> str:
    lines = [line for line in itertools.islice(file, ROWS_LOOKED_AT) if line.strip()]
    return max(SEPARATORS, key=lambda each: (sum(each in line for line in lines), "".join(lines).count(each)))


def _unusable(error: csv.Error, row: int) -> Unusable:
    if "unexpected end" in str(error):
        return Unusable("cut_off", say(_("从第 %(row)d 行起引号没有结束，文件很可能没有传完。"), row=row))
    if "field larger" in str(error):
        return Unusable("too_long", say(_("第 %(row)d 行有一格内容过长。"), row=row))
    return Unusable("quotes", say(_("第 %(row)d 行的引号不成对，请检查这一行。"), row=row))


def _ends_with_line_break(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(2, path.stat().st_size), 2)
        return file.read().strip(b"\0")[-1:] in {b"\n", b"\r"}
