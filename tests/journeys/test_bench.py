"""A benchmark runs in a home of its own: one line of figures, and nothing of it is left anywhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]
COMMAND = [sys.executable, "-m", "jiangxin.config.cli", "bench"]


def _environment(tmp_path: Path, **more: str) -> dict[str, str]:
    (tmp_path / "tmp").mkdir()
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "JX_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), **more}


def _databases_that_stay(server: str, seconds: float = 60) -> list[str]:
    """Databases of benchmarks that are still there after a while; another test's benchmark may be running just now."""
    until = time.monotonic() + seconds
    while True:
        with psycopg.connect(server) as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'jx_bench%%'")
            left = [str(row[0]) for row in rows]
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.5)


def _leftovers(tmp_path: Path) -> list[str]:
    left = [path.name for path in (tmp_path / "tmp").iterdir() if path.name.startswith("jx-bench")]
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith("postgres"):
        left += _databases_that_stay(server)
    return left + [path.name for path in tmp_path.glob("home*")]


def test_a_benchmark_prints_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    env = _environment(
        tmp_path, JX_BENCH_CREDENTIALS="20", JX_ENV="production", CACHE_URL="redis://localhost:1/0"
    )
    env |= {"SECRET_KEY": "0123456789abcdef" * 3, "SECURE_COOKIES": "1"}
    env |= {"PUBLIC_URL": "https://honours.example", "ALLOWED_HOSTS": "honours.example"}

    done = subprocess.run([*COMMAND, "credentials"], env=env, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    figures = json.loads(line)
    expected = "postgresql" if env.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert (figures["bench"], figures["engine"]) == ("credentials", expected)
    assert _leftovers(tmp_path) == []


def test_a_benchmark_that_is_stopped_leaves_nothing_either(tmp_path: Path) -> None:
    env = _environment(tmp_path, JX_BENCH_ORGS="1000000")
    running = subprocess.Popen(
        [*COMMAND, "orgs"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while not list((tmp_path / "tmp").glob("jx-bench*/*")) and time.monotonic() < until:
        time.sleep(0.2)

    running.send_signal(signal.SIGTERM)

    assert running.wait(60) == 128 + signal.SIGTERM
    assert _leftovers(tmp_path) == []


def test_an_unknown_benchmark_is_told_with_those_there_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "nothing"], env=_environment(tmp_path), check=False, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert "register_page" in done.stderr


def test_a_server_that_does_not_answer_is_told_in_one_line(tmp_path: Path) -> None:
    env = _environment(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")

    done = subprocess.run([*COMMAND, "orgs"], env=env, check=False, capture_output=True, text=True)

    assert done.returncode == 2
    assert done.stderr.startswith("DATABASE_URL: ")
    assert "Traceback" not in done.stderr
