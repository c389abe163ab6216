"""Lists of officers by their own place: re-checks carry the path of their conferral, indexes hold what a page is ordered by."""

import django.db.models.deletion
from django.db import migrations, models

import jiangxin.orgs.models.paths


def fill_paths(apps, schema_editor):
    conferral = apps.get_model("honours", "Conferral").objects.filter(pk=models.OuterRef("conferral_id"))
    apps.get_model("honours", "Recheck").objects.update(opath=models.Subquery(conferral.values("opath")))


class Migration(migrations.Migration):
    dependencies = [("honours", "0002_corrections")]

    operations = [
        migrations.RemoveIndex(model_name="recheck", name="recheck_queue"),
        migrations.AddField(
            model_name="recheck",
            name="opath",
            field=jiangxin.orgs.models.paths.PathField(
                blank=True, default="", max_length=244, verbose_name="工会路径"
            ),
        ),
        migrations.RunPython(fill_paths, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="conferral",
            name="opath",
            field=jiangxin.orgs.models.paths.PathField(
                blank=True, default="", max_length=244, verbose_name="工会路径"
            ),
        ),
        migrations.AlterField(
            model_name="conferral",
            name="honour_list",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conferrals",
                to="honours.honourlist",
                verbose_name="名单",
            ),
        ),
        migrations.AddIndex(
            model_name="conferral", index=models.Index(fields=["opath", "id"], name="conferral_opath")
        ),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(fields=["honour_list", "opath"], name="conferral_of_list"),
        ),
        migrations.AddIndex(
            model_name="recheck",
            index=models.Index(fields=["opath", "state", "year", "id"], name="recheck_queue"),
        ),
    ]
