"""Spreadsheets of people: the list that goes in, and the list that comes out."""

from jiangxin.people.sheets.importing import PEOPLE_SHEET
from jiangxin.people.sheets.listing import PEOPLE_LIST, list_rows

__all__ = ["PEOPLE_LIST", "PEOPLE_SHEET", "list_rows"]
