"""Passport entries become append-only: the database itself refuses to change or delete them."""

from django.db import migrations

from jiangxin.kernel.events.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [AppendOnly("PassportEntry")]
