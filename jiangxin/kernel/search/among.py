"""Very many keys in one parameter: `filter(pk__among=keys)` where `pk__in=keys` would bind and check each by itself."""

from __future__ import annotations

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


class Among(Lookup[Any]):
    """Holds for rows whose number is in the given set of integers; an empty set holds for none."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """One array on PostgreSQL, one JSON text on SQLite."""
        column, values = self.process_lhs(compiler, connection)
        keys = sorted(self.rhs)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::bigint[])", (*values, keys)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, json.dumps(keys))  # noqa: S608 - Django's own column
