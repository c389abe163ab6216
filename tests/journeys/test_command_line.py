"""An operator's day at the command line: help, settings, wrong uses, the log, administrators, a stranger's proof."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from jiangxin.honours.credentials.bundle import export_bundle
from jiangxin.honours.credentials.successions import succession
from jiangxin.honours.tests.foreign import Signer, bits, credential, encoded, entry, status_list
from jiangxin.kernel.text.ids import new_uid
from tests.journeys.installation import POSTGRES, Installation, new_installation

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]


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
        ("DATABASE_URL", "postgres://a:b@127.0.0.1:many/x", "DATABASE_URL"),
        ("DATABASE_URL", "postgres://a:b@127.0.0.1", "DATABASE_URL"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL"),
        ("ALLOWED_HOSTS", "https://honours.example/", "ALLOWED_HOSTS"),
        ("CACHE_URL", "memory", "CACHE_URL"),
        ("CACHE_URL", "redis://127.0.0.1:many/0", "CACHE_URL"),
        ("CACHE_URL", "redis://127.0.0.1:1/0", "CACHE_URL"),
        ("EMAIL_URL", "smtp://host:port", "EMAIL_URL"),
        ("EMAIL_URL", "mail.example", "EMAIL_URL"),
        ("PUBLIC_URL", "honours.example", "PUBLIC_URL"),
        ("PUBLIC_URL", "https://honours.example:many", "PUBLIC_URL"),
        ("PRIVACY_KEYS", "secret", "PRIVACY_KEYS"),
        ("PRIVACY_KEYS", '{"active": "k1", "keys": {}, "index_key": "x"}', "PRIVACY_KEYS"),
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
    ("import", "people", "people.csv"),
    ("worker", "--once"),
    ("create-admin", "guanli", "--password", "Qing-Song-Lu-2026!"),
)


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_a_home_that_was_never_set_up_is_told_what_to_run(tmp_path: Path, command: tuple[str, ...]) -> None:
    people = tmp_path / "people.csv"
    people.write_text("姓名,单位\n林小满,江东重机厂\n", encoding="utf-8")
    words = [str(people) if word == "people.csv" else word for word in command]

    done = new_installation(tmp_path).run(*words)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "run `jiangxin migrate`" in done.stderr


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


def test_a_bundle_names_the_credential_that_took_the_place_of_a_revoked_one(tmp_path: Path) -> None:
    school, base = Signer(52, "did:web:school.example:issuers"), "https://school.example"
    old, new, url = f"{base}/credentials/{new_uid()}", new_uid(), f"{base}/status/4"
    revoked = school.signed(status_list(url, school.name, encoded(bits(94567))))
    bundle = export_bundle(
        [("学校", school.document())],
        [revoked],
        made_at=datetime(2026, 5, 2, tzinfo=UTC),
        successors=dict([succession(old, new)]),
    )
    made = {
        "old.json": school.signed(credential(school.name, id=old, credentialStatus=entry(url))),
        "bundle.json": bundle,
    }
    for name, document in made.items():
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")

    answer = Installation(tmp_path / "home").run(
        "verify", str(tmp_path / "old.json"), "--bundle", str(tmp_path / "bundle.json")
    )

    assert (answer.returncode, answer.stderr) == (3, "")
    assert answer.stdout.splitlines()[1:] == [
        "The issuer has replaced this credential; the new one counts.",
        f"{base}/verify/{new}/",
    ]


def test_an_empty_setting_counts_as_absent(tmp_path: Path) -> None:
    empty = dict.fromkeys(("PORT", "JX_ENV", "ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "LOG_LEVEL"), "")

    assert Installation(tmp_path).run("verify", __file__, **empty).returncode == 2
    assert Installation(tmp_path).run("verify", __file__, **empty).stderr == ""


def test_the_word_of_a_password_is_not_shown(tmp_path: Path) -> None:
    done = Installation(tmp_path).run("migrate", DATABASE_URL="postgres://a:fern/licht@127.0.0.1/x")

    assert (done.returncode, "fern" in done.stderr, "licht" in done.stderr) == (2, False, False)


PRODUCTION = {
    "JX_ENV": "production",
    "SECRET_KEY": "0123456789abcdef" * 3,
    "SECURE_COOKIES": "1",
    "DEBUG": "0",
    "PUBLIC_URL": "https://honours.example",
    "ALLOWED_HOSTS": "honours.example,127.0.0.1",
}


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "s" * 40),
        ("SECURE_COOKIES", "0"),
        ("DEBUG", "1"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "http://honours.example"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "other.example"),
    ],
)
def test_production_refuses_what_is_only_safe_at_home(tmp_path: Path, name: str, bad: str) -> None:
    done = Installation(tmp_path).run("migrate", **{**PRODUCTION, name: bad})

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"jiangxin: wrong setting: {name}: ")


def test_a_new_installation_in_production_gets_its_keys_and_never_others_in_their_place(
    tmp_path: Path, free_port: int
) -> None:
    place, ring = new_installation(tmp_path), tmp_path / "keys" / "privacy.json"
    made = [place.run("migrate", **PRODUCTION).returncode, ring.stat().st_mode & 0o077]
    (tmp_path / "people.csv").write_text(
        "姓名,单位,身份证号码\n林小满,江东重机厂,11010519491231002X\n", encoding="utf-8"
    )
    imported = place.run("import", "people", str(tmp_path / "people.csv"), **PRODUCTION)
    assert (made, imported.returncode) == ([0, 0], 0), imported.stderr
    ring.rename(tmp_path / "lost")

    again = [
        place.run(*words, **PRODUCTION, PORT=str(free_port))
        for words in (("migrate",), ("worker", "--once"), ("serve",))
    ]

    assert [(each.returncode, len(each.stderr.splitlines())) for each in again] == [(2, 1)] * 3
    assert [str(ring) in each.stderr for each in again] == [True] * 3


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
    GUARD_DOWN = "ALTER TABLE events_event DISABLE TRIGGER append_only_update_events_event"
    GUARD_UP = "ALTER TABLE events_event ENABLE TRIGGER append_only_update_events_event"
else:
    GUARD_DOWN = "DROP TRIGGER append_only_update_events_event"
    GUARD_UP = (
        "CREATE TRIGGER append_only_update_events_event BEFORE UPDATE ON events_event "
        "BEGIN SELECT RAISE(ABORT, 'events_event is append-only'); END"
    )


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
