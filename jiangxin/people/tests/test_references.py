"""What a record names is there and stays there, however the database checks it."""

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import Region
from jiangxin.orgs.tests.factories import make_employer, make_region
from jiangxin.people.models import Employment, Person, Source

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = 999_999


def make_person(**more):
    return Person.objects.create(name="林小满", name_key="林小满", **more)


@pytest.mark.parametrize("field", ["region_id", "org_id", "source_id"])
def test_a_record_that_names_nothing_is_refused(field):
    with pytest.raises(IntegrityError):
        make_person(**{field: NOBODY})
    person = make_person()
    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=person.pk).update(**{field: NOBODY})

    assert list(Person.objects.values_list(field, flat=True)) == [None]


@pytest.mark.parametrize("field", ["employer_id", "source_id"])
def test_a_spell_that_names_nothing_is_refused(field):
    with pytest.raises(IntegrityError):
        Employment.objects.create(person=make_person(), unit_text="宏远", **{field: NOBODY})

    assert Employment.objects.count() == 0


def test_one_wrong_row_among_many_keeps_all_out():
    region = make_region("320102", "玄武区")
    people = [
        Person(name=f"张{number}", name_key=f"张{number}", region_id=NOBODY if number == 7 else region.pk)
        for number in range(20)
    ]

    with pytest.raises(IntegrityError):
        Person.objects.bulk_create(people)

    assert Person.objects.count() == 0


def test_what_is_named_cannot_be_removed():
    region, source = make_region("320102", "玄武区"), Source.objects.create(kind="list", title="名单")
    person = make_person(region=region, source=source)
    employer = make_employer("宏远")
    Employment.objects.create(person=person, unit_text="宏远", employer=employer)

    for thing in (region, source, employer):
        with pytest.raises(IntegrityError), connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"DELETE FROM {thing._meta.db_table} WHERE id = %s", [thing.pk])  # noqa: S608 - our own name

    assert Person.objects.filter(region=region, source=source, employments__employer=employer).count() == 1


def test_a_key_that_is_named_does_not_change():
    region = make_region("320102", "玄武区")
    make_person(region=region)

    with pytest.raises(IntegrityError):
        Region.objects.filter(pk=region.pk).update(id=NOBODY)


@pytest.mark.parametrize("field", ["uid", "id_number_index"])
def test_no_two_records_share_a_key(field):
    key = new_uid()
    make_person(**{field: key})

    with pytest.raises(IntegrityError, match=field):
        make_person(**{field: key})


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_what_is_being_named_is_held_against_removal_by_others():
    region = make_region("320102", "玄武区")
    other = connection.copy()
    try:
        with transaction.atomic():
            make_person(region=region)
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
                with pytest.raises(Exception, match="lock timeout"):
                    cursor.execute("DELETE FROM orgs_region WHERE id = %s", [region.pk])
    finally:
        other.close()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_tables_that_are_named_cannot_be_emptied_alone():
    source = Source.objects.create(kind="list", title="名单")
    person = make_person(region=make_region("320102", "玄武区"), source=source)
    Employment.objects.create(person=person, unit_text="宏远", employer=make_employer("宏远"), source=source)

    with unlocked(), connection.cursor() as cursor:
        for table in ("orgs_region", "orgs_employer", "people_source"):
            with (
                pytest.raises(IntegrityError, match=f"rows of {table} are still named by people_"),
                transaction.atomic(),
            ):
                cursor.execute(f"TRUNCATE {table} CASCADE")
        left = Person.objects.filter(region__code="320102", source=source).count(), Source.objects.count()
        cursor.execute("TRUNCATE people_source, people_person, people_employment CASCADE")

    assert (left, Source.objects.count(), Person.objects.count()) == ((1, 1), 0, 0)
