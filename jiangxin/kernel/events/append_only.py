"""Triggers that make a table append-only, as a migration operation any app may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

PREFIX = "append_only_"
_FUNCTION = """
CREATE OR REPLACE FUNCTION jx_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


class AppendOnly(Operation):
    """Migration operation: from here on the database refuses UPDATE, DELETE and TRUNCATE of the model's table."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in _statements(schema_editor.connection, table):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for what in _kinds(schema_editor.connection):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {PREFIX}{what}_{table}{on}", params=None)

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_append_only"


def _kinds(database: BaseDatabaseWrapper) -> tuple[str, ...]:
    return ("rows", "truncate") if database.vendor == "postgresql" else ("update", "delete")


def _statements(database: BaseDatabaseWrapper, table: str, *, updates: bool = True) -> list[str]:
    """What refuses DELETE, TRUNCATE and, unless another trigger does, UPDATE."""
    if database.vendor == "postgresql":
        return [
            _FUNCTION,
            (
                f"CREATE TRIGGER {PREFIX}rows_{table} BEFORE {'UPDATE OR DELETE' if updates else 'DELETE'} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION jx_append_only()"
            ),
            (
                f"CREATE TRIGGER {PREFIX}truncate_{table} BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION jx_append_only()"
            ),
        ]
    return [
        f"CREATE TRIGGER {PREFIX}{verb}_{table} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in _kinds(database)
        if updates or verb != "update"
    ]


class Forgetful(AppendOnly):
    """As AppendOnly, but an UPDATE may empty the columns in `words`, and put what `blanks` says into the columns it names.

    With `salts` it must change that column too. `rewritten` columns may change in that UPDATE as well; every other
    column must stay as it is.
    """

    def __init__(
        self,
        model_name: str,
        *,
        words: tuple[str, ...],
        rewritten: tuple[str, ...] = (),
        salts: str = "",
        blanks: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(model_name)
        self.words, self.rewritten, self.salts, self.blanks = words, rewritten, salts, dict(blanks or {})

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table, vendor = model._meta.db_table, schema_editor.connection.vendor
        self._take_away(schema_editor, table)
        for statement in _statements(schema_editor.connection, table, updates=False):
            schema_editor.execute(statement, params=None)
        condition = self._allowed([field.column for field in model._meta.concrete_fields], vendor)
        schema_editor.execute(_guarded_update(vendor, table, condition), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._take_away(schema_editor, from_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def _take_away(self, schema_editor: Any, table: str) -> None:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for what in ("rows", "truncate", "update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {PREFIX}{what}_{table}{on}", params=None)

    def _allowed(self, columns: list[str], vendor: str) -> str:
        """SQL that is true for the one UPDATE that is let through."""
        same = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
        free = (*self.words, *self.rewritten, *self.blanks, self.salts)
        emptied = dict.fromkeys(self.words, "") | self.blanks
        return " AND ".join(
            [f'NEW."{each}" {same} OLD."{each}"' for each in columns if each not in free]
            + [f"NEW.{each} IN (OLD.{each}, '{blank}')" for each, blank in emptied.items()]
            + ([f"NEW.{self.salts} <> OLD.{self.salts}"] if self.salts else [])
        )


def _guarded_update(vendor: str, table: str, allowed: str) -> str:
    head = f"CREATE TRIGGER {PREFIX}update_{table} BEFORE UPDATE ON {table}"
    if vendor == "postgresql":
        return f"{head} FOR EACH ROW WHEN (NOT ({allowed})) EXECUTE FUNCTION jx_append_only()"
    return f"{head} WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


@contextmanager
def unlocked() -> Iterator[None]:
    """Take the triggers away for a moment: for emptying a test database and for a restore, never for the platform.

    The database account needs the right to alter the tables; a hardened installation withholds it.
    """
    found = _existing()
    with connection.cursor() as cursor:
        for drop, _create in found:
            cursor.execute(drop)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _drop, create in found:
                cursor.execute(create)


def _existing() -> list[tuple[str, str]]:
    """(take away, put back) statements for each append-only trigger of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [PREFIX + "%"]
            )
            return [
                (f"ALTER TABLE {table} DISABLE TRIGGER {name}", f"ALTER TABLE {table} ENABLE TRIGGER {name}")
                for name, table in cursor.fetchall()
            ]
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [PREFIX + "%"]
        )
        return [(f"DROP TRIGGER IF EXISTS {name}", sql) for name, sql in cursor.fetchall()]
