"""Walls and doors: who may import whom, and which way foreign keys point."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.house.tree import HOUSE_APPS, PACKAGE, ROOT, graph, named, python_files, syntax

pytestmark = pytest.mark.house
OPEN_DOORS = {"models", "queries", "actions"}
FLOORS = {
    name: number for number, name in enumerate(["orgs", "people", "accounts", "honours", "insights"], start=1)
}


def test_the_contracts_hold() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports")]

    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_an_app_is_entered_through_models_queries_and_actions_only() -> None:
    wrong = []
    for importer in graph().modules:
        parts = importer.split(".")
        if len(parts) < 3 or parts[1] not in HOUSE_APPS or "tests" in parts:
            continue
        for imported in graph().find_modules_directly_imported_by(importer):
            target = imported.split(".")
            across = len(target) > 2 and target[1] in HOUSE_APPS and target[1] != parts[1]
            if across and target[2] not in OPEN_DOORS:
                wrong.append(f"{importer} -> {imported}")

    assert wrong == []


def _leads_to(node: ast.AST) -> str:
    """What a node imports, or spells out for importing at run time."""
    if isinstance(node, ast.ImportFrom):
        return node.module or ""
    if isinstance(node, ast.alias):
        return node.name
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_tests_of_the_kernel_need_no_floor_above_it() -> None:
    above = re.compile(rf"(jiangxin\.({'|'.join(HOUSE_APPS)}|config)|tests)(\.\w+)+")
    wrong = [
        f"{named(path)}: {found}"
        for path in python_files(PACKAGE / "kernel", tests=True)
        if "tests" in path.parts
        for node in ast.walk(syntax(path))
        if above.fullmatch(found := _leads_to(node))
    ]

    assert wrong == []


def _floor(model: type[models.Model]) -> int:
    return FLOORS.get(model._meta.app_label, 0)


def test_foreign_keys_point_down_and_protect() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("jiangxin."):
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or field.remote_field.model is model:
                continue
            target = field.remote_field.model
            if target._meta.app_label == model._meta.app_label:
                continue
            if _floor(target) > _floor(model):
                wrong.append(f"{model.__name__}.{field.name} points up")
            if (
                target.__module__.startswith("jiangxin.")
                and field.remote_field.on_delete is not models.PROTECT
            ):
                wrong.append(f"{model.__name__}.{field.name} does not protect")

    assert wrong == []
