"""Rooms: views ask queries, verbs are actions, nobody writes to another app's nouns."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import HOUSE_APPS, PACKAGE, named, python_files, room, syntax

pytestmark = pytest.mark.house
REASONS = re.compile(r"# noqa: PLC0415 - (slow|optional|app ready): \S")


def _files_of(*rooms: str) -> list:
    return [path for app in HOUSE_APPS for path in python_files(PACKAGE / app) if room(path) in rooms]


def test_views_and_api_never_touch_objects() -> None:
    wrong = [
        f"{named(path)}:{node.lineno}"
        for path in _files_of("views", "api")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]

    assert wrong == []


WRITING = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete"}


def _foreign_nouns(path: Path) -> set[str]:
    """Names a file imports from the models of another app."""
    own = path.relative_to(PACKAGE).parts[0]
    found = set()
    for node in ast.walk(syntax(path)):
        parts = (node.module or "").split(".") if isinstance(node, ast.ImportFrom) else []
        if parts[2:3] == ["models"] and parts[0] == "jiangxin" and parts[1] not in {own, "kernel"}:
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def _root(node: ast.expr) -> str:
    """The name a chain of calls and attributes begins with: Org in Org.objects.filter(…).update."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_no_app_writes_to_the_nouns_of_another() -> None:
    """Read from the source; tests/journeys/test_echoes.py watches the database for what the source hides."""
    wrong = [
        f"{named(path)}:{node.lineno}"
        for app in HOUSE_APPS
        for path in python_files(PACKAGE / app)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
        if _root(node.func) in _foreign_nouns(path)
    ]

    assert wrong == []


def _is_action(function: ast.FunctionDef) -> bool:
    names = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
    return any(isinstance(name, ast.Name) and name.id == "action" for name in names)


def test_every_public_verb_is_an_action_with_a_keyword_only_actor() -> None:
    wrong = []
    for path in [
        *_files_of("actions"),
        *(PACKAGE / "kernel" / each / "actions.py" for each in ("http", "jobs")),
    ]:
        for node in syntax(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            keywords = {argument.arg for argument in node.args.kwonlyargs}
            if not _is_action(node) or "by" not in keywords:
                wrong.append(f"{named(path)}:{node.lineno} {node.name}")

    assert wrong == []


def test_imports_inside_functions_give_one_of_three_reasons() -> None:
    wrong = []
    for path in python_files():
        lines = path.read_text(encoding="utf-8").splitlines()
        inside = (
            node
            for function in ast.walk(syntax(path))
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        )
        for node in inside:
            text = " ".join(lines[node.lineno - 1 : node.end_lineno])
            if not REASONS.search(text):
                wrong.append(f"{named(path)}:{node.lineno}")

    assert wrong == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    banned = {"utils", "helpers", "common", "manager", "handler", "data", "info", "misc"}

    wrong = [
        named(path) for path in python_files(tests=True) if path.stem in banned or path.parent.name in banned
    ]

    assert wrong == []
