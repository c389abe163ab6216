"""The table of terms, each database's own kind: FTS5 on SQLite, tsvectors under GIN on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_terms USING fts5(
    terms, content='', detail=none, columnsize=0, prefix='2', tokenize="ascii tokenchars ':._-'"
)
"""
POSTGRES = (
    "CREATE TABLE search_terms (doc_id bigint PRIMARY KEY, terms tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    "CREATE INDEX search_terms_gin ON search_terms USING gin (terms) WITH (fastupdate = on)",
)


def create_terms(apps, schema_editor):
    statements = POSTGRES if schema_editor.connection.vendor == "postgresql" else (SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


def drop_terms(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create_terms, drop_terms)]
