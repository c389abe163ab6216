"""Find the header row by the names of the columns, in any order, also below title lines."""

import unicodedata
from collections.abc import Iterable
from operator import itemgetter

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.sheets.columns import Column, Sheet
from jiangxin.kernel.sheets.findings import Unusable
from jiangxin.kernel.text.sayings import say, say_all

ROWS_LOOKED_AT = 20


def header_key(text: str) -> str:
    """How headers are compared: half-width, no blanks, no stars, without a remark in brackets, small letters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(text.replace("*", "").split())
    start = bare.find("(")
    return bare[:start] if start > 0 and bare.endswith(")") else bare


def known_headers(sheet: Sheet) -> dict[str, int]:
    """Position of the sheet's column by every name it goes by, its header in every language of the house."""
    return {
        header_key(name): position
        for position, column in enumerate(sheet.columns)
        for name in (*column.aliases, column.name, *in_every_language(column.header))
    }


def in_every_language(label: Label) -> list[str]:
    """A label as readers of each language see it: who reads English still sends in Chinese lists."""
    texts = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts.append(str(label))
    return texts


class Heading:
    """Where each column of the sheet stands in the file."""

    def __init__(self, row: int, places: list[int | None], unknown: list[str]) -> None:
        self.row = row
        self.unknown = unknown
        self._places = places
        self._width = 1 + max(place for place in places if place is not None)

    def pick(self, rows: list[list[str]]) -> list[list[str]]:
        """The cells of some rows column by column in the order of the sheet; a column that is absent or short gives ""."""
        if min(map(len, rows)) < self._width:
            rows = [cells + [""] * (self._width - len(cells)) for cells in rows]
        absent = [""] * len(rows)
        return [
            absent if place is None else list(map(str.strip, map(itemgetter(place), rows)))
            for place in self._places
        ]


def find_heading(first_rows: Iterable[tuple[int, list[str]]], sheet: Sheet) -> Heading:
    """Choose the row that names most columns; raises Unusable when required ones are missing or one stands twice."""
    known = known_headers(sheet)
    best: tuple[int, int, list[str]] = (0, 0, [])
    for number, cells in first_rows:
        hits = sum(1 for cell in cells if header_key(cell) in known)
        if hits > best[0]:
            best = (hits, number, cells)
    return _heading(best[1], best[2], sheet, known)


def _heading(row: int, cells: list[str], sheet: Sheet, known: dict[str, int]) -> Heading:
    places: list[int | None] = [None] * len(sheet.columns)
    unknown = []
    for place, cell in enumerate(cells):
        position = known.get(header_key(cell))
        if position is None:
            unknown.extend([cell.strip()] if cell.strip() else [])
        elif places[position] is not None:
            sentence = _("“%(column)s”这一列出现了两次，请只留一列。")
            raise Unusable("column_twice", say(sentence, column=say(sheet.columns[position].header)))
        else:
            places[position] = place
    _refuse_missing(sheet, places)
    return Heading(row, places, unknown)


def _refuse_missing(sheet: Sheet, places: list[int | None]) -> None:
    required = [
        each for each, place in zip(sheet.columns, places, strict=True) if each.required and place is None
    ]
    if all(place is None for place in places):
        wanted = [each for each in sheet.columns if each.required] or sheet.columns[:1]
        sentence = _("没有找到表头。第一行应写列名，例如：%(columns)s。可以先下载模板。")
        raise Unusable("no_header", say(sentence, columns=_listed(wanted)))
    if required:
        raise Unusable("column_missing", say(_("缺少必填的列：%(columns)s。"), columns=_listed(required)))


def _listed(columns: Iterable[Column]) -> str:
    return say_all((say(each.header) for each in columns), between="、")
