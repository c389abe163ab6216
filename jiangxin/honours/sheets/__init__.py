"""Spreadsheets of honours: published lists that come in, lists of conferrals that go out."""

from jiangxin.honours.sheets.importing import HONOURS_SHEET
from jiangxin.honours.sheets.listing import CONFERRALS_LIST, list_rows

__all__ = ["CONFERRALS_LIST", "HONOURS_SHEET", "list_rows"]
