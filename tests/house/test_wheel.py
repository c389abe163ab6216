"""The wheel installs, migrates and serves from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = [pytest.mark.house, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked where nothing else of the project is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def _get(url: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - a loopback address
        return answer.status, answer.read()


def test_the_wheel_carries_no_tests_and_all_templates(unpacked: Path) -> None:
    shipped = {p.relative_to(unpacked) for p in unpacked.rglob("*.html")}
    written = {p.relative_to(ROOT) for p in (ROOT / "jiangxin").rglob("*.html") if "tests" not in p.parts}

    assert shipped == written
    assert not list(unpacked.rglob("tests"))


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that holds what running needs and nothing of what development adds."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    uv = [sys.executable, "-m", "uv"]
    quiet = {"check": True, "capture_output": True}
    subprocess.run([*uv, "venv", "--python", sys.executable, str(folder)], **quiet)
    python = folder / "bin" / "python"
    listed = str(ROOT / "requirements" / "run.txt")
    subprocess.run(
        [*uv, "pip", "install", "--python", str(python), "--require-hashes", "-r", listed], **quiet
    )
    return python


def test_the_wheel_migrates_and_serves(
    unpacked: Path, bare_python: Path, tmp_path: Path, free_port: int
) -> None:
    keep = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment = {
        **keep,
        "PYTHONPATH": str(unpacked),
        "JX_HOME": str(tmp_path / "home"),
        "DEMO": "0",
        "PORT": str(free_port),
    }
    command = [str(bare_python), "-m", "jiangxin.config.cli", "run"]
    server = subprocess.Popen(command, cwd=tmp_path, env=environment)
    try:
        health = _wait_for(f"http://127.0.0.1:{free_port}/healthz", server)
        home_status, home = _get(f"http://127.0.0.1:{free_port}/")
    finally:
        server.terminate()
        code = server.wait(30)

    assert (health["ok"], home_status, code) == (True, 200, 0)
    assert "匠心" in home.decode()


def _wait_for(url: str, server: subprocess.Popen, seconds: float = 120) -> dict:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and server.poll() is None:
        try:
            return json.loads(_get(url)[1])
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer from {url}; exit code {server.poll()}")
