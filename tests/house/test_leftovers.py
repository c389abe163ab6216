"""Nothing is left over: every template, named part, tag library and component is used by somebody."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import allauth
import pytest
from django.template import engines
from django.template.library import Library, import_library

import jiangxin.kernel.ui.catalogue  # noqa: F401 - declares the components
from jiangxin.kernel.ui.registry import all_components
from tests.house.tree import PACKAGE, named, templates

pytestmark = pytest.mark.house
BY_CONVENTION = re.compile(r"^(\d{3}(_csrf)?\.html$|ui/components/)")
OF_OTHERS = Path(allauth.__file__).parent / "templates"
LOAD = re.compile(r"{%\s*load ([^%]+?)\s*%}")


@cache
def _everything() -> str:
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if "tests" not in path.parts)


def _name(path: Path) -> str:
    return str(path).split("/templates/", 1)[1]


def _is_used(name: str) -> bool:
    quoted = f'"{name}"' in _everything() or f'"{name}#' in _everything()
    return quoted or bool(BY_CONVENTION.match(name)) or (OF_OTHERS / name).is_file()


def test_no_template_is_left_over() -> None:
    assert [_name(path) for path in templates() if not _is_used(_name(path))] == []


def test_every_template_of_a_component_belongs_to_one() -> None:
    drawn = {component.name for component in all_components()}
    drawn |= set(re.findall(r'"ui/components/(\w+)\.html"', _everything()))

    assert [p.stem for p in templates() if p.parent.name == "components" and p.stem not in drawn] == []


def _unshown_parts(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    parts = re.findall(r"{%\s*partialdef (\w+)(?! inline)", text)
    shown = set(re.findall(r"{%\s*partial (\w+)", text))
    return [
        f"{_name(path)}#{p}" for p in parts if p not in shown and f"{_name(path)}#{p}" not in _everything()
    ]


def test_every_named_part_is_shown_somewhere() -> None:
    assert [part for path in templates() for part in _unshown_parts(path)] == []


@cache
def _library(name: str) -> Library:
    return import_library(engines["django"].engine.libraries[name])


def _idle_loads(text: str) -> list[str]:
    tags = set(re.findall(r"{%\s*(\w+)", text))
    filters = set(re.findall(r"\|\s*(\w+)", text))
    wanted = {name for found in LOAD.findall(text) for name in found.split()}
    if re.search(r"_\([\"']", text):
        wanted.discard("i18n")  # a translated literal says so to who reads
    return sorted(
        name
        for name in wanted
        if not tags & set(_library(name).tags) and not filters & set(_library(name).filters)
    )


def test_every_loaded_library_gives_a_tag_or_a_filter() -> None:
    found = {named(path): _idle_loads(path.read_text(encoding="utf-8")) for path in templates()}

    assert {name: idle for name, idle in found.items() if idle} == {}


def test_every_component_stands_on_a_page() -> None:
    pages = [path.read_text(encoding="utf-8") for path in templates() if path.parent.name != "gallery"]
    used = {name for page in pages for name in re.findall(r'{%\s*(?:component\s+")?(\w+)', page)}

    assert {component.name for component in all_components()} - used == set()
