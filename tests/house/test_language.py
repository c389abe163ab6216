"""Every translatable string has its English, and the compiled catalogues are the written ones."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.catalogues import entries
from tests.house.tree import PACKAGE, python_files

pytestmark = [pytest.mark.house, pytest.mark.slow]
NEEDS = shutil.which("msgfmt") is not None


def _untranslated(catalogue: Path) -> list[str]:
    return [each.chinese for each in entries(catalogue) if each.is_fuzzy or not all(each.english)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's own strings, collected anew in a copy."""
    if not NEEDS:
        pytest.skip("gettext is not installed")
    target = tmp_path_factory.mktemp("words") / "jiangxin"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__", "tests", "static", "*.mo"))
    for folder in [p.parent for p in sorted(target.rglob("locale")) if p.is_dir()]:
        command = [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "--locale=en",
            "--no-location",
            "--no-obsolete",
        ]
        subprocess.run(
            [*command, "--settings=django.conf.global_settings"], cwd=folder, check=True, capture_output=True
        )
    return target


def test_every_string_has_its_english(copy: Path) -> None:
    wrong = {
        str(po.relative_to(copy)): left for po in sorted(copy.rglob("*.po")) if (left := _untranslated(po))
    }

    assert wrong == {}


def test_no_string_is_marked_by_a_word_that_collecting_does_not_know() -> None:
    renamed = re.compile(r"import \w*gettext\w* as (?!_$)\w+", re.MULTILINE)
    hidden = [
        str(path.relative_to(PACKAGE)) for path in python_files() if renamed.search(path.read_text("utf-8"))
    ]

    assert hidden == []


def test_every_app_with_strings_has_a_catalogue() -> None:
    marked = re.compile(r"gettext|{% (trans|blocktrans|translate|blocktranslate)\b")
    apps = {
        p.relative_to(PACKAGE).parts[: 2 if p.relative_to(PACKAGE).parts[0] == "kernel" else 1]
        for p in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
        if "tests" not in p.parts and marked.search(p.read_text("utf-8"))
    }
    without = [str(Path(*app)) for app in sorted(apps) if not (PACKAGE.joinpath(*app) / "locale").is_dir()]

    assert without == []


def test_compiled_catalogues_are_the_written_ones(tmp_path: Path) -> None:
    if not NEEDS:
        pytest.skip("gettext is not installed")
    behind = []
    for po in sorted(PACKAGE.rglob("*.po")):
        fresh = tmp_path / "fresh.mo"
        subprocess.run(
            ["msgfmt", "--check-format", "-o", str(fresh), str(po)], check=True, capture_output=True
        )
        compiled = po.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != fresh.read_bytes():
            behind.append(str(po.relative_to(PACKAGE)))

    assert behind == []
