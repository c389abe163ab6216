"""The empty form of a sheet for download: header, one example row that is passed over when it is left in, instructions."""

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from jiangxin.kernel.sheets.columns import Sheet
from jiangxin.kernel.sheets.exporting import BYTE_ORDER_MARK, neutralise
from jiangxin.kernel.sheets.reading.workbook import INSTRUCTIONS

if TYPE_CHECKING:
    import xlsxwriter

ROWS_AS_TEXT = 18


def blank_xlsx(sheet: Sheet) -> bytes:
    """An XLSX template; its columns hold text, so that long numbers keep all their digits."""
    import xlsxwriter  # noqa: PLC0415 - slow: 12 MB that most processes never need

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        plain = book.add_format({"num_format": "@"})
        required = book.add_format({"bold": True, "bottom": 1, "font_color": "#9b1c1c", "num_format": "@"})
        optional = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        page = book.add_worksheet(str(sheet.title)[:31])
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, ROWS_AS_TEXT, plain)
            header = f"{column.header}*" if column.required else str(column.header)
            page.write_string(0, place, header, required if column.required else optional)
            page.write_string(1, place, column.example, plain)
        page.freeze_panes(1, 0)
        _write_instructions(book, sheet)
    return content.getvalue()


def blank_csv(sheet: Sheet) -> bytes:
    """A CSV template in UTF-8 with byte order mark."""
    header = ",".join(
        f"{column.header}*" if column.required else str(column.header) for column in sheet.columns
    )
    example = ",".join('"' + neutralise(column.example).replace('"', '""') + '"' for column in sheet.columns)
    return f"{BYTE_ORDER_MARK}{header}\r\n{example}\r\n".encode()


def _write_instructions(book: "xlsxwriter.Workbook", sheet: Sheet) -> None:
    page = book.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 3, 24)
    lines = [[_("列名"), _("是否必填"), _("示例"), _("说明")]]
    lines += [
        [str(column.header), _("必填") if column.required else "", column.example, str(column.note)]
        for column in sheet.columns
    ]
    for row, line in enumerate(lines):
        for place, text in enumerate(line):
            page.write_string(row, place, text)
