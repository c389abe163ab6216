"""New keys: the worker seals again what older keys sealed, second-factor secrets too; an old key goes last."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from jiangxin.accounts.models.secrets import open_secret, seal_secret
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.jobs.actions import SEALING, retire_key, rotate_keys, seal_again
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.privacy.keys import key_store
from jiangxin.kernel.privacy.rotation import keys_in_use, re_encrypt_all
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import add_person
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import invented_number

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
SYSTEM = SystemActor("test")


@pytest.fixture(autouse=True)
def own_home(settings: LazySettings, tmp_path: Path) -> Path:
    """Keys of the test's own."""
    settings.JX_HOME = tmp_path
    key_store.forget()
    return tmp_path


@pytest.fixture
def person() -> Person:
    return add_person(name="林小满", id_number=invented_number(3), phone="13800001234", by=SYSTEM)


def _authenticators() -> tuple[Authenticator, Authenticator, Authenticator]:
    user = make_user()
    codes = [seal_secret("11111111"), seal_secret("22222222")]
    return (
        Authenticator.objects.create(user=user, type="totp", data={"secret": seal_secret("JBSWY3DP")}),
        Authenticator.objects.create(
            user=user,
            type="recovery_codes",
            data={"seed": seal_secret("seed"), "used_mask": 5, "migrated_codes": codes},
        ),
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "钥匙", "credential": {}}),
    )


def test_the_worker_seals_everything_again_and_shows_how_far_it_is(person: Person) -> None:
    totp, codes, passkey = _authenticators()

    progress = rotate_keys(by=SYSTEM)
    drain()

    for each in (progress, totp, codes, passkey):
        each.refresh_from_db()
    assert (progress.state, progress.total, progress.done) == ("done", 6, 6)
    assert keys_in_use() == {"k1": 0, "k2": 6}
    assert open_secret(totp.data["secret"]) == "JBSWY3DP"
    assert (open_secret(codes.data["seed"]), codes.data["used_mask"]) == ("seed", 5)
    assert [open_secret(code) for code in codes.data["migrated_codes"]] == ["11111111", "22222222"]
    assert passkey.data == {"name": "钥匙", "credential": {}}
    assert Person.objects.get(pk=person.pk).phone == "13800001234"


def test_an_identity_number_is_found_by_its_index_as_before(person: Person) -> None:
    before = person.id_number_index

    rotate_keys(by=SYSTEM)
    drain()

    held = Person.objects.get(id_number_index=before)
    assert (held, held.id_number) == (person, invented_number(3))


def test_sealing_again_twice_changes_nothing(person: Person) -> None:
    rotate_keys(by=SYSTEM)
    drain()

    assert (seal_again(by=SYSTEM).total, re_encrypt_all()) == (0, 0)


def test_a_run_that_stopped_is_finished_by_the_next(person: Person) -> None:
    add_person(name="周敏", phone="13900001111", by=SYSTEM)
    _authenticators()
    rotate_keys(by=SYSTEM)

    def stop(done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        re_encrypt_all(batch=1, progress=stop)
    halfway = keys_in_use()
    readable = sorted(each.phone for each in Person.objects.all())
    drain()

    assert (halfway["k1"] > 0, halfway["k2"] > 0) == (True, True)
    assert readable == ["13800001234", "13900001111"]
    assert keys_in_use()["k1"] == 0


def test_a_key_in_use_is_not_retired_and_an_idle_one_is(person: Person, own_home: Path) -> None:
    rotate_keys(by=SYSTEM)
    with pytest.raises(Refused) as refusal:
        retire_key(key_id="k1", by=SYSTEM)
    drain()
    os.utime(own_home / "keys" / "privacy.json", (0, 0))

    left = retire_key(key_id="k1", by=SYSTEM)

    assert (refusal.value.code, left) == ("key_in_use", 1)
    assert Person.objects.get(pk=person.pk).phone == "13800001234"


def test_the_log_names_the_key_and_never_holds_it(own_home: Path) -> None:
    rotate_keys(by=SYSTEM)

    told = Event.objects.get(name="privacy.key_added")

    assert (told.kind, told.payload) == ("security", {"key": "k2"})


def test_only_the_system_administrator_rotates_keys() -> None:
    with pytest.raises(Refused):
        rotate_keys(by=make_user())

    assert key_store.ring().active == "k1"


def test_the_operator_sees_how_far_it_is(person: Person) -> None:
    rotate_keys(by=SYSTEM)
    client: Client = browser(make_officer("system_admin", make_tree()["national"], "operator"))

    page = client.get("/work/operations/").content.decode()

    assert ("用新密钥重新加密" in page, Progress.objects.get(kind=SEALING).state) == (True, "waiting")
