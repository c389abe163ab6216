"""Entries of an erased worker that no law orders to keep may lose their words; nothing else of an entry ever changes."""

from typing import Any

from django.db import migrations

from jiangxin.kernel.events.append_only import AppendOnly, Forgetful


class StrictBefore(AppendOnly):
    """Nothing on the way forward; on the way back the table is as strict as it was."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The next operation takes the triggers away."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_rights_request")]

    operations = [
        StrictBefore("PassportEntry"),
        Forgetful("PassportEntry", words=("detail", "issuer"), blanks={"title": "已删除", "evidence": "{}"}),
    ]
