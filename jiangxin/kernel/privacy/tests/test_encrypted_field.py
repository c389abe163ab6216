"""The encrypted column of a model: clear on the instance, sealed in the table, bound to its row."""

import pickle

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from jiangxin.kernel.privacy import EncryptedTextField, Sealed, Unreadable, unclassified_fields
from jiangxin.kernel.privacy.tests.lockers import Locker, make_table

pytestmark = pytest.mark.django_db
NUMBER = "110101199003074514"


@pytest.fixture(autouse=True)
def table() -> None:
    make_table()
    Locker.objects.create(id=1, uid="A", number=NUMBER)


def stored(pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM privacy_locker WHERE id = %s", [pk])
        return str(cursor.fetchone()[0])


def test_the_table_holds_only_the_sealed_form() -> None:
    assert stored(1).startswith("1.k1.")
    assert NUMBER not in stored(1)
    assert Locker.objects.get().number == NUMBER


def test_values_give_the_sealed_form_that_does_not_print_itself() -> None:
    value = Locker.objects.values_list("number", flat=True).get()

    assert value == stored(1)
    assert repr(value) == "<sealed>"


def test_none_and_empty_stay_what_they_are() -> None:
    Locker.objects.create(id=2, uid="B", number=None)

    locker = Locker.objects.get(uid="B")

    assert (locker.number, locker.phone) == (None, "")
    assert [each.uid for each in Locker.objects.filter(number__isnull=True)] == ["B"]


def test_swapped_rows_refuse_to_open() -> None:
    Locker.objects.create(id=2, uid="B", number="110101199003070011")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_locker SET number = %s WHERE id = 2", [stored(1)])

    with pytest.raises(Unreadable):
        _ = Locker.objects.get(uid="B").number


def test_saving_an_untouched_value_does_not_seal_it_again() -> None:
    before = stored(1)

    locker = Locker.objects.get()
    locker.phone = "13812341234"
    locker.save()

    assert stored(1) == before
    assert Locker.objects.get().phone == "13812341234"


def test_a_changed_value_is_sealed_anew_and_read_back() -> None:
    locker = Locker.objects.get()
    locker.number = "110101199003070011"
    locker.save(update_fields=["number"])

    assert locker.number == "110101199003070011"
    assert Locker.objects.get().number == "110101199003070011"


def test_bulk_create_seals_each_row_for_itself() -> None:
    Locker.objects.bulk_create([Locker(id=n, uid=f"R{n}", number=f"number {n}") for n in range(2, 5)])

    assert [each.number for each in Locker.objects.filter(id__gte=2).order_by("id")] == [
        "number 2",
        "number 3",
        "number 4",
    ]


def test_a_deferred_value_opens_when_asked() -> None:
    assert Locker.objects.defer("number").get().number == NUMBER


def test_a_pickled_instance_holds_no_clear_value() -> None:
    locker = Locker.objects.get()
    _ = locker.number

    assert NUMBER.encode() not in pickle.dumps(locker)


def test_searching_an_encrypted_column_is_refused() -> None:
    with pytest.raises(FieldError, match="blind index"):
        Locker.objects.filter(number=NUMBER)


def test_writing_a_clear_value_past_the_instance_is_refused() -> None:
    locker = Locker.objects.get()

    with pytest.raises(FieldError, match="encrypted"):
        Locker.objects.update(number="clear")
    with pytest.raises(FieldError, match="encrypted"):
        Locker.objects.bulk_update([locker], ["number"])


def test_a_dump_holds_the_sealed_form() -> None:
    locker = Locker.objects.get()
    field = Locker._meta.get_field("number")

    assert field.value_to_string(locker) == stored(1)
    assert field.deconstruct()[3] == {"null": True}
    assert isinstance(locker.__dict__["number"], Sealed)


def test_a_field_without_class_and_a_class_without_field_are_named() -> None:
    complete = {**Locker.PRIVACY, "colour": Locker.PRIVACY["id"]}

    class Other:
        PRIVACY = complete
        _meta = Locker._meta

    assert unclassified_fields(Locker) == ["phone"]
    assert unclassified_fields(Other) == ["phone", "-colour"]


def test_a_migration_remembers_which_field_names_the_row() -> None:
    assert EncryptedTextField(row="code").deconstruct()[3] == {"row": "code"}
