"""Search in Chinese text, names and organisations: one interface, an engine of its own kind on each database."""

from jiangxin.kernel.search.backlog import drain, mark, mark_all, pending
from jiangxin.kernel.search.docs import Doc, Hit, Page, Query
from jiangxin.kernel.search.engine import engine

__all__ = ["Doc", "Hit", "Page", "Query", "drain", "engine", "mark", "mark_all", "pending"]
