"""The trigger that puts each new event into the waiting room of the log, as a migration operation."""

from __future__ import annotations

from typing import Any

_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION jx_event_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO events_pendingevent (event_id) SELECT id FROM fresh; RETURN NULL; END $$
""",
    (
        "CREATE TRIGGER event_waits AFTER INSERT ON events_event REFERENCING NEW TABLE AS fresh "
        "FOR EACH STATEMENT EXECUTE FUNCTION jx_event_waits()"
    ),
)
_SQLITE = (
    (
        "CREATE TRIGGER event_waits AFTER INSERT ON events_event "
        "BEGIN INSERT INTO events_pendingevent (event_id) VALUES (NEW.id); END"
    ),
)


def open_waiting_room(apps: Any, schema_editor: Any) -> None:
    """However an event is written, it waits for its number from the moment it is committed."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement, params=None)


def close_waiting_room(apps: Any, schema_editor: Any) -> None:
    """Take the trigger away again."""
    on = " ON events_event" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS event_waits{on}", params=None)
