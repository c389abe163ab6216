"""Events, their numbers and the checkpoints become append-only; new events wait for their number."""

from django.db import migrations

from jiangxin.kernel.events.append_only import AppendOnly
from jiangxin.kernel.events.waiting_room import close_waiting_room, open_waiting_room


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        AppendOnly("Event"),
        AppendOnly("LogEntry"),
        AppendOnly("Checkpoint"),
        migrations.RunPython(open_waiting_room, close_waiting_room),
    ]
