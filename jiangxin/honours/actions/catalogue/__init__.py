"""Verbs on the catalogue: load the shipped table, add and revise entries, other names, titles nobody knew."""

from jiangxin.honours.actions.catalogue.entries import add_honour, revise_honour
from jiangxin.honours.actions.catalogue.loading import load_catalogue
from jiangxin.honours.actions.catalogue.naming import add_alias, settle_title

__all__ = ["add_alias", "add_honour", "load_catalogue", "revise_honour", "settle_title"]
