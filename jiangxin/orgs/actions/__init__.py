"""Everything that can be done to organisations, employers and code tables."""

from jiangxin.orgs.actions.employers import (
    EmployerFacts,
    add_employer,
    add_unit_name,
    edit_employer,
    rename_employer,
)
from jiangxin.orgs.actions.imports import import_orgs
from jiangxin.orgs.actions.leaving import begin_export, export_list, keep_list
from jiangxin.orgs.actions.orgs import add_org, close_org, edit_org, rename_org
from jiangxin.orgs.actions.structure import merge_org, move_org, split_org, undo_change
from jiangxin.orgs.actions.tables import load_tables

__all__ = [
    "EmployerFacts",
    "add_employer",
    "add_org",
    "add_unit_name",
    "begin_export",
    "close_org",
    "edit_employer",
    "edit_org",
    "export_list",
    "import_orgs",
    "keep_list",
    "load_tables",
    "merge_org",
    "move_org",
    "rename_employer",
    "rename_org",
    "split_org",
    "undo_change",
]
