"""How many hold an honour: a few are counted when asked, of many the kept count is told, and the list never waits for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangxin.honours import jobs
from jiangxin.honours.actions import (
    correct_conferral,
    keep_holder_counts,
    lift_suspension,
    revoke_conferral,
    suspend_conferral,
)
from jiangxin.honours.models import Conferral, HolderCount, Honour
from jiangxin.honours.queries.catalogue import catalogue
from jiangxin.honours.queries.holders import FEW, FEW_IN_ALL, YearCount, holders_of, years_of
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.kernel.access import Anonymous, Refused
from jiangxin.people.actions import give_consent, lift_limit, limit_person, withdraw_consent
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"
MANY = FEW_IN_ALL + 1


def held(honour: Honour, *years: int | None, is_public: bool = True) -> list[Conferral]:
    return [make_conferral(PersonFactory(is_public=is_public), honour, year) for year in years]  # type: ignore[arg-type]  # not printed


def kept(honour: Honour) -> list[list[int | None]]:
    return HolderCount.objects.get(honour=honour).by_year


def keep(honour: Honour, *years: YearCount) -> None:
    keep_holder_counts(counts={honour.pk: list(years)}, log_mark="earlier", by=SYSTEM)


class TestCounting:
    """What the job finds and keeps."""

    def test_shown_holders_are_kept_by_year_those_without_one_last(self) -> None:
        honour, other = make_honour(kind="both"), make_honour("other", "临江市无人获得的荣誉")
        held(honour, 2024, None, 2023, 2024)
        held(honour, 2022, is_public=False)
        make_conferral(make_collective(), honour, 2023)

        assert (jobs.count_holders.call(), jobs.count_holders.call()) == (True, False)
        assert kept(honour) == [[2024, 2], [2023, 2], [None, 1]]
        assert (HolderCount.objects.get(honour=honour).shown, kept(other)) == (5, [])

    @pytest.mark.parametrize(
        ("change", "years"),
        [
            (lambda first: revoke_conferral(first, grounds="false_deeds", reason=REASON, by=SYSTEM), [2023]),
            (lambda first: suspend_conferral(first, reason=REASON, by=SYSTEM), [2023]),
            (lambda first: correct_conferral(first, year=2022, reason=REASON, by=SYSTEM), [2023, 2022]),
            (lambda first: limit_person(first.person, reason=REASON, by=SYSTEM), [2023]),
            (lambda first: make_conferral(first.person, first.honour, 2020), [2024, 2023, 2020]),
        ],
        ids=["revoked", "suspended", "corrected", "limited", "conferred"],
    )
    def test_every_change_is_counted(self, change: Callable[[Conferral], Any], years: list[int]) -> None:
        first, _second = held(make_honour(), 2024, 2023)
        jobs.count_holders.call()

        change(first)

        assert (jobs.count_holders.call(), kept(first.honour)) == (True, [[year, 1] for year in years])

    @pytest.mark.parametrize(
        ("there", "back"),
        [
            (
                lambda held: suspend_conferral(held, reason=REASON, by=SYSTEM),
                lambda held: lift_suspension(held, reason=REASON, by=SYSTEM),
            ),
            (
                lambda held: limit_person(held.person, reason=REASON, by=SYSTEM),
                lambda held: lift_limit(held.person, by=SYSTEM),
            ),
            (
                lambda held: withdraw_consent(held.person, purpose="profile", by=SYSTEM),
                lambda held: give_consent(held.person, purpose="profile", by=SYSTEM),
            ),
        ],
        ids=["suspended", "limited", "consent"],
    )
    def test_what_comes_back_is_counted_again(
        self, there: Callable[[Conferral], Any], back: Callable[[Conferral], Any]
    ) -> None:
        (conferral,) = held(make_honour(), 2024)
        give_consent(conferral.person, purpose="profile", by=SYSTEM)
        counts = []
        for step in (lambda _held: None, there, back):
            step(Conferral.objects.select_related("person", "honour").get(pk=conferral.pk))
            counts.append((jobs.count_holders.call(), kept(conferral.honour)))

        assert counts == [(True, [[2024, 1]]), (True, []), (True, [[2024, 1]])]

    def test_a_new_honour_is_counted_although_nothing_was_announced(self) -> None:
        make_honour()
        jobs.count_holders.call()
        new = make_honour("new", "临江市新设荣誉")

        assert (jobs.count_holders.call(), kept(new)) == (True, [])

    def test_a_stranger_keeps_no_counts(self) -> None:
        with pytest.raises(Refused):
            keep_holder_counts(counts={make_honour().pk: []}, log_mark="", by=Anonymous())

        assert HolderCount.objects.count() == 0


class TestTelling:
    """Which number a page tells."""

    def test_a_few_are_counted_when_asked(self) -> None:
        honour = make_honour()
        keep(honour, YearCount(2020, FEW))
        held(honour, 2024)

        assert (years_of(honour), catalogue()[0].lines[0].shown) == ([YearCount(2024, 1)], 1)

    def test_of_many_the_kept_count_is_told_and_the_never_counted_are_counted(self) -> None:
        honour, new = make_honour(), make_honour("new", "临江市新设荣誉", rank=60)
        keep(honour, YearCount(2024, MANY), YearCount(None, 2))
        held(honour, 2024)
        held(new, 2024, 2024)

        assert years_of(honour) == [YearCount(2024, MANY), YearCount(None, 2)]
        assert years_of(new) == [YearCount(2024, 2)]
        assert [line.shown for line in catalogue()[0].lines] == [MANY + 2, 2]

    @pytest.mark.parametrize(
        "asked", [{}, {"year": "2024"}, {"page": "2"}, {"page": "9999999999999999999999"}]
    )
    def test_the_pages_count_no_conferrals_when_many_are_kept(
        self, client: Client, asked: dict[str, str]
    ) -> None:
        honour = make_honour()
        held(honour, 2024, 2023)
        keep(honour, YearCount(2024, MANY))
        with CaptureQueriesContext(connection) as said:
            answers = [
                client.get(reverse("honours:catalogue")),
                client.get(reverse("honours:honour", args=[honour.code]), asked),
            ]
        counting = [each["sql"] for each in said if "COUNT(" in each["sql"].upper()]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert len(counting) == (
            1 if "page" in asked else 0
        )  # behind the end of a list that has shrunk by thousands

    def test_the_json_catalogue_counts_nothing(self, client: Client) -> None:
        held(make_honour(), 2024)
        with CaptureQueriesContext(connection) as said:
            client.get("/api/v1/honours")

        assert [each["sql"] for each in said if "honours_conferral" in each["sql"]] == []

    def test_whoever_is_hidden_is_gone_at_once(self, client: Client) -> None:
        honour = make_honour()
        first, second = held(honour, 2024, 2023)
        keep(honour, YearCount(2024, MANY), YearCount(2023, 1))
        limit_person(Person.objects.get(pk=first.person_id), reason=REASON, by=SYSTEM)

        page = client.get(reverse("honours:honour", args=[honour.code])).context["page"]

        assert [each.pk for each in page] == [second.pk]


class TestOrder:
    """The list of holders comes from an index, in its order."""

    def test_years_that_were_not_printed_stand_last(self) -> None:
        honour = make_honour()
        held(honour, None, 2023, 2024)

        assert [each.year for each in holders_of(honour)] == [2024, 2023, None]

    def test_a_page_is_read_in_order_without_sorting(self) -> None:
        honour = make_honour()
        held(honour, 2024, 2023)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
        plan = holders_of(honour)[:50].explain()

        assert ("conferral_latest_holders" in plan, "Sort" in plan, "TEMP B-TREE" in plan) == (
            True,
            False,
            False,
        )
