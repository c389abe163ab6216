"""The engine of a database, chosen by its vendor."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections

from jiangxin.kernel.search.engine_postgres import PostgresEngine
from jiangxin.kernel.search.engine_sqlite import SqliteEngine
from jiangxin.kernel.search.naming import Naming

ENGINES: dict[str, type[Naming]] = {"sqlite": SqliteEngine, "postgresql": PostgresEngine}


def engine(using: str = DEFAULT_DB_ALIAS) -> Naming:
    """The search engine of a database connection."""
    return ENGINES[connections[using].vendor](using)
