"""On PostgreSQL: what is found within blocks of documents, asked as two conditions.

The index walks two conditions side by side and leaps from one's hits to the other's; a block as one more part of a single
query makes it look at each of the block's documents instead.
"""

from django.db import migrations

POSTGRES = """
    CREATE FUNCTION search_found_within(wanted tsquery, blocks tsquery, before bigint, most int, cap int)
    RETURNS TABLE (hits bigint, newest bigint[]) LANGUAGE sql STABLE
    SET enable_seqscan = off SET jit = off SET work_mem = '16MB' AS $$
        WITH found AS MATERIALIZED (
            SELECT doc_id FROM search_terms WHERE terms @@ wanted AND terms @@ blocks LIMIT cap
        )
        SELECT (SELECT count(*) FROM found),
               ARRAY(SELECT doc_id FROM found WHERE doc_id < before ORDER BY doc_id DESC LIMIT most)
    $$
    """
POSTGRES_BACK = "DROP FUNCTION search_found_within(tsquery, tsquery, bigint, int, int)"


def create_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)


def drop_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_terms")]

    operations = [migrations.RunPython(create_function, drop_function)]
