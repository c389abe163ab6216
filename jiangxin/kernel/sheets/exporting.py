"""Write rows out as CSV, XLSX or JSON lines in a stream: privacy class on top, no cell that a spreadsheet would run as a formula."""

import csv
import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets.columns import Column, Sheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MOST_ROWS_XLSX = 1_000_000
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for GB 18030

Values = Mapping[str, Any]


def neutralise(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula; reading it back takes it off again."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def cell_text(value: Any) -> str:
    """One value as text: days as 2025-04-28, moments in local time, yes and no in words, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def privacy_line(privacy: PrivacyClass, *, by: Actor) -> str:
    """The line above an export: its class, who took it and when."""
    moment = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    line = _("密级：%(privacy)s　导出人：%(who)s　导出时间：%(when)s　请按此密级保管，用后删除。")
    return line % {"privacy": privacy.label, "who": by.actor_label, "when": moment}


def export_name(sheet: Sheet, *, ending: str, columns: Sequence[Column] = ()) -> str:
    """File name of an export, e.g. 职工名册-内部-20251122.csv; the class travels with the file."""
    privacy = _class_of(sheet, columns)
    return f"{sheet.title}-{privacy.label}-{timezone.localdate():%Y%m%d}{ending}"


def stream_csv(
    sheet: Sheet, rows: Iterable[Values], *, by: Actor, columns: Sequence[Column] = ()
) -> Iterator[bytes]:
    """Yield an export as UTF-8 CSV piece by piece; `columns` narrows it to some of the sheet's columns."""
    shown = columns or sheet.columns
    writer = csv.writer(_Echo())
    yield (
        BYTE_ORDER_MARK + _line(writer, [neutralise(privacy_line(_class_of(sheet, columns), by=by))])
    ).encode()
    yield _line(writer, [str(column.header) for column in shown]).encode()
    names = [column.name for column in shown]
    for values in rows:
        yield _line(writer, [_safe(values.get(name)) for name in names]).encode()


def write_csv(
    path: Path, sheet: Sheet, rows: Iterable[Values], *, by: Actor, columns: Sequence[Column] = ()
) -> Path:
    """Write an export to a CSV file."""
    with path.open("wb") as file:
        file.writelines(stream_csv(sheet, rows, by=by, columns=columns))
    return path


def write_xlsx(
    path: Path, sheet: Sheet, rows: Iterable[Values], *, by: Actor, columns: Sequence[Column] = ()
) -> Path:
    """Write an export to an XLSX file in constant memory; every text is written as text, never as a formula or link.

    Raises Refused above a million rows: a spreadsheet cannot hold them.
    """
    import xlsxwriter  # noqa: PLC0415 - slow: 12 MB that most processes never need

    shown = columns or sheet.columns
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet(str(sheet.title)[:31])
        page.write_string(
            0, 0, privacy_line(_class_of(sheet, columns), by=by), book.add_format({"italic": True})
        )
        bold = book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(shown):
            page.set_column(place, place, 18)
            page.write_string(1, place, str(column.header), bold)
        page.freeze_panes(2, 0)
        for number, values in enumerate(rows, start=2):
            if number - 2 >= MOST_ROWS_XLSX:
                raise Refused(_("超过一百万行，XLSX 放不下，请导出 CSV。"), code="too_many_rows")
            for place, column in enumerate(shown):
                _write_cell(page, number, place, values.get(column.name))
    return path


def write_jsonl(
    path: Path, sheet: Sheet, rows: Iterable[Values], *, by: Actor, columns: Sequence[Column] = ()
) -> Path:
    """Write an export as JSON lines: one object a row, keys are the headers. Nothing runs there, so nothing is neutralised."""
    del by
    shown = [(column.name, str(column.header)) for column in columns or sheet.columns]
    with path.open("w", encoding="utf-8") as file:
        for values in rows:
            record = {header: _plain(values.get(name)) for name, header in shown}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


class _Echo:
    """A file that hands back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def _line(writer: Any, cells: list[str]) -> str:
    return str(writer.writerow(cells))


def _safe(value: Any) -> str:
    text = cell_text(value)
    return neutralise(text) if isinstance(value, str) else text


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else cell_text(value)


def _write_cell(page: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        page.write_number(row, place, value)
    elif value is not None and value != "":
        page.write_string(row, place, cell_text(value)[:32_767])


def _class_of(sheet: Sheet, columns: Sequence[Column]) -> PrivacyClass:
    return max((column.privacy for column in columns or sheet.columns), key=lambda each: each.rank)
