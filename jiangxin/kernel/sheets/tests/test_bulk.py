"""Bulk insertion: all or nothing, keys reserved once, on both engines."""

import contextlib
import itertools

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction

from jiangxin.kernel.sheets.bulk import bulk_insert, insert_columns, large_writes, reserve_ids

pytestmark = pytest.mark.django_db
COLUMNS = ("id", "app_label", "model")


def test_rows_are_written_as_they_are() -> None:
    keys = reserve_ids(ContentType, 2000)
    odd = "tab\there\\new\nline 𬭊 '\""

    assert bulk_insert(ContentType, COLUMNS, ((key, odd, str(key)) for key in keys)) == 2000

    assert ContentType.objects.filter(app_label=odd, id__in=[keys[0], keys[-1]]).count() == 2


def test_columns_are_written_as_they_are_beside_what_is_always_the_same() -> None:
    keys = reserve_ids(ContentType, 3)
    odd = ["tab\there\\new\nline 𬭊 '\"", "%s", "plain"]
    same = "it's 100% — 𬭊 \\"

    assert insert_columns(ContentType, {"id": keys, "model": odd}, always={"app_label": same}) == 3

    kept = ContentType.objects.filter(id__in=keys).order_by("id").values_list("app_label", "model")
    assert list(kept) == [(same, each) for each in odd]


def test_nothing_is_a_fine_number_of_rows() -> None:
    assert bulk_insert(ContentType, COLUMNS, []) == 0


def test_a_violated_constraint_leaves_nothing() -> None:
    before = ContentType.objects.count()
    keys = reserve_ids(ContentType, 3)

    with pytest.raises(IntegrityError):
        bulk_insert(ContentType, COLUMNS, [(keys[0], "a", "x"), (keys[1], "a", "y"), (keys[2], "a", "x")])

    assert ContentType.objects.count() == before


def test_reserved_keys_and_keys_given_one_by_one_never_meet() -> None:
    with transaction.atomic():
        first = list(reserve_ids(ContentType, 5))
        bulk_insert(ContentType, COLUMNS, [(key, "a", str(key)) for key in first])
        single = ContentType.objects.create(app_label="a", model="single").pk
        second = list(reserve_ids(ContentType, 5))

    assert len({*first, single, *second}) == 11


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no sequences that others draw from"
)
def test_keys_drawn_with_gaps_are_taken_one_by_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE django_content_type_id_seq INCREMENT BY 2")

    keys = list(reserve_ids(ContentType, 5))

    assert [later - earlier for earlier, later in itertools.pairwise(keys)] == [2, 2, 2, 2]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite keeps its cache in our process")
def test_a_large_write_gives_its_memory_back_also_when_it_fails() -> None:
    def settings_now() -> list[int]:
        with connection.cursor() as cursor:
            names = ("mmap_size", "cache_size", "wal_autocheckpoint")
            return [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    before = settings_now()

    with contextlib.suppress(ZeroDivisionError), large_writes():
        inside = settings_now()
        raise ZeroDivisionError

    assert inside == [0, -49_152, 16_384]
    assert settings_now() == before
