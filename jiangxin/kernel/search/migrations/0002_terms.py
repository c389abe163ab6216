"""The table of terms, each database's own kind: FTS5 on SQLite, tsvectors under GIN on PostgreSQL."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_terms USING fts5("
    "terms, content='', detail=none, columnsize=0, prefix='2', tokenize=\"ascii tokenchars ':._-'\")",
    # a transaction's terms are sorted in memory up to 32 MB, so that a batch makes one segment instead of several
    "INSERT INTO search_terms (search_terms, rank) VALUES ('hashsize', 33554432)",
    # eight segments of a size are merged at once, not four: a third of the merging less, two more segments to read
    "INSERT INTO search_terms (search_terms, rank) VALUES ('automerge', 8)",
)
# PostgreSQL moves values out of a row only when the row is longer than 2 KB, however the table is set. A vector is a little
# shorter, and a table of whole vectors holds five documents to a page where a table of numbers holds a hundred and more; so
# each row carries a filler that lifts it over the mark and is then compressed to nothing.
POSTGRES = (
    "CREATE TABLE search_terms (doc_id bigint PRIMARY KEY, terms tsvector NOT NULL, "
    "filler text NOT NULL DEFAULT repeat(' ', 2048)) WITH (toast_tuple_target = 128)",
    "ALTER TABLE search_terms ALTER COLUMN terms SET STORAGE EXTERNAL",
    "CREATE INDEX search_terms_gin ON search_terms USING gin (terms) WITH (fastupdate = on)",
    # The planner does not know that reading the vectors themselves is dear, so it must not choose to.
    """
    CREATE FUNCTION search_found(wanted tsquery, before bigint, most int, cap int)
    RETURNS TABLE (hits bigint, newest bigint[]) LANGUAGE sql STABLE
    SET enable_seqscan = off SET jit = off SET work_mem = '16MB' AS $$
        WITH found AS MATERIALIZED (SELECT doc_id FROM search_terms WHERE terms @@ wanted LIMIT cap)
        SELECT (SELECT count(*) FROM found),
               ARRAY(SELECT doc_id FROM found WHERE doc_id < before ORDER BY doc_id DESC LIMIT most)
    $$
    """,
)
POSTGRES_BACK = ("DROP FUNCTION search_found(tsquery, bigint, int, int)",)


def create_terms(apps, schema_editor):
    statements = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def drop_terms(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement)
    schema_editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create_terms, drop_terms)]
