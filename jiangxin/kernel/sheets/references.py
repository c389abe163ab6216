"""Foreign keys of tables that are filled by the million, checked once a statement instead of once a row (PostgreSQL).

PostgreSQL runs a query for every foreign key of every row, 3 µs each; for keys that name a few hundred rows (regions, sources)
one query a statement tells the same. The checks are the database's own, for whoever writes: a key that names nothing is
refused, what is named is held against removal until the end of the transaction, and what is in use cannot be removed, by
DELETE or by TRUNCATE of its table alone. They are made at once, not at the end of the transaction. SQLite, whose check costs 0.2 µs, keeps its foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.migrations.operations.base import Operation

PREFIX = "refers_"
_FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION jx_refers() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE missing bigint;
    BEGIN
      FOR at IN 0 .. TG_NARGS - 1 BY 2 LOOP
        EXECUTE format(
          'WITH wanted AS MATERIALIZED (SELECT DISTINCT %1$I AS key FROM written WHERE %1$I IS NOT NULL), '
          'held AS MATERIALIZED (SELECT named.id FROM ONLY %2$I named JOIN wanted ON named.id = key FOR KEY SHARE OF named) '
          'SELECT key FROM wanted WHERE key NOT IN (SELECT id FROM held) LIMIT 1', TG_ARGV[at], TG_ARGV[at + 1])
        INTO missing;
        IF missing IS NOT NULL THEN
          RAISE EXCEPTION '%.% names %, which is not in %', TG_TABLE_NAME, TG_ARGV[at], missing, TG_ARGV[at + 1]
            USING ERRCODE = 'foreign_key_violation';
        END IF;
      END LOOP;
      RETURN NULL;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION jx_referred() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE found boolean;
    BEGIN
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE %I IN (SELECT id FROM gone))', TG_ARGV[0], TG_ARGV[1])
      INTO found;
      IF found THEN
        RAISE EXCEPTION 'a row of % is still named by %.%', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]
          USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NULL;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION jx_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE found boolean;
    BEGIN
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE %I IS NOT NULL)', TG_ARGV[0], TG_ARGV[1]) INTO found;
      IF found THEN
        RAISE EXCEPTION 'rows of % are still named by %.%', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]
          USING ERRCODE = 'foreign_key_violation';
      END IF;
      RETURN NULL;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION jx_key_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a key of % never changes', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
    END $$
    """,
)


class CheckReferencesTogether(Operation):
    """Migration operation: the given foreign keys of a model are checked by statement from here on; they name tables by `id`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name: str, fields: tuple[str, ...]) -> None:
        self.model_name = model_name
        self.fields = fields

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change: to Django these are foreign keys."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        for field in self._fields(model):
            for name in schema_editor._constraint_names(model, [field.column], foreign_key=True):
                schema_editor.execute(schema_editor._delete_fk_sql(model, name))
        for statement in _FUNCTIONS:
            schema_editor.execute(statement, params=None)
        for name, when, table, what in self._triggers(model):
            schema_editor.execute(f"CREATE TRIGGER {name} {when} ON {table} {what}", params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        model = from_state.apps.get_model(app_label, self.model_name)
        for name, _when, table, _what in self._triggers(model):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}", params=None)
        for field in self._fields(model):
            schema_editor.execute(
                schema_editor._create_fk_sql(model, field, "_fk_%(to_table)s_%(to_column)s")
            )

    def describe(self) -> str:
        return f"Check {', '.join(self.fields)} of {self.model_name} once a statement"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_references_together"

    def _fields(self, model: Any) -> list[Any]:
        return [model._meta.get_field(name) for name in self.fields]

    def _triggers(self, model: Any) -> Iterator[tuple[str, str, str, str]]:
        """Name, event, table and act of each trigger."""
        table = model._meta.db_table
        named = {field.column: field.related_model._meta.db_table for field in self._fields(model)}
        pairs = ", ".join(f"'{column}', '{parent}'" for column, parent in named.items())
        refers = f"REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION jx_refers({pairs})"
        yield f"{PREFIX}insert_{table}", "AFTER INSERT", table, refers
        yield f"{PREFIX}update_{table}", "AFTER UPDATE", table, refers
        for column, parent in named.items():
            place = f"{table}_{column}"
            referred = f"EXECUTE FUNCTION jx_referred('{table}', '{column}')"
            gone = f"REFERENCING OLD TABLE AS gone FOR EACH STATEMENT {referred}"
            yield f"{PREFIX}gone_{place}", "AFTER DELETE", parent, gone
            emptied = f"FOR EACH STATEMENT EXECUTE FUNCTION jx_emptied('{table}', '{column}')"
            # after, not before: TRUNCATE of both tables in one statement is right
            yield f"{PREFIX}emptied_{place}", "AFTER TRUNCATE", parent, emptied
            stays = "FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION jx_key_stays()"
            yield f"{PREFIX}key_{place}", "BEFORE UPDATE OF id", parent, stays
