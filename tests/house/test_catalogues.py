"""One word, one word: a Chinese text has one English in all catalogues, and terms of the glossary do not share theirs."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.house.catalogues import catalogues, entries
from tests.house.tree import ROOT, named, python_files, syntax

pytestmark = pytest.mark.house
TERM = re.compile(r"^\| ([^|]+?) \| `?\w+`? \|", re.MULTILINE)


def _spoken(files: list[Path]) -> dict[tuple[str, str], dict[tuple[str, ...], list[str]]]:
    """For each Chinese text with its context: its English, and the catalogues that say so."""
    said: dict[tuple[str, str], dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for po in files:
        for each in entries(po):
            said[each.context, each.chinese][each.english].append(str(po.parent))
    return said


def _two_faced(files: list[Path]) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    return {text: sorted(english) for text, english in _spoken(files).items() if len(english) > 1}


def test_one_chinese_text_has_one_english() -> None:
    # all catalogues are one at run time: of two translations the app that is listed first silently wins
    assert _two_faced(catalogues()) == {}


def test_a_second_english_is_noticed(tmp_path: Path) -> None:
    for number, english in enumerate(("Stopped", "Ended")):
        (tmp_path / f"{number}.po").write_text(f'msgid "已停用"\nmsgstr "{english}"\n', encoding="utf-8")

    assert _two_faced(sorted(tmp_path.glob("*.po"))) == {("", "已停用"): [("Ended",), ("Stopped",)]}


def test_two_terms_of_the_glossary_are_two_words_in_english() -> None:
    terms = set(TERM.findall((ROOT / "docs/glossary.md").read_text(encoding="utf-8")))
    sharing: dict[str, set[str]] = defaultdict(set)
    for (_context, chinese), english in _spoken(catalogues()).items():
        if chinese in terms:
            sharing[next(iter(english))[0].lower()].add(chinese)

    assert len(sharing) > len(terms) / 2
    assert {english: found for english, found in sharing.items() if len(found) > 1} == {}


def test_every_catalogue_is_read() -> None:
    assert [named(po) for po in catalogues() if not list(entries(po))] == []


def test_what_is_refused_is_put_together_so_that_it_can_be_said_again() -> None:
    # a sentence filled in by % is only in the language of the moment; imports keep refusals for readers of another one
    told = {"Refused", "TextError", "Unusable", "Finding"}
    wrong = [
        f"{named(path)}:{call.lineno}"
        for path in python_files()
        for call in ast.walk(syntax(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in told
        if any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod) for part in call.args)
    ]

    assert wrong == []
