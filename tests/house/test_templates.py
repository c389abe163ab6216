"""Templates: no inline script or style, no inherited htmx attribute, every form guarded."""

from __future__ import annotations

import json
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


def test_htmx_attributes_stand_only_where_a_request_is_made() -> None:
    """Nothing is inherited: no target, swap or trigger on an element without its own verb, and no boosting."""
    tags = re.compile(r"<[a-z][^>]*\bhx-[^>]*>", re.IGNORECASE | re.DOTALL)
    wrong = [
        f"{named(path)}: {m.group(0)[:80]}"
        for path in templates()
        for m in tags.finditer(path.read_text(encoding="utf-8"))
        if not HX_VERB.match(m.group(0)) or "hx-boost" in m.group(0)
    ]

    assert wrong == []


def test_htmx_itself_is_told_not_to_inherit() -> None:
    layout = (PACKAGE / "kernel/ui/templates/ui/layouts/htmx.html").read_text(encoding="utf-8")
    settings = json.loads(re.search(r"name=\"htmx-config\" content='(.*?)'", layout)[1])

    assert (settings["disableInheritance"], settings["selfRequestsOnly"], settings["allowEval"]) == (
        True,
        True,
        False,
    )
