"""Foreign keys that are checked by statement are handed over, and given back on the way back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from jiangxin.kernel.sheets.models import ImportLine
from jiangxin.kernel.sheets.references import PREFIX, CheckReferencesTogether


def _keys() -> list[str]:
    """Columns with a foreign key of the database's own."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, ImportLine._meta.db_table).values()
    return sorted(each["columns"][0] for each in found if each["foreign_key"])


def _triggers() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname LIKE %s", [f"{PREFIX}%importline%"])
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_foreign_keys_are_handed_over_and_given_back() -> None:
    state = MigrationLoader(connection).project_state()
    operation = CheckReferencesTogether("ImportLine", ("run",))
    found = [(_keys(), _triggers())]

    with connection.schema_editor() as editor:
        operation.database_forwards("sheets", editor, state, state)
        found.append((_keys(), _triggers()))
        operation.database_backwards("sheets", editor, state, state)
        found.append((_keys(), _triggers()))

    handed_over = ([], 5) if connection.vendor == "postgresql" else (["run_id"], 0)
    assert found == [(["run_id"], 0), handed_over, (["run_id"], 0)]


def test_the_operation_says_what_it_does() -> None:
    operation = CheckReferencesTogether("ImportLine", ("run", "file"))

    assert operation.describe() == "Check run, file of ImportLine once a statement"
    assert operation.migration_name_fragment == "importline_references_together"
