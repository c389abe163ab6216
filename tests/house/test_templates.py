"""Templates: no inline script or style, no inherited htmx attribute, every form guarded, no dead file."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import PACKAGE, named, templates

pytestmark = pytest.mark.house
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
HX_VERB = re.compile(r"<[^>]*\bhx-(get|post|put|delete)=[^>]*>", re.IGNORECASE | re.DOTALL)
POST = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
TYPED = re.compile(r"<script[^>]*type=[\"']application/json[\"']", re.IGNORECASE)


def test_no_inline_script_or_style() -> None:
    wrong = []
    for path in templates():
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        wrong += [
            f"{named(path)}: {m.group(0)[:60]}" for m in INLINE.finditer(text) if not TYPED.match(m.group(0))
        ]

    assert wrong == []


def test_each_htmx_element_names_its_own_target_and_swap() -> None:
    wrong = [
        f"{named(path)}: {m.group(0)[:80]}"
        for path in templates()
        for m in HX_VERB.finditer(path.read_text(encoding="utf-8"))
        if "hx-target" not in m.group(0) or "hx-swap" not in m.group(0)
    ]

    assert wrong == []


def test_every_post_form_carries_its_token() -> None:
    wrong = [
        named(path)
        for path in templates()
        for m in POST.finditer(path.read_text(encoding="utf-8"))
        if "csrf_token" not in m.group(1)
    ]

    assert wrong == []


def test_no_template_is_left_over() -> None:
    code = "\n".join(
        p.read_text(encoding="utf-8")
        for p in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]
    )
    by_convention = re.compile(
        r"^(\d{3}(_csrf)?\.html|(account|mfa|usersessions|allauth|axes)/|ui/components/)"
    )
    unused = [
        name
        for path in templates()
        if not by_convention.match(name := str(path).split("/templates/", 1)[1])
        and f'"{name}"' not in code
        and f"{name}#" not in code
    ]

    assert unused == []
