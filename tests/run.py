"""Runs everything the project asks of itself, in order, and stops at the first failure: python -m tests.run."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests import coverage_gate, postgres

BIN = Path(sys.executable).parent
SYSTEM = {
    "gettext": "msgfmt",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "poppler-utils": "pdftotext",
}
FONT = "fonts-noto-cjk"
CI = os.environ.get("CI") == "true"
SOURCES = ["jiangxin", "tests", "benchmarks", "scripts", "conftest.py"]


def say(text: str) -> None:
    print(f"\n== {text}", flush=True)


def call(*command: str, **environment: str) -> int:
    program, *rest = command
    path = str(BIN / program) if (BIN / program).exists() else program
    return subprocess.run([path, *rest], check=False, env={**os.environ, **environment}).returncode


def missing_packages() -> list[str]:
    missing = [package for package, program in SYSTEM.items() if not shutil.which(program)]
    try:
        postgres.server_programs()
    except postgres.Missing:
        missing.append("postgresql")
    fonts = (
        subprocess.run(["fc-list", ":lang=zh"], check=False, capture_output=True)
        if shutil.which("fc-list")
        else None
    )
    if fonts is None or not fonts.stdout.strip():
        missing.append(FONT)
    return missing


def install_system_packages() -> list[str]:
    """Install what is missing by apt when that is allowed; gives what is still missing."""
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing by apt: {' '.join(missing)}")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        call("apt-get", "update", "-qq", **quiet)
        call("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, **quiet)
        missing = missing_packages()
    return missing


def checks(_folder: Path | None) -> int:
    steps = [
        ("ruff", "check", *SOURCES),
        ("ruff", "format", "--check", "--quiet", *SOURCES),
        ("mypy",),
        ("lint-imports",),
        ("djlint", "--lint", "--quiet", "jiangxin"),
        ("deptry", "jiangxin", "--config", "scripts/deptry.toml"),
        ("vulture",),
        ("typos", *SOURCES, "docs", "README.md"),
        ("django-upgrade", "--target-version", "5.2", *_python_files()),
        ("python", "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "0"),
    ]
    return next((code for step in steps if (code := _step(*step))), 0)


def _python_files() -> list[str]:
    """The package's Python files, for tools that take files."""
    return [str(path) for path in sorted(Path("jiangxin").rglob("*.py")) if "migrations" not in path.parts]


def _step(*command: str) -> int:
    began = time.monotonic()
    code = call(
        *command, DJANGO_SETTINGS_MODULE="jiangxin.config.settings", JX_HOME=os.environ.get("JX_HOME", "var")
    )
    print(
        f"   {' '.join(command[:3])}: {'ok' if code == 0 else f'failed ({code})'}, {time.monotonic() - began:.1f} s",
        flush=True,
    )
    return code


def sqlite(folder: Path | None) -> int:
    return _tests("pytest", "-q", "-n", "2", "-m", "not browser", data=folder and folder / "sqlite")


def postgresql(folder: Path | None) -> int:
    """All tests but the house's; coverage looks only where the engines differ, at the kernel's own.

    Two runs, as switching coverage off for single tests winds another patch round `os._exit` each time, until a forked
    child cannot leave any more.
    """
    common = ("python", "-m", "tests.postgres", str(BIN / "pytest"), "-q", "-n", "2")
    wanted = ("-m", "not browser and not house")
    if folder is None:
        return call(*common, *wanted)
    kernel = (*common, *wanted, "-p", "tests.second_engine", "jiangxin/kernel")
    code = _tests(*kernel, data=folder / "postgres")
    return code or call(*common, *wanted, "--ignore=jiangxin/kernel")


def _tests(*command: str, data: Path | None) -> int:
    """Run tests and, with a file for it, keep what lines and branches they reach."""
    if data is None:
        return call(*command)
    return call(*command, "--cov", "--cov-report=", COVERAGE_FILE=str(data))


def judged(folder: Path) -> int:
    """The gate's word on what both engines' tests reach together; it speaks only when something is below its mark."""
    environment, report = {"COVERAGE_FILE": str(folder / "both")}, folder / "both.json"
    parts = (str(folder / "sqlite"), str(folder / "postgres"))
    code = call("coverage", "combine", "--quiet", *parts, **environment)
    code = code or call("coverage", "json", "--quiet", "-o", str(report), **environment)
    return code or coverage_gate.main(report)


def browser(_folder: Path | None) -> int:
    return call("pytest", "-q", "-m", "browser")


PARTS: dict[str, tuple[str, Callable[[Path | None], int], frozenset[str]]] = {
    "checks": ("lint, format, types, contracts", checks, frozenset({"gettext"})),
    "postgres": ("the tests on PostgreSQL", postgresql, frozenset({"postgresql", "poppler-utils"})),
    "browser": ("browser tests", browser, frozenset({"chromium", FONT})),
    "sqlite": ("the tests on SQLite", sqlite, frozenset({"redis-server", "poppler-utils"})),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=list(PARTS), action="append")
    wanted = parser.parse_args().only or list(PARTS)
    missing = set(install_system_packages())
    lacking = {name: sorted(PARTS[name][2] & missing) for name in wanted}
    with tempfile.TemporaryDirectory(prefix="jx-coverage-") as folder:
        code = run([name for name in wanted if not lacking[name]], Path(folder))
    if code:
        return code
    skipped = [
        f"{PARTS[name][0]}: did not run, because {', '.join(packages)} is not installed"
        for name, packages in lacking.items()
        if packages
    ]
    print("\n".join(skipped), end="\n" if skipped else "", file=sys.stderr)
    return 1 if skipped and CI else 0


def run(parts: list[str], folder: Path) -> int:
    """The parts one after another; coverage is measured and judged where both engines take part, as neither reaches all."""
    measured = folder if {"sqlite", "postgres"} <= set(parts) else None
    for name in parts:
        title, part, _needs = PARTS[name]
        say(title)
        if code := part(measured):
            return code
    return judged(folder) if measured else 0


if __name__ == "__main__":
    sys.exit(main())
