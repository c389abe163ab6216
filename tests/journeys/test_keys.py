"""Rotation of the keys from the command line: killed in the middle, nothing is lost and the next run goes on."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.journeys.installation import Installation, new_installation

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
PEOPLE = 20_000
FILL = f"""
import django; django.setup()
from jiangxin.people.models import Person
Person.objects.bulk_create(
    [Person(name="林小满", name_key="林小满", phone=f"138{{n:08}}") for n in range({PEOPLE})], batch_size=5000
)
"""
READ = """
import django; django.setup()
from jiangxin.people.models import Person
phones = sorted(person.phone for person in Person.objects.only("uid", "phone"))
print(len(phones), phones[0], phones[-1])
"""
COUNTED = {
    "k1": "SELECT COUNT(*) FROM people_person WHERE phone LIKE '1.k1.%'",
    "k2": "SELECT COUNT(*) FROM people_person WHERE phone LIKE '1.k2.%'",
}
ALL_READABLE = f"{PEOPLE} 13800000000 138{PEOPLE - 1:08}"


def _script(installation: Installation, text: str) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "jiangxin.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", text],
        env={**installation.environment, **settings},
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    return done.stdout.strip()


def _sealed_by(installation: Installation, key_id: str) -> int:
    question = COUNTED[key_id]
    if installation.database_url:
        with psycopg.connect(installation.database_url, autocommit=True) as connection:
            row = connection.execute(question).fetchone()
    else:
        with contextlib.closing(
            sqlite3.connect(installation.home / "jiangxin.sqlite3", timeout=30)
        ) as opened:
            row = opened.execute(question).fetchone()
    assert row is not None
    return int(row[0])


def _killed_in_the_middle(installation: Installation) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "jiangxin.config.cli", "keys", "rotate", "--now"],
        env=installation.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    limit = time.monotonic() + 60
    while _sealed_by(installation, "k2") < 1000 and time.monotonic() < limit:
        time.sleep(0.005)
    process.kill()
    process.wait()


def test_a_rotation_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    installation = new_installation(tmp_path)
    assert installation.run("migrate").returncode == 0
    _script(installation, FILL)

    _killed_in_the_middle(installation)

    moved = _sealed_by(installation, "k2")
    assert 1000 <= moved < PEOPLE
    assert moved + _sealed_by(installation, "k1") == PEOPLE
    assert _script(installation, READ) == ALL_READABLE
    assert installation.run("keys", "status").returncode == 1
    refused = installation.run("keys", "retire", "k1")
    assert (refused.returncode, (installation.home / "keys" / "privacy.json").exists()) == (1, True)

    resumed = installation.run("keys", "reseal", "--now")

    assert resumed.stdout.splitlines()[-1] == f"{PEOPLE - moved} values sealed again"
    assert installation.run("keys", "status").returncode == 0
    assert _script(installation, READ) == ALL_READABLE
