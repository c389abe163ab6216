"""The queue's table gets an index by status, so that looking for running, dead and long done jobs stays cheap."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX jobs_by_status ON django_tasks_database_dbtaskresult (status, finished_at)",
            "DROP INDEX jobs_by_status",
        ),
    ]
