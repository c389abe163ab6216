"""The key ring: made once, private, rotated without losing what older keys sealed."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from jiangxin.kernel.privacy import Sealer, keys, seal, unseal
from jiangxin.kernel.privacy.keys import KeyStore, key_store, new_ring, parse_ring

PLACE = {"table": "t", "column": "c", "row": "r"}


def test_the_first_use_makes_a_private_file(own_keys: Path) -> None:
    key_store.ring()

    assert own_keys.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in own_keys.parent.iterdir()] == ["privacy.json"]


def test_many_processes_starting_at_once_agree_on_one_ring() -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: KeyStore().ring().index_key, range(8)))

    assert len(set(rings)) == 1


def test_production_never_invents_a_ring(settings: Settings, own_keys: Path) -> None:
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="PRIVACY_KEYS"):
        key_store.ring()
    assert not own_keys.exists()


def test_the_environment_goes_before_the_file(settings: Settings) -> None:
    ring = new_ring()
    settings.PRIVACY_KEYS = ring.as_json()

    assert key_store.ring() == ring
    for change in (key_store.rotate, lambda: key_store.retire("k0")):
        with pytest.raises(ImproperlyConfigured, match="environment"):
            change()


def test_old_values_open_after_a_rotation_and_new_ones_use_the_new_key() -> None:
    old = seal("13812341234", **PLACE)

    ring = key_store.rotate()

    assert ring.active == "k2"
    assert unseal(old, **PLACE) == "13812341234"
    assert seal("13812341234", **PLACE).split(".")[1] == "k2"


def test_a_process_that_started_before_the_rotation_reads_what_came_after() -> None:
    key_store.ring()
    ring_of_the_other_process = KeyStore().rotate()

    sealed_there = Sealer("t", "c", ring_of_the_other_process).seal("x", "r")

    assert sealed_there.split(".")[1] == "k2"
    assert unseal(sealed_there, **PLACE) == "x"


def test_a_retired_key_is_gone_and_the_active_one_cannot_retire() -> None:
    ring = new_ring().with_new_key()

    assert list(ring.without_key("k1").keys) == ["k2"]
    with pytest.raises(ValueError, match="active"):
        ring.without_key("k2")


@pytest.mark.parametrize(
    "change",
    [
        {"active": "k7"},
        {"keys": {"k1": "c2hvcnQ="}},
        {"keys": {"k.1": json.loads(new_ring().as_json())["index_key"]}, "active": "k.1"},
        {"index_key": "%%%"},
        {"index_key": None},
        {"keys": []},
    ],
)
def test_a_wrong_ring_is_named_in_one_line_without_its_keys(change: dict[str, object]) -> None:
    text = json.dumps({**json.loads(new_ring().as_json()), **change})

    with pytest.raises(ImproperlyConfigured, match=r"^PRIVACY_KEYS: [^\n]{10,90}$"):
        parse_ring(text)


def test_text_that_is_no_json_is_a_wrong_ring() -> None:
    with pytest.raises(ImproperlyConfigured, match="PRIVACY_KEYS"):
        parse_ring("{")


def test_a_new_key_never_takes_the_number_of_one_that_is_left(own_keys: Path) -> None:
    key_store.rotate()
    os.utime(own_keys, (0, 0))
    key_store.retire("k1")
    second = key_store.ring().keys["k2"]

    ring = key_store.rotate()

    assert (sorted(ring.keys), ring.active, ring.keys["k2"]) == (["k2", "k3"], "k3", second)


def test_keys_added_by_several_at_once_are_all_kept() -> None:
    key_store.ring()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: KeyStore().rotate(), range(6)))

    key_store.forget()
    assert sorted(key_store.ring().keys) == [f"k{number}" for number in range(1, 8)]


def test_a_process_that_runs_on_sees_the_new_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "LOOK_AGAIN", 0.0)
    running = KeyStore()
    running.ring()

    key_store.rotate()

    assert running.ring().active == "k2"


@pytest.mark.parametrize("key_id", ["k2", "k9"])
def test_only_an_old_key_is_retired(own_keys: Path, key_id: str) -> None:
    key_store.rotate()
    os.utime(own_keys, (0, 0))

    with pytest.raises(ImproperlyConfigured, match="not an old key"):
        key_store.retire(key_id)


def test_a_key_is_not_retired_in_the_minute_after_a_rotation() -> None:
    key_store.rotate()

    with pytest.raises(ImproperlyConfigured, match="wait a minute"):
        key_store.retire("k1")
