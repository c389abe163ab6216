"""Disputes are forgotten three years after they were closed, and not a day before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.kernel.states.models import Step
from jiangxin.people import actions
from jiangxin.people.models import Dispute, PassportEntry
from jiangxin.people.tests.factories import PassportEntryFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def _dispute() -> Dispute:
    entry = PassportEntryFactory()
    return actions.open_dispute(entry.person, kind="wrong", text="年份不对", entry=entry, by=SYSTEM)


def _nights_later(days: int) -> int:
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        return end_due(retentions()["people.disputes"])


@pytest.mark.parametrize(("days", "left"), [(3 * 365 - 1, 1), (3 * 365 + 1, 0)])
def test_a_closed_dispute_goes_three_years_after_it_was_closed(days: int, left: int) -> None:
    dispute = _dispute()
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        actions.refuse_dispute(dispute, answer="与决定一致", by=SYSTEM)
        actions.close_dispute(dispute, by=SYSTEM)

    assert _nights_later(200 + days) == 1 - left

    assert (Dispute.objects.count(), Step.objects.count()) == (left, left * 2)
    assert PassportEntry.objects.count() == 1


def test_a_dispute_taken_back_goes_too_and_an_open_one_never() -> None:
    actions.withdraw_dispute(_dispute(), by=SYSTEM)
    waiting = _dispute()

    assert _nights_later(3 * 365 + 1) == 1

    assert list(Dispute.objects.all()) == [waiting]


def test_the_log_says_how_many_were_forgotten_and_nothing_of_what() -> None:
    actions.withdraw_dispute(_dispute(), by=SYSTEM)

    _nights_later(3 * 365 + 1)

    told = Event.objects.get(name="jobs.term_kept")
    assert {key: told.payload[key] for key in ("retention", "ended")} == {
        "retention": "people.disputes",
        "ended": 1,
    }
    assert (told.object_type, told.object_label) == ("", "")
