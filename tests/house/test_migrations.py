"""Migrations: none missing, one line per app, and a way back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.house.tree import PACKAGE, ROOT, named

pytestmark = [pytest.mark.house, pytest.mark.django_db]


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_operation_has_a_way_back() -> None:
    loader = MigrationLoader(connection)
    ours = {
        c
        for c in loader.migrated_apps
        if (
            loader.graph.root_nodes(c)
            and loader.get_migration(*loader.graph.root_nodes(c)[0]).__module__.startswith("jiangxin.")
        )
    }
    stuck = [
        f"{label}.{name}: {operation.__class__.__name__}"
        for (label, name), migration in loader.disk_migrations.items()
        if label in ours
        for operation in migration.operations
        if not operation.reversible
    ]

    assert stuck == []


def test_each_app_has_one_line_of_migrations() -> None:
    loader = MigrationLoader(connection)
    folders = [folder for folder in sorted(PACKAGE.rglob("migrations")) if folder.is_dir()]
    last = {folder: max(folder.glob("[0-9]*.py")).stem for folder in folders}

    assert loader.detect_conflicts() == {}
    assert [
        named(f) for f in folders if (f / "max_migration.txt").read_text("utf-8").strip() != last[f]
    ] == []


BACK_AND_FORTH = """
from jiangxin.config.cli.django_ready import load_django
load_django()
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
call_command("migrate", verbosity=0)
empty = set(connection.introspection.table_names())
labels = [c.label for c in apps.get_app_configs() if c.name.startswith("jiangxin.")]
for label in [label for label in reversed(labels) if label in MigrationLoader(connection).migrated_apps]:
    call_command("migrate", label, "zero", verbosity=0)
    print(label, *(t for t in connection.introspection.table_names() if t.startswith(label + "_")))
call_command("migrate", verbosity=0)
assert set(connection.introspection.table_names()) == empty, "tables differ"
print("THERE AND BACK")
"""


@pytest.mark.slow
@pytest.mark.timeout(900)  # half a minute on a quiet machine
def test_every_app_goes_back_to_nothing_and_forth_again(tmp_path: Path) -> None:
    env = {**os.environ, "JX_HOME": str(tmp_path), "JX_ENV": "development", "DEMO": "0"}
    env.pop("DATABASE_URL", None)

    done = subprocess.run(
        [sys.executable, "-c", BACK_AND_FORTH], cwd=ROOT, env=env, check=False, capture_output=True, text=True
    )

    *emptied, end = done.stdout.split("\n")[:-1] or [""]
    assert end == "THERE AND BACK", done.stderr[-2000:]
    assert [line for line in emptied if " " in line] == []
