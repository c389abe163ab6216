"""Words about people leave the leaf of the log: events get salts, and an erased person's words may be emptied."""

from typing import Any

from django.db import migrations, models

from jiangxin.kernel.events.append_only import AppendOnly, Forgetful
from jiangxin.kernel.events.waiting_room import close_waiting_room, open_waiting_room


class StrictBefore(AppendOnly):
    """Nothing on the way forward; on the way back the table is as strict as it was."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The next operations take the triggers away."""

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        _reopen(None, schema_editor)


def _reopen(apps: Any, schema_editor: Any) -> None:
    """SQLite drops triggers with the table it rebuilds."""
    close_waiting_room(apps, schema_editor)
    open_waiting_room(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("events", "0003_audit_filters")]

    operations = [
        StrictBefore("Event"),
        migrations.AddField(
            model_name="event", name="salts", field=models.JSONField(blank=True, default=dict)
        ),
        Forgetful(
            "Event",
            words=("actor_label", "object_label", "reason"),
            rewritten=("payload",),
            salts="salts",
        ),
        migrations.RunPython(_reopen, migrations.RunPython.noop),
    ]
