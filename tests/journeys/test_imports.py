"""Imports at the command line: what each ending means, a full disk, a killed process, and going on afterwards."""

from __future__ import annotations

import contextlib
import csv
import random
import resource
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from jiangxin.kernel.text.identity import invented_identity
from tests.journeys.installation import POSTGRES, Installation, new_installation

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
MANY = 50_000
BATCH = 10_000
ROOM = 12 << 20  # bytes a file may still grow


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """An installation without people."""
    made = new_installation(tmp_path)
    done = made.run("migrate", DEMO="0")
    assert done.returncode == 0, done.stderr
    return made


def asked(house: Installation, question: str) -> list[int]:
    """The first row of an answer, from the database file or server itself."""
    if house.database_url:
        with psycopg.connect(house.database_url) as server:
            return list(server.execute(question).fetchone() or ())
    with contextlib.closing(sqlite3.connect(house.home / "jiangxin.sqlite3", timeout=30)) as file:
        return list(file.execute(question).fetchone())


def count(house: Installation) -> int:
    people, uids = asked(house, "SELECT count(*), count(DISTINCT uid) FROM people_person")
    assert people == uids
    return people


def count_of_spells(house: Installation) -> int:
    return asked(house, "SELECT count(DISTINCT person_id) FROM people_employment")[0]


def many_workers(folder: Path) -> Path:
    source = random.Random(1)  # noqa: S311 - invents, guards nothing
    path = folder / "many.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["姓名", "身份证号", "单位"])
        for number in range(MANY):
            birth_on = date(1960, 1, 1) + timedelta(days=number // 4)
            region = f"59{number % 4:02}{number % 97:02}"
            identity = invented_identity(source, birth_on=birth_on, sex="male", region_code=region)
            writer.writerow([f"张{chr(0x4E00 + number % 5000)}", identity, f"宏远{number % 300}厂"])
    return path


def written(folder: Path, *lines: str) -> str:
    path = folder / "list.csv"
    path.write_text("\n".join(["姓名,身份证号,单位", *lines, ""]), encoding="utf-8")
    return str(path)


def test_endings_tell_whether_all_some_or_none_went_in(house: Installation, tmp_path: Path) -> None:
    good = written(tmp_path, "林小满,590101198805210025,宏远", "赵铁生,,宏远")
    dry = house.run("import", "people", good, "--dry-run")
    assert (dry.returncode, count(house)) == (0, 0)
    assert dry.stdout.splitlines() == [
        "2\tnote\t林小满 · 宏远 | 新建档案",
        "3\tnote\t赵铁生 · 宏远 | 新建档案",
        "list.csv: 2 rows; 2 new, 0 changed, 0 same, 0 refused",
    ]

    first, again = (house.run("import", "people", good) for _time in range(2))
    assert (first.returncode, again.returncode, count(house)) == (0, 0, 2)
    assert again.stdout == "list.csv: 2 rows; 0 new, 0 changed, 2 same, 0 refused\n"

    some = house.run("import", "people", written(tmp_path, "周敏,,宏远", "何砚秋,590101198805210026,宏远"))
    assert (some.returncode, count(house)) == (1, 3)
    assert some.stdout.splitlines() == [
        "3\terror\t身份证号 | 身份证号第 18 位应为 5，请核对。",
        "list.csv: 2 rows; 1 new, 0 changed, 0 same, 1 refused",
    ]

    assert house.run("import", "people", written(tmp_path, "顾长河,590101198805210026,宏远")).returncode == 1
    unknown = house.run("import", "peoples", good)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert (
        unknown.stderr
        == "There is no sheet 'peoples'; there are: conferrals, employers, honours, orgs, people.\n"
    )
    (tmp_path / "bad.csv").write_text("随便\n", encoding="utf-8")
    assert house.run("import", "people", str(tmp_path / "bad.csv")).returncode == 2
    assert house.run("import", "people", good, "--org", "nowhere").returncode == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_an_export_leaves_protected_columns_out_and_can_be_read_in_again(
    house: Installation, tmp_path: Path, ending: str
) -> None:
    house.run("import", "people", written(tmp_path, "林小满,,宏远", "赵铁生,590101198805210025,宏远"))
    target = tmp_path / f"out.{ending}"

    done = house.run("export", "people", str(target))

    assert (done.returncode, done.stdout) == (0, f"{target}: 2 rows\n")
    assert b"590101198805210025" not in target.read_bytes()
    assert list(tmp_path.glob(".*.part")) == []
    again = house.run("import", "people", str(target), "--dry-run")
    assert again.stdout.splitlines()[-1] == f"out.{ending}: 2 rows; 1 new, 0 changed, 1 same, 0 refused"
    assert house.run("export", "people", str(tmp_path / "out.pdf")).returncode == 2


def test_an_import_killed_in_the_middle_leaves_whole_batches_and_is_simply_repeated(
    house: Installation, tmp_path: Path
) -> None:
    path = many_workers(tmp_path)
    command = [sys.executable, "-m", "jiangxin.config.cli", "import", "people", str(path)]
    process = subprocess.Popen(command, env=house.environment, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 120
    while not count(house):
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.02)
    process.kill()
    process.wait()
    there = count(house)
    assert there in range(BATCH, MANY + 1, BATCH)
    assert count_of_spells(house) == there

    again = house.run("import", "people", str(path))

    assert again.returncode == 0, again.stderr
    assert (count(house), count_of_spells(house)) == (MANY, MANY)
    assert again.stdout.splitlines()[-1] == (
        f"many.csv: {MANY} rows; {MANY - there} new, 0 changed, {there} same, 0 refused"
    )
    assert house.run("audit", "verify").returncode == 0


@pytest.mark.skipif(POSTGRES, reason="the limit is set on our own process, not on the server")
def test_a_disk_without_room_stops_at_a_whole_batch_and_the_rest_follows_later(
    house: Installation, tmp_path: Path
) -> None:
    path = many_workers(tmp_path)
    most = (house.home / "jiangxin.sqlite3").stat().st_size + ROOM
    command = [sys.executable, "-m", "jiangxin.config.cli", "import", "people", str(path)]

    stopped = subprocess.run(
        command,
        env=house.short_of_room,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        timeout=240,
    )

    assert stopped.returncode == 3, stopped.stderr
    assert "Traceback" not in stopped.stderr
    there = count(house)
    assert there in range(0, MANY, BATCH)
    again = house.run("import", "people", str(path))
    assert (again.returncode, count(house)) == (0, MANY)
