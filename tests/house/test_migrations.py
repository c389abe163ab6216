"""Migrations: none missing, one line per app, and a way back."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

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

    assert loader.detect_conflicts() == {}
