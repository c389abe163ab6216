"""Nominees and closed re-checks go when their time is over; everything else stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jiangxin.honours.actions import doubt_recheck, open_rechecks, pass_recheck
from jiangxin.honours.models import Conferral, HonourList, Nominee, Recheck
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def ended(code: str, days: int) -> int:
    return end_due(retentions()[code], now=timezone.now() + timedelta(days=days))


def test_nominees_are_kept_a_year() -> None:
    published = HonourList.objects.create(title="公示名单", title_key="公示名单")
    Nominee.objects.create(honour_list=published, honour=make_honour(), name="林小满", row_key="1")

    assert [ended("honours.nominees", days) for days in (364, 366, 367)] == [0, 1, 0]
    assert (Nominee.objects.count(), HonourList.objects.count()) == (0, 1)


def test_rechecks_are_kept_three_years_after_they_were_closed() -> None:
    honour = make_honour()
    for _number in range(3):
        make_conferral(PersonFactory(), honour, 2020)
    open_rechecks(year=2025, by=SYSTEM)
    passed, doubted, _open = Recheck.objects.order_by("pk")
    pass_recheck(passed, by=SYSTEM)
    doubt_recheck(doubted, note="社会保险费有欠缴，正在核实。", by=SYSTEM)

    assert [ended("honours.rechecks", days) for days in (3 * 365 - 1, 3 * 365 + 1)] == [0, 1]
    assert (Recheck.objects.filter(pk=passed.pk).exists(), Recheck.objects.count()) == (False, 2)
    assert Conferral.objects.count() == 3
