"""bench: runs one benchmark of a source checkout in a home of its own and prints one JSON line."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit, urlunsplit

import click
import psycopg
from django.core.management import call_command
from psycopg import sql

from jiangxin.config.cli.django_ready import load_django
from jiangxin.config.environment import read_environment

ROOT = Path(__file__).resolve().parent.parent.parent.parent
LEFT_OUT = ("CACHE_URL", "EMAIL_URL", "PRIVACY_KEYS", "PUBLIC_URL", "DEBUG", "SECURE_COOKIES", "SECRET_KEY")
FIXED = {
    "JX_ENV": "development",
    "DEMO": "0",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "LOG_LEVEL": "ERROR",
}


def names() -> list[str]:
    """The benchmarks of this checkout; none in an installed wheel."""
    folder = ROOT / "benchmarks"
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


@click.command("bench")
@click.argument("name")
def bench(name: str) -> None:
    """Run benchmark NAME in a home of its own and print figures and the ratio to its baseline as one JSON line.

    The home is a temporary directory with a fresh SQLite database. When DATABASE_URL names a PostgreSQL server, a fresh
    database is created on it and dropped afterwards; the database named is not touched. Sizes come from the environment
    (JX_BENCH_ROWS …).

    Exit codes: 0 measured, 1 the benchmark gave up, 2 unknown benchmark or wrong setting.
    """
    if name not in names():
        click.echo(
            f"No benchmark {name!r}; there are: {', '.join(names()) or 'none (not a source checkout)'}",
            err=True,
        )
        sys.exit(2)
    with own_home():
        figures = _measure(name)
    click.echo(json.dumps({"bench": name, **figures}, ensure_ascii=False, default=str))


def _measure(name: str) -> dict[str, object]:
    load_django()
    from django.db import connection  # noqa: PLC0415 - app ready: settings

    from jiangxin.config.cli.preparing import collect_static  # noqa: PLC0415 - app ready: settings

    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    sys.path.insert(0, str(ROOT))
    try:
        figures: dict[str, object] = import_module(f"benchmarks.{name}").run()
        return {"engine": connection.vendor, **figures}
    finally:
        connection.close()


@contextmanager
def own_home() -> Iterator[None]:
    """Point the environment to a temporary JX_HOME and a fresh database while the block runs; both are gone afterwards."""
    signal.signal(signal.SIGTERM, _leave)
    given = read_environment().database_url
    for setting in LEFT_OUT:
        os.environ.pop(setting, None)
    with tempfile.TemporaryDirectory(prefix="jx-bench-") as home, _own_database(given) as url:
        os.environ.update(FIXED, JX_HOME=home, DATABASE_URL=url)
        yield


def _leave(number: int, frame: FrameType | None) -> None:
    """Leave by way of every `finally`, so that a benchmark that is stopped leaves nothing behind either."""
    sys.exit(128 + number)


@contextmanager
def _own_database(given: str) -> Iterator[str]:
    """The address of a fresh database on the server given; "" (a file in the home) without a server."""
    if not given.startswith("postgres"):
        yield ""
        return
    name = f"jx_bench_{secrets.token_hex(6)}"
    _tell_server(given, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
    try:
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    finally:
        _tell_server(given, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _tell_server(address: str, order: str, name: str) -> None:
    try:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(sql.SQL(order).format(sql.Identifier(name)))
    except psycopg.Error as error:
        click.echo(f"DATABASE_URL: {str(error).strip()}", err=True)
        sys.exit(2)


COMMANDS = {"bench": bench}
