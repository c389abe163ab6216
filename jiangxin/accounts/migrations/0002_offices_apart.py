"""The database itself keeps the three administrator offices apart, also over time (GB/T 22239-2019 8.1.5).

A user who ever held one of the offices gets another only with a written handover of the own; a grant never changes
its user or role. (At one time, the unique constraint of 0001 already allows one office per user only.)
"""

from typing import Any

from django.db import migrations

OFFICES = "('audit_admin', 'security_admin', 'system_admin')"
BROKEN = f"""NEW.role IN {OFFICES} AND (
  (NEW.handover_id IS NULL AND EXISTS (
    SELECT 1 FROM accounts_grant g WHERE g.user_id = NEW.user_id AND g.role IN {OFFICES} AND g.role <> NEW.role))
  OR (NEW.handover_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM accounts_adminhandover h WHERE h.id = NEW.handover_id AND h.user_id = NEW.user_id)))"""
CHANGED = "NEW.role <> OLD.role OR NEW.user_id <> OLD.user_id"

SQLITE = [
    f"CREATE TRIGGER accounts_offices_apart BEFORE INSERT ON accounts_grant WHEN {BROKEN} "
    "BEGIN SELECT RAISE(ABORT, 'administrator offices are kept apart'); END",
    f"CREATE TRIGGER accounts_grant_fixed BEFORE UPDATE OF role, user_id ON accounts_grant WHEN {CHANGED} "
    "BEGIN SELECT RAISE(ABORT, 'a grant keeps its user and role'); END",
]
POSTGRESQL = [
    f"""CREATE FUNCTION accounts_offices_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {BROKEN} THEN RAISE EXCEPTION 'administrator offices are kept apart'
    USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW; END $$""",
    f"""CREATE FUNCTION accounts_grant_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {CHANGED} THEN RAISE EXCEPTION 'a grant keeps its user and role'
    USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW; END $$""",
    "CREATE TRIGGER accounts_offices_apart BEFORE INSERT ON accounts_grant "
    "FOR EACH ROW EXECUTE FUNCTION accounts_offices_apart()",
    "CREATE TRIGGER accounts_grant_fixed BEFORE UPDATE ON accounts_grant "
    "FOR EACH ROW EXECUTE FUNCTION accounts_grant_fixed()",
]


def forwards(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backwards(apps: Any, schema_editor: Any) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in ("accounts_offices_apart", "accounts_grant_fixed"):
        on = " ON accounts_grant" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)
        if postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
