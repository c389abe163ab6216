"""The worker keeps the search index up to date, and a fault of one kind stops nothing else."""

from __future__ import annotations

import pytest

from jiangxin.kernel.jobs import drain
from jiangxin.kernel.search import Query, engine, mark, pending
from jiangxin.people.tests.factories import PersonFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_the_worker_indexes_what_was_marked() -> None:
    person = PersonFactory.create(name="林小满")
    mark("person", [person.pk])

    drain()

    assert pending("person") == 0
    assert engine().search(Query(kind="person", text="小满")).ids == [person.pk]


def test_a_kind_nobody_describes_does_not_hold_up_the_others() -> None:
    person = PersonFactory.create(name="林小满")
    mark("no-such-kind", [1])
    mark("person", [person.pk])

    drain()

    assert pending("person") == 0
