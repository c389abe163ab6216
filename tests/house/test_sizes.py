"""Sizes: files, functions, classes and templates stay small enough to read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, named, python_files, syntax, templates

pytestmark = pytest.mark.house
FILE, FUNCTION, CLASS, TEMPLATE, SETTINGS = 300, 40, 250, 250, 400


def _files() -> Iterator[Path]:
    for folder in (PACKAGE, ROOT / "tests", ROOT / "benchmarks"):
        yield from python_files(folder, tests=True)


def _length(node: ast.FunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_python_files_stop_at_their_size() -> None:
    long = [named(path) for path in _files() if len(path.read_text("utf-8").splitlines()) > FILE]

    assert long == []


def test_functions_and_classes_stop_at_their_size() -> None:
    long = []
    for path in _files():
        for node in ast.walk(syntax(path)):
            limit = FUNCTION if isinstance(node, ast.FunctionDef) else CLASS
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and _length(node) > limit:
                long.append(f"{named(path)}:{node.lineno} {node.name}")

    assert long == []


def test_templates_stop_at_their_size() -> None:
    assert [named(path) for path in templates() if len(path.read_text("utf-8").splitlines()) > TEMPLATE] == []


def test_settings_stay_short() -> None:
    lines = sum(
        len(path.read_text("utf-8").splitlines()) for path in (PACKAGE / "config").glob("settings*.py")
    )

    assert lines <= SETTINGS


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(p) for p in python_files() if p.read_text("utf-8").strip() and not ast.get_docstring(syntax(p))
    ]

    assert silent == []
