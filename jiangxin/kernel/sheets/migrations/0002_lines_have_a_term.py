"""Imports keep file and lines for a term of their own: what was swept before says so, other files wait for that term."""

from django.db import migrations, models


def hand_over(apps, schema_editor):
    """The moment the file went becomes the run's; files still there lose the date on which they would go by themselves."""
    ImportRun = apps.get_model("sheets", "ImportRun")
    StoredFile = apps.get_model("files", "StoredFile")
    gone = StoredFile.objects.filter(pk=models.OuterRef("file"), removed_at__isnull=False)
    ImportRun.objects.filter(models.Exists(gone)).update(
        emptied_at=models.Subquery(gone.values("removed_at")[:1])
    )
    kept = ImportRun.objects.filter(emptied_at=None).values("file")
    StoredFile.objects.filter(pk__in=kept).update(expires_at=None)


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_initial")]

    operations = [
        migrations.AddField("importrun", "emptied_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(hand_over, migrations.RunPython.noop),
    ]
