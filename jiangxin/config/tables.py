"""Loads every code table that is shipped with the house; does nothing when all is there."""

from __future__ import annotations

from jiangxin.honours.actions import load_catalogue
from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.actions import load_tables as load_orgs_tables

TABLES = SystemActor("tables")


def load_tables() -> None:
    """Regions, occupations, industries, then the catalogue of honours."""
    load_orgs_tables(by=TABLES)
    load_catalogue(by=TABLES)
