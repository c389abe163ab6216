"""A notice knows the account that sent it, so that the name can leave with the account."""

from django.db import migrations, models


def find_senders(apps, schema_editor):
    """Older notices hold a name only: it is traced back where exactly one account bears it."""
    Notice, User = apps.get_model("accounts", "Notice"), apps.get_model("accounts", "User")
    labels = set(Notice.objects.order_by().values_list("sender_label", flat=True).distinct())
    for label in sorted(labels):
        bearers = list(User.objects.filter(display_name=label).values_list("pk", flat=True)[:2])
        if len(bearers) == 1:
            Notice.objects.filter(sender_label=label).update(sender=f"user:{bearers[0]}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_offices_apart")]

    operations = [
        migrations.AddField("notice", "sender", models.CharField(blank=True, default="", max_length=100), preserve_default=False),
        migrations.RunPython(find_senders, migrations.RunPython.noop),
    ]
