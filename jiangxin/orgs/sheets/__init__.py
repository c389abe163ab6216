"""Spreadsheets of organisations and employers: a list that goes in, and lists that come out."""

from jiangxin.orgs.sheets.importing import (
    COLUMNS,
    ORGS_SHEET,
    apply_orgs,
    clean_code,
    clean_day,
    clean_kind,
    clean_region_code,
    export_orgs,
)
from jiangxin.orgs.sheets.listing import EMPLOYERS_LIST, LISTINGS, Listing

__all__ = [
    "COLUMNS",
    "EMPLOYERS_LIST",
    "LISTINGS",
    "ORGS_SHEET",
    "Listing",
    "apply_orgs",
    "clean_code",
    "clean_day",
    "clean_kind",
    "clean_region_code",
    "export_orgs",
]
