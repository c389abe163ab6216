"""A notice keeps what it takes to say it in its reader's language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_notices_know_their_sender")]

    operations = [migrations.AddField("notice", "said", models.JSONField(blank=True, default=dict))]
