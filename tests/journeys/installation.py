"""An installation as an operator has it: a home, a database of its own, the command, and what runs below it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from jiangxin.kernel.text.ids import new_uid

POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


@dataclass
class Installation:
    """A home, a database of its own and the command to run in it."""

    home: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            k: v
            for k, v in os.environ.items()
            if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "JX_HOME"}
        }
        database = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return {**kept, **database, "JX_HOME": str(self.home), "JX_ENV": "development", "DEMO": "1"}

    @property
    def short_of_room(self) -> dict[str, str]:
        """The environment of a process that may write little: nothing else writes there, not even coverage."""
        return {k: v for k, v in self.environment.items() if k != "COVERAGE_PROCESS_CONFIG"}

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "jiangxin.config.cli", *arguments]
        return subprocess.run(
            command, env={**self.environment, **environment}, capture_output=True, text=True, timeout=240
        )

    def execute(self, statement: str) -> None:
        """Change the database behind the back of the house."""
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                connection.execute(statement)
            return
        with contextlib.closing(sqlite3.connect(self.home / "jiangxin.sqlite3")) as connection:
            connection.execute(statement)
            connection.commit()


def new_installation(folder: Path) -> Installation:
    """An empty home; on PostgreSQL with a fresh database in the cluster of this test run."""
    if not POSTGRES:
        return Installation(folder)
    name = f"cli_{new_uid().lower()}"
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # a name we made
    return Installation(folder, url.rsplit("/", 1)[0] + f"/{name}")


def answer_of(url: str, server: subprocess.Popen[bytes], seconds: float = 90) -> dict[str, object]:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - a loopback address
                return dict(json.load(answer))
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")


def children_of(pid: int) -> dict[int, str]:
    """Running descendants of a process with their command lines."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in listed[1:]]
    found: dict[int, str] = {}
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        for child, above, *arguments in rows:
            if int(above) == parent:
                found[int(child)] = " ".join(arguments)
                waiting.append(int(child))
    return found


def still_running(pids: Iterable[int]) -> list[int]:
    """Those of the processes that still run (a zombie does not)."""
    alive = []
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                alive.append(pid)
    return alive


def all_gone(pids: Iterable[int]) -> bool:
    """Whether all processes end within half a minute."""
    limit = time.monotonic() + 30
    while still_running(pids) and time.monotonic() < limit:
        time.sleep(0.2)
    return not still_running(pids)
