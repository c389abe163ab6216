"""Very many keys in one parameter: `filter(pk__among=keys)` where `pk__in=keys` would bind and check each by itself."""

from __future__ import annotations

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


def among(
    connection: BaseDatabaseWrapper, keys: list[int] | list[str], *, kind: str = "bigint"
) -> tuple[str, list[int] | list[str] | str]:
    """The condition behind a column for keys of one SQL type, and its parameter: an array, or a JSON text on SQLite."""
    if connection.vendor == "postgresql":
        return f"= ANY(%s::{kind}[])", keys
    return "IN (SELECT value FROM json_each(%s))", json.dumps(keys)


class Among(Lookup):
    """Holds for rows whose number is in the given set of integers; an empty set holds for none."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """See `among`."""
        column, values = self.process_lhs(compiler, connection)
        condition, parameter = among(connection, sorted(self.rhs))
        return f"{column} {condition}", (*values, parameter)
