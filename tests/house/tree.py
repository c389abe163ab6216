"""What house checks read: the source files, their syntax trees and the import graph."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "jiangxin"
HOUSE_APPS = ("orgs", "people", "accounts", "honours", "insights")


def python_files(folder: Path = PACKAGE, *, tests: bool = False) -> Iterator[Path]:
    """Python files of the project, without migrations and, unless asked for, without tests."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts or (not tests and "tests" in path.relative_to(ROOT).parts):
            continue
        yield path


def templates() -> Iterator[Path]:
    """HTML templates of every app."""
    return (path for path in sorted(PACKAGE.rglob("templates/**/*.html")))


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    """The room of a file inside its app: views, actions, models …"""
    return path.relative_to(PACKAGE).parts[1].removesuffix(".py")


@cache
def graph() -> grimp.ImportGraph:
    """The import graph of the package."""
    return grimp.build_graph("jiangxin")


def named(path: Path) -> str:
    """A file's path from the root of the project, for messages."""
    return str(path.relative_to(ROOT))
