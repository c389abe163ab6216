"""Sentences of imports are kept with what is needed to say them in another language; what is there stays as it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sheets", "0002_lines_have_a_term")]

    operations = [
        migrations.AddField("importline", "said", models.JSONField(blank=True, default=dict)),
        migrations.AddField("importrun", "said", models.JSONField(blank=True, default=dict)),
    ]
