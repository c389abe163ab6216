"""Protected values are read for a reason which the worker sees; a damaged one is told, never shown."""

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import Person
from jiangxin.people.queries.readings import who_looked
from jiangxin.people.tests.conftest import make_officer, make_worker, refused

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def person(tree) -> Person:
    return actions.add_person(name="林小满", phone="13812341234", org=tree["enterprise"], by=SYSTEM)


def test_a_value_sealed_for_another_record_cannot_be_read_here(person, officer):
    other = actions.add_person(name="周敏", phone="13900001111", by=SYSTEM)
    (sealed,) = Person.objects.filter(pk=other.pk).values_list("phone", flat=True)
    Person.objects.filter(pk=person.pk).update(phone=sealed)

    code = refused(
        lambda: actions.reveal(Person.objects.get(pk=person.pk), field="phone", reason="通知领奖", by=officer)
    )

    assert (code, who_looked(person)) == ("unreadable", [])


def test_a_field_that_is_not_protected_is_not_revealed(person, officer):
    with pytest.raises(ValueError, match="unit_text"):
        actions.reveal(person, field="unit_text", reason="通知领奖", by=officer)


def test_the_own_copy_is_no_reading_and_anybody_elses_is(person, tree):
    own = actions.export_own_record(person, by=make_worker(person))
    before = len(who_looked(person))

    taken = actions.export_own_record(person, by=SYSTEM)

    assert (own["person"]["name"], taken["person"]["name"], before) == ("林小满", "林小满", 0)
    assert [each.reason for each in who_looked(person)] == ["导出完整档案"]


def test_a_list_leaves_only_with_the_own_workers_on_it(person, tree):
    elsewhere = make_officer("city_officer", tree["other_city"])

    code = refused(lambda: actions.export_people(people=[person], reason="上报名单", by=elsewhere))

    assert (code, who_looked(person)) == ("no_permission", [])
