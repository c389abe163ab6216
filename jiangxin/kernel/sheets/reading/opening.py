"""Look at a file's bytes, choose its reader, find its header, and give out rows in the order of the sheet's columns."""

from collections.abc import Iterator
from itertools import compress, islice
from pathlib import Path

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.files import kinds
from jiangxin.kernel.sheets.columns import Sheet
from jiangxin.kernel.sheets.findings import Finding, Unusable
from jiangxin.kernel.sheets.reading.headers import Heading, find_heading
from jiangxin.kernel.sheets.reading.json_lines import JsonLines
from jiangxin.kernel.sheets.reading.separated import SeparatedText
from jiangxin.kernel.sheets.reading.workbook import Workbook
from jiangxin.kernel.text.sayings import say

MOST_BYTES = 1 << 30
MOST_BYTES_WORKBOOK = 64 << 20
MOST_COLUMNS = 300

TOGETHER = 1_000  # rows read at once
Grid = SeparatedText | Workbook
Part = tuple[list[int], list[list[str]]]


class Reading:
    """An opened file: `parts()` yields (numbers, texts column by column in the order of the sheet) once.

    `unknown_columns` and `take_findings()` are complete when the rows have been read. Raises Unusable, at opening or
    at any row, when the file as a whole cannot be used.
    """

    def __init__(self, path: Path, sheet: Sheet) -> None:
        self.sheet = sheet
        self._source = _source(path, sheet)
        self.file_format = self._source.file_format
        self._heading: Heading | None = None
        if not isinstance(self._source, JsonLines):
            self._heading = find_heading(self._source.first_rows(), sheet)

    @property
    def unknown_columns(self) -> list[str]:
        """Headers of the file that the sheet does not know; their cells are ignored."""
        return self._heading.unknown if self._heading else self._json().unknown

    def parts(self) -> Iterator[Part]:
        """Yield the rows below the header some at a time; empty ones are left out."""
        given = 0
        for numbers, columns in map(_filled, self._aligned()):
            given += len(numbers)
            if given > self.sheet.max_rows:
                sentence = say(_("行数超过上限 %(most)d 行，请拆成几个文件。"), most=self.sheet.max_rows)
                raise Unusable("too_many_rows", sentence)
            if numbers:
                yield numbers, columns
        if not given:
            raise Unusable("no_rows", _("文件里只有表头，没有数据行。"))

    def take_findings(self) -> list[Finding]:
        """Return what the reader noticed about the file and its cells since the last call."""
        taken, self._source.findings[:] = list(self._source.findings), []
        return taken

    def _aligned(self) -> Iterator[Part]:
        if self._heading is None:
            for numbers, rows in _together(self._json().rows()):
                yield numbers, [list(texts) for texts in zip(*rows, strict=True)]
            return
        heading = self._heading
        below = ((number, cells) for number, cells in self._source.rows() if number > heading.row)
        for numbers, rows in _together(below):
            yield numbers, heading.pick(rows)

    def _json(self) -> JsonLines:
        assert isinstance(self._source, JsonLines)  # noqa: S101 - only JSON lines come without a header
        return self._source


def _filled(part: Part) -> Part:
    """The rows that are not empty."""
    numbers, columns = part
    filled = list(map(any, zip(*columns, strict=True)))
    if all(filled):
        return part
    return list(compress(numbers, filled)), [list(compress(texts, filled)) for texts in columns]


def _together(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Part]:
    """Some rows at once: their numbers and their cells."""
    while some := list(islice(rows, TOGETHER)):
        numbers, cells = zip(*some, strict=True)
        yield list(numbers), list(cells)


def read_sheet(path: Path, sheet: Sheet) -> Reading:
    """Open a file as this sheet; raises Unusable with one sentence."""
    return Reading(path, sheet)


def _source(path: Path, sheet: Sheet) -> Grid | JsonLines:
    size = path.stat().st_size
    if not size:
        raise Unusable("empty", _("文件是空的。"))
    if size > MOST_BYTES:
        raise Unusable("too_big", _("文件超过 1 GB，请拆成几个文件。"))
    kind = kinds.kind_of(path)
    if kind in kinds.ACTIVE:
        raise Unusable(
            "html", _("这其实是一个网页文件，不是表格。请用 WPS 或 Excel 打开，另存为 XLSX 后再上传。")
        )
    if kind in {kinds.XLSX, kinds.OLE, kinds.ZIP}:
        return _workbook(path, size)
    if kind is kinds.JSON:
        return JsonLines(path, sheet)
    if kind is kinds.TEXT:
        return SeparatedText(path, most_columns=MOST_COLUMNS)
    if kind is kinds.UNKNOWN and path.suffix.lower() in {".csv", ".tsv", ".txt", ".jsonl"}:
        return SeparatedText(path, most_columns=MOST_COLUMNS)  # says where it stops being text
    raise Unusable("not_a_sheet", _("这不是表格文件。可以上传 XLSX、CSV 或 JSONL。"))


def _workbook(path: Path, size: int) -> Workbook:
    if size > MOST_BYTES_WORKBOOK:
        raise Unusable("too_big", _("XLSX 文件超过 64 MB，请另存为 CSV 后再上传。"))
    try:
        if kinds.kind_of(path) is not kinds.OLE:
            kinds.check_archive(path)
    except Refused as refusal:
        raise Unusable(refusal.code, str(refusal)) from None
    return Workbook(path, most_columns=MOST_COLUMNS)
