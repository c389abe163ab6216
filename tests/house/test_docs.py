"""Docs say what is: generated pages are current, every decision has its number, every app its README."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from django.apps import apps

import jiangxin.kernel.ui.catalogue  # noqa: F401 - declares the components
from jiangxin.config.cli.main import COMMANDS
from jiangxin.config.environment import Environment
from jiangxin.kernel.jobs import registered_jobs
from jiangxin.kernel.modules import installed_modules, permissions
from jiangxin.kernel.states import flows
from jiangxin.kernel.ui.registry import all_components
from scripts.make_docs import DOCS, PAGES, flows_page
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


def _readme_of(flow: str) -> str:
    app = flow.partition(".")[0]
    folder = PACKAGE / app if app in HOUSE_APPS else PACKAGE / "kernel" / app
    return (folder / "README.md").read_text(encoding="utf-8")


def test_every_flow_is_drawn_in_the_readme_of_its_app() -> None:
    flows_page()  # imports every file that declares one
    drawn = {name: f"```mermaid\n{flow.drawing()}\n```" for name, flow in flows().items()}

    assert [n for n, picture in drawn.items() if n[:5] != "test." and picture not in _readme_of(n)] == []


def test_every_noun_stands_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    nouns = {
        m.__name__
        for m in apps.get_models()
        if m.__module__.startswith("jiangxin.") and ".tests" not in m.__module__
    }

    assert sorted(noun for noun in nouns if f"`{noun}`" not in glossary) == []


def test_every_generated_page_is_in_the_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert [name for name in PAGES if name.endswith(".md") and f": {name}\n" not in contents] == []


def _undocumented(page: str, names: Iterable[str], shape: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return sorted(name for name in names if shape.format(name) not in text)


def test_every_name_of_the_house_is_documented() -> None:
    modules = installed_modules()
    components = [component.name for component in all_components()]

    assert _undocumented("../jiangxin/kernel/ui/README.md", components, "### {}\n") == []
    assert _undocumented("settings.md", [n.upper() for n in Environment.model_fields], "| `{}` |") == []
    assert _undocumented("permissions.md", permissions(), "| `{}` |") == []
    assert _undocumented("events.md", [e.name for m in modules for e in m.events], "| `{}` |") == []
    jobs = [code for code, job in registered_jobs().items() if ".tests." not in job.func.__module__]
    assert _undocumented("jobs.md", jobs, "| `{}` |") == []
    assert _undocumented("commands.md", COMMANDS, "## {}\n") == []


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
