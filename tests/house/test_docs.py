"""Docs say what is: generated pages are current, every decision has its number, every app its README."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.apps import apps

from scripts.make_docs import DOCS, PAGES
from tests.house.tree import HOUSE_APPS, PACKAGE, ROOT

pytestmark = pytest.mark.house


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), (
        f"run `make docs`: docs/{name} is behind"
    )


def test_decision_numbers_are_unique_and_in_the_title() -> None:
    files = sorted((DOCS / "adr").glob("*.md"))
    numbers = Counter(path.name[:4] for path in files)
    wrong = [p.name for p in files if not re.match(rf"# {int(p.name[:4])} · ", p.read_text(encoding="utf-8"))]

    assert ([number for number, times in numbers.items() if times > 1], wrong) == ([], [])


def test_every_app_tells_what_it_is_for() -> None:
    assert [app for app in HOUSE_APPS if not (PACKAGE / app / "README.md").is_file()] == []


def test_every_noun_stands_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    nouns = {
        m.__name__
        for m in apps.get_models()
        if m.__module__.startswith("jiangxin.") and ".tests" not in m.__module__
    }

    assert sorted(noun for noun in nouns if f"`{noun}`" not in glossary) == []


def test_nothing_names_a_path_of_a_machine() -> None:
    banned = re.compile(r"/root/|/home/[a-z]+/")
    texts = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.html"),
        *PACKAGE.rglob("*.md"),
    ]

    assert [str(p.relative_to(ROOT)) for p in texts if banned.search(p.read_text(encoding="utf-8"))] == []
