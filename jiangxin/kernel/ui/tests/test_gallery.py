"""The gallery shows every component, and the README describes every one."""

import re
from pathlib import Path

import pytest
from django.test import Client

from jiangxin.kernel.ui import reference
from jiangxin.kernel.ui.gallery import LAYOUTS, gallery_context
from jiangxin.kernel.ui.registry import all_components
from jiangxin.kernel.ui.tests.conftest import Draw

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def _used(folder: str) -> set[str]:
    source = "".join(path.read_text() for path in sorted((TEMPLATES / folder).rglob("*.html")))
    return set(re.findall(r'{% component "(\w+)"', source)) | set(re.findall(r"{% (\w+)", source))


def test_gallery_renders_in_both_languages(client: Client) -> None:
    chinese = client.get("/gallery/")
    client.cookies["django_language"] = "en"
    english = client.get("/gallery/")

    assert (chinese.status_code, english.status_code) == (200, 200)
    assert chinese.content.decode().count('<html lang="zh-Hans"') == 1
    assert english.content.decode().count('<html lang="en"') == 1


def test_gallery_uses_every_component() -> None:
    names = {component.name for component in all_components()}

    assert names - _used("ui") == set()


@pytest.mark.parametrize("component", all_components(), ids=lambda component: component.name)
def test_example_of_the_reference_renders(component: object, draw: Draw) -> None:
    assert draw(component.example, **gallery_context()).strip() != ""


def test_readme_is_current() -> None:
    current = reference.README.read_text()

    assert reference.readme_text(current) == current, "run: make docs"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_has_one_main_part_and_one_title(layout: str, client: Client) -> None:
    page = client.get(f"/gallery/{layout}/").content.decode()

    assert (page.count('<main id="main"'), page.count("<h1")) == (1, 1)


def test_unknown_layout_is_not_found(client: Client) -> None:
    assert client.get("/gallery/nothing/").status_code == 404


def test_no_template_carries_inline_style_or_script() -> None:
    inline = re.compile(r'\sstyle="|<style|<script(?![^>]* src=)|\son[a-z]+="|javascript:')
    found = [path.name for path in sorted(TEMPLATES.rglob("*.html")) if inline.search(path.read_text())]

    assert found == []
