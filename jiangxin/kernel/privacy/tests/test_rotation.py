"""Key rotation re-encrypts in batches; reads work throughout and concurrent changes win."""

import pytest
from django.db import connection

from jiangxin.kernel.privacy.keys import key_store
from jiangxin.kernel.privacy.rotation import encrypted_columns, keys_in_use, re_encrypt, re_encrypt_all
from jiangxin.kernel.privacy.sealing import blind_index
from jiangxin.kernel.privacy.tests.lockers import Locker, make_table

pytestmark = pytest.mark.django_db
FIELD = Locker._meta.get_field("number")


@pytest.fixture(autouse=True)
def lockers() -> None:
    make_table()
    Locker.objects.bulk_create([Locker(id=n, uid=f"R{n:02}", number=f"number {n}") for n in range(1, 26)])
    Locker.objects.create(id=99, uid="empty", number=None)


def key_ids() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM privacy_locker WHERE number IS NOT NULL ORDER BY id")
        return [row[0].split(".")[1] for row in cursor.fetchall()]


def numbers() -> list[str]:
    return [each.number for each in Locker.objects.exclude(number__isnull=True).order_by("id")]


def test_every_value_moves_to_the_new_key_and_reads_as_before() -> None:
    before, index = numbers(), blind_index("number 1", kind="number")
    key_store.rotate()
    seen: list[int] = []

    assert re_encrypt(Locker, FIELD, batch=10, progress=seen.append) == 25

    assert seen == [10, 20, 25]
    assert set(key_ids()) == {"k2"}
    assert numbers() == before
    assert blind_index("number 1", kind="number") == index


def test_reads_work_while_half_of_the_rows_have_moved() -> None:
    before = numbers()
    key_store.rotate()

    def stop_after_first_batch(done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        re_encrypt(Locker, FIELD, batch=10, progress=stop_after_first_batch)

    assert key_ids() == ["k2"] * 10 + ["k1"] * 15
    assert numbers() == before
    assert re_encrypt(Locker, FIELD) == 15


def test_a_second_run_finds_nothing_to_do() -> None:
    key_store.rotate()
    re_encrypt(Locker, FIELD)

    assert re_encrypt(Locker, FIELD) == 0


def test_a_value_changed_meanwhile_is_left_alone() -> None:
    key_store.rotate()

    def change_the_last(done: int) -> None:
        if done == 10:
            last = Locker.objects.get(id=25)
            last.number = "changed"
            last.save()

    assert re_encrypt(Locker, FIELD, batch=10, progress=change_the_last) == 24

    assert Locker.objects.get(id=25).number == "changed"


def test_the_keys_in_use_are_counted_until_an_old_one_may_go() -> None:
    key_store.rotate()
    assert keys_in_use([Locker]) == {"k1": 25, "k2": 0}

    assert re_encrypt_all([Locker], batch=10) == 25

    assert keys_in_use([Locker]) == {"k1": 0, "k2": 25}
    assert [field.name for _model, field in encrypted_columns([Locker])] == ["number", "phone"]


def test_the_columns_of_the_house_can_be_re_encrypted() -> None:
    assert re_encrypt_all() == 0
    assert keys_in_use() == {"k1": 0}
