"""Words: the kernel names no noun of the domain, as the glossary lists them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, named, python_files, syntax

pytestmark = pytest.mark.house
KERNEL = PACKAGE / "kernel"
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
ROW = re.compile(r"^\| [^|]+ \| `?(\w+)`? \|", re.MULTILINE)
#: Words that are a noun of the domain and yet plain speech in the kernel, with what they mean there.
ALSO_PLAIN = {
    "consent": "a ground of the privacy law",
    "notice": "a message on a page, the component",
    "region": "the first digits of an identity number or a credit code",
    "source": "where a move, a key or a stream begins",
    "user": "Django's word for who signs in",
}


@cache
def _nouns() -> frozenset[str]:
    """Code names of every part of the glossary but the kernel's own, in lower case with underscores."""
    parts = re.split(r"^## ", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    rows = [ROW.findall(part) for part in parts if not part.startswith("Kernel")]
    return frozenset(HUMP.sub("_", name).lower() for found in rows for name in found) - set(ALSO_PLAIN)


def _plurals(noun: str) -> tuple[str, ...]:
    return (noun, f"{noun}s", f"{noun}es", f"{noun.removesuffix('y')}ies")


def _spoken(name: str) -> list[str]:
    """The nouns of the domain inside one name, however it is written."""
    flat = f"_{HUMP.sub('_', name).replace('-', '_').strip('_').lower()}_"
    return [noun for noun in _nouns() if any(f"_{form}_" in flat for form in _plurals(noun))]


def _names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(syntax(path)):
        for field in ("name", "arg", "id", "attr"):
            if isinstance(name := getattr(node, field, None), str):
                yield name


def _without_addresses(path: Path) -> str:
    return re.sub(r"https?://[^\s\"'<]+", "", path.read_text(encoding="utf-8"))


def test_the_glossary_is_read() -> None:
    assert {"org", "passport_entry", "honour", "credential", "employer"} <= _nouns()
    assert (_spoken("honour_seal"), _spoken("OrgsMoved"), _spoken("organise")) == (["honour"], ["org"], [])


def test_no_name_in_the_code_of_the_kernel_is_a_noun_of_the_domain() -> None:
    wrong = {
        f"{named(path)}: {name}" for path in python_files(KERNEL) for name in _names(path) if _spoken(name)
    }

    assert wrong == set()


def test_no_template_style_or_script_of_the_kernel_names_one() -> None:
    files = [p for kind in ("html", "css", "js") for p in KERNEL.rglob(f"*.{kind}") if "tests" not in p.parts]
    wrong = {
        f"{named(path)}: {name}"
        for path in files
        for name in re.findall(r"[A-Za-z][\w-]+", f"{path.stem} {_without_addresses(path)}")
        if _spoken(name)
    }

    assert wrong == set()


def test_plain_words_are_still_spoken_by_the_kernel() -> None:
    names = " ".join(name for path in python_files(KERNEL) for name in _names(path)).lower()

    assert [word for word in ALSO_PLAIN if word not in names] == []
