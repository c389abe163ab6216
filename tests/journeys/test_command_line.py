"""An operator's day: set up, serve, stop, prove, back up and restore, all from the command line."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from jiangxin.honours.tests.foreign import Signer, bits, credential, encoded, entry, status_list
from jiangxin.kernel.text.ids import new_uid

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
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


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with the whole demo world."""
    made = new_installation(tmp_path_factory.mktemp("home"))
    done = made.run("demo")
    assert done.returncode == 0, done.stderr
    return made


def test_the_demo_world_is_only_loaded_once(installation: Installation) -> None:
    again = installation.run("demo")

    assert again.returncode == 1
    assert "empty" in again.stderr


def test_help_names_every_command() -> None:
    shown = Installation(settings.JX_HOME).run("--help").stdout

    for name in (
        "serve",
        "worker",
        "demo",
        "import",
        "export",
        "verify",
        "audit",
        "backup",
        "restore",
        "bench",
        "create-admin",
    ):
        assert f"\n  {name}" in shown


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "many", "PORT"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none", "DATABASE_URL"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3", "DATABASE_URL"),
        ("CACHE_URL", "memory", "CACHE_URL"),
        ("CACHE_URL", "redis://127.0.0.1:1/0", "CACHE_URL"),
        ("EMAIL_URL", "smtp://host:port", "EMAIL_URL"),
        ("EMAIL_URL", "mail.example", "EMAIL_URL"),
        ("PUBLIC_URL", "honours.example", "PUBLIC_URL"),
        ("PRIVACY_KEYS", "secret", "PRIVACY_KEYS"),
        ("JX_HOME", "/proc/none", "JX_HOME"),
        ("JX_HOME", __file__, "JX_HOME"),
        ("WORKERS", "-1", "WORKERS"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL"),
        ("JX_ENV", "staging", "JX_ENV"),
        ("JX_ENV", "production", "SECRET_KEY"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, name: str, value: str, said: str) -> None:
    done = Installation(tmp_path).run("migrate", **{name: value})

    assert done.returncode == 2
    assert [said in line for line in done.stderr.splitlines()] == [True]


NEED_A_DATABASE = (
    ("audit", "verify"),
    ("audit", "checkpoint"),
    ("export", "people", "x.csv"),
    ("worker", "--once"),
    ("create-admin", "guanli", "--password", "Qing-Song-Lu-2026!"),
)


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_a_home_that_was_never_set_up_is_told_what_to_run(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = new_installation(tmp_path).run(*command)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "run `jiangxin migrate`" in done.stderr


def test_nothing_is_backed_up_before_there_is_something(tmp_path: Path) -> None:
    done = new_installation(tmp_path).run("backup", str(tmp_path / "archive"))

    assert (done.returncode, (tmp_path / "archive").exists()) == (1, False)
    assert "not been set up" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("nonsense",),
        ("verify", "/nowhere"),
        ("verify", "/"),
        ("restore", "/nowhere"),
        ("import", "people", "/nowhere"),
        ("import", "nonsense", __file__),
        ("export", "nonsense", "x.csv"),
        ("export", "people", "x.pdf"),
        ("bench", "nonsense"),
        ("audit",),
        ("serve", "--loud"),
    ],
    ids=" ".join,
)
def test_a_wrong_use_leaves_with_two_and_no_trace(
    installation: Installation, command: tuple[str, ...]
) -> None:
    done = installation.run(*command)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_full_disk_leaves_no_half_backup(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    limited = f"ulimit -f 64; exec {sys.executable} -m jiangxin.config.cli backup {archive}"

    done = subprocess.run(
        ["bash", "-c", limited], env=installation.environment, capture_output=True, text=True
    )

    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert done.stderr.startswith("The backup was not written")


def test_a_foreign_credential_is_verified_with_what_is_given_by_hand(tmp_path: Path) -> None:
    school, url = Signer(51, "did:web:school.example:issuers"), "https://school.example/status/3"
    made = {
        "good.json": school.signed(credential(school.name, credentialStatus=entry(url))),
        "did.json": school.document(),
        "list.json": school.signed(status_list(url, school.name, encoded(bits()))),
        "revoked.json": school.signed(status_list(url, school.name, encoded(bits(94567)))),
    }
    for name, document in made.items():
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    at = {name: str(tmp_path / name) for name in made}
    stranger = Installation(tmp_path / "home")

    answers = [
        stranger.run("verify", at["good.json"], *options)
        for options in (
            (),
            ("--issuer", at["did.json"]),
            ("--issuer", at["did.json"], "--status", at["list.json"]),
            ("--issuer", at["did.json"], "--status", at["revoked.json"]),
            ("--issuer", at["good.json"]),
            ("--issuer", at["did.json"], "--status", at["did.json"]),
        )
    ]

    assert [answer.returncode for answer in answers] == [4, 6, 0, 3, 2, 6]
    assert "https://school.example/issuers/did.json (--issuer FILE)" in answers[0].stderr
    assert f"{url} (--status FILE)" in answers[1].stderr


@pytest.mark.parametrize("lacking", ["SECRET_KEY", "SECURE_COOKIES", "DEBUG"])
def test_production_refuses_what_is_only_safe_at_home(tmp_path: Path, lacking: str) -> None:
    good = {"JX_ENV": "production", "SECRET_KEY": "s" * 40, "SECURE_COOKIES": "1", "DEBUG": "0"}
    bad = {"SECRET_KEY": "", "SECURE_COOKIES": "0", "DEBUG": "1"}

    done = Installation(tmp_path).run("migrate", **{**good, lacking: bad[lacking]})

    assert done.returncode == 2
    assert lacking in done.stderr


def test_the_log_verifies_and_tells_of_a_changed_row(installation: Installation) -> None:
    checkpoint = installation.run("audit", "checkpoint")
    before = installation.run("audit", "verify")

    installation.execute(GUARD_DOWN)
    installation.execute("UPDATE events_event SET actor_label = 'nobody' WHERE id = 2")
    after = installation.run("audit", "verify")
    installation.execute("UPDATE events_event SET actor_label = '系统（tables）' WHERE id = 2")
    installation.execute(GUARD_UP)

    assert (checkpoint.returncode, before.returncode, after.returncode) == (0, 0, 1)
    assert Path(checkpoint.stdout.strip()).is_file()
    assert after.stderr.strip()


# Only this guard: the trigger that leads new events into the log must stay.
if POSTGRES:
    GUARD_DOWN = "ALTER TABLE events_event DISABLE TRIGGER append_only_rows_events_event"
    GUARD_UP = "ALTER TABLE events_event ENABLE TRIGGER append_only_rows_events_event"
else:
    GUARD_DOWN = "DROP TRIGGER append_only_update_events_event"
    GUARD_UP = (
        "CREATE TRIGGER append_only_update_events_event BEFORE UPDATE ON events_event "
        "BEGIN SELECT RAISE(ABORT, 'events_event is append-only'); END"
    )


def test_a_backup_restores_with_every_hash_as_written(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "jiangxin.backup"
    other = new_installation(tmp_path / "other")

    written = installation.run("backup", str(archive))
    checked = installation.run("restore", str(archive), "--check")
    restored = other.run("restore", str(archive))
    refused = other.run("restore", str(archive))

    assert [written.returncode, checked.returncode, restored.returncode, refused.returncode] == [
        0,
        0,
        0,
        1,
    ], restored.stderr
    assert archive.stat().st_mode & 0o077 == 0
    assert "empty database" in refused.stderr


BUSY_LOG = """
from jiangxin.config.cli.django_ready import load_django
load_django()
from jiangxin.kernel.events import make_checkpoint, record_security
from jiangxin.kernel.access import SystemActor
from django.db import transaction
while True:
    with transaction.atomic():
        record_security("tests.tick", by=SystemActor("tests"))
    make_checkpoint()
    print("ticked", flush=True)
"""


def test_a_backup_taken_while_the_log_grows_verifies(installation: Installation, tmp_path: Path) -> None:
    archive, other = tmp_path / "busy", new_installation(tmp_path / "other")
    command = [sys.executable, "-c", BUSY_LOG]
    with subprocess.Popen(command, env=installation.environment, stdout=subprocess.PIPE) as busy:
        assert busy.stdout is not None
        assert busy.stdout.readline() == b"ticked\n"
        threading.Thread(target=busy.stdout.read, daemon=True).start()
        written = installation.run("backup", str(archive))
        busy.kill()

    restored = other.run("restore", str(archive))

    assert (written.returncode, restored.returncode) == (0, 0), restored.stderr


def test_a_changed_backup_is_refused(installation: Installation, tmp_path: Path) -> None:
    archive, changed = tmp_path / "good", tmp_path / "changed"
    assert installation.run("backup", str(archive)).returncode == 0
    with tarfile.open(archive) as source, tarfile.open(changed, "w:gz") as target:
        for member in source.getmembers():
            content = source.extractfile(member)
            if member.name.startswith("keys/"):
                content = io.BytesIO(b"x" * member.size)
            target.addfile(member, content)

    done = installation.run("restore", str(changed), "--check")

    assert done.returncode == 1
    assert "was changed after it was written" in done.stderr


def test_half_a_backup_is_refused(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "half"
    assert installation.run("backup", str(archive)).returncode == 0
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])

    assert installation.run("restore", str(archive), "--check").returncode == 1


def test_an_administrator_is_created_once(installation: Installation) -> None:
    first = installation.run("create-admin", "guanli", "--password", "Qing-Song-Lu-2026!")
    second = installation.run("create-admin", "guanli", "--password", "Qing-Song-Lu-2026!")

    assert (first.returncode, second.returncode) == (0, 1), first.stderr


def test_the_first_administrator_of_an_empty_installation_founds_the_union(tmp_path: Path) -> None:
    empty = new_installation(tmp_path)
    assert empty.run("migrate").returncode == 0
    secret = ["--password", "Qing-Song-Lu-2026!"]

    without = empty.run("create-admin", "guanli", *secret)
    founded = empty.run("create-admin", "guanli", "--union", "江东省总工会", *secret)

    assert (without.returncode, founded.returncode) == (1, 0), founded.stderr


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


@pytest.fixture
def served(installation: Installation, free_port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running `jiangxin run` and its address."""
    command = [sys.executable, "-m", "jiangxin.config.cli", "run"]
    server = subprocess.Popen(command, env={**installation.environment, "PORT": str(free_port)})
    try:
        url = f"http://127.0.0.1:{free_port}"
        answer_of(f"{url}/healthz", server)
        yield server, url
    finally:
        children = children_of(server.pid)
        server.kill() if server.poll() is None else None
        server.wait()
        assert all_gone(children)


def test_ctrl_c_stops_web_and_worker(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, _ = served
    children = children_of(server.pid)

    server.send_signal(signal.SIGINT)
    code = server.wait(30)

    assert (code, still_running(children)) == (0, [])
    assert len(children) >= 2


def test_no_child_outlives_a_killed_parent(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, _ = served
    children = children_of(server.pid)

    server.kill()

    assert all_gone(children)


def test_a_killed_worker_is_started_again(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, url = served
    worker = next(pid for pid, command in children_of(server.pid).items() if command.endswith(" worker"))

    os.kill(worker, signal.SIGKILL)
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        others = [
            pid
            for pid, command in children_of(server.pid).items()
            if command.endswith(" worker") and pid != worker
        ]
        if others:
            break
        time.sleep(0.2)

    assert others
    assert answer_of(f"{url}/healthz", server)["database"] == {
        "ok": True,
        "engine": "postgresql" if POSTGRES else "sqlite",
    }
