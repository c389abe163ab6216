"""Lists of officers that may be long: a page is found by its keys alone, and these by an index alone."""

from __future__ import annotations

import pytest
from django.core.paginator import EmptyPage
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from jiangxin.accounts.models import User
from jiangxin.honours.actions import open_rechecks
from jiangxin.honours.models import Conferral, Honour
from jiangxin.honours.queries.conferrals import ConferralFilter, conferrals_for, highest_honour, honours_of
from jiangxin.honours.queries.work import rechecks_for
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.kernel.http.paging import KeysFirst
from jiangxin.kernel.sheets.offers import importable_for, offered_sheets
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(tree: dict[str, Org]) -> list[Conferral]:
    """Seven honours below the city, and one elsewhere."""
    honour = make_honour()
    elsewhere = PersonFactory(org=tree["other_city"], opath=tree["other_city"].path)
    make_conferral(elsewhere, honour)
    return [_given(honour, tree["enterprise"], 2010 + number) for number in range(7)]


def _given(honour: Honour, org: Org, year: int) -> Conferral:
    person = PersonFactory(org=org, opath=org.path)
    return make_conferral(person, honour, year)


def _plan(rows: QuerySet[Conferral]) -> str:
    sql, parameters = rows.select_related(None).values_list("pk", flat=True)[:30].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return " ".join(line[-1] for line in cursor.fetchall())


def test_pages_hold_the_same_rows_in_the_same_order(held: list[Conferral], officer: User) -> None:
    found = conferrals_for(officer, ConferralFilter())
    pages = KeysFirst(found, 3)

    got = [list(pages.page(number)) for number in pages.page_range]

    assert [len(page) for page in got] == [3, 3, 1]
    assert [each for page in got for each in page] == list(found) == list(reversed(held))
    with pytest.raises(EmptyPage):
        pages.page(4)


def test_keys_are_asked_for_without_what_a_row_shows(held: list[Conferral], officer: User) -> None:
    pages = KeysFirst(conferrals_for(officer, ConferralFilter()), 3)
    assert pages.count == len(held)

    with CaptureQueriesContext(connection) as asked:
        shown = [(each.holder_name, each.honour.title) for each in pages.page(2)]

    assert (len(shown), len(asked)) == (3, 2)
    assert "JOIN" not in asked[0]["sql"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="how SQLite tells its plan")
def test_the_keys_of_a_place_stand_in_an_index(held: list[Conferral], officer: User) -> None:
    open_rechecks(year=2026, by=SYSTEM)

    assert rechecks_for(officer).count() == len(held)
    assert "COVERING INDEX recheck_queue" in _plan(rechecks_for(officer))
    assert "COVERING INDEX conferral_opath" in _plan(conferrals_for(officer, ConferralFilter()))


def test_of_one_honour_the_latest_year_is_first_and_one_that_was_not_printed_last() -> None:
    person, honour = PersonFactory(), make_honour()
    unprinted = make_conferral(person, honour, None)
    years = [make_conferral(person, honour, year) for year in (2004, 2019)]

    assert honours_of(person) == [years[1], years[0], unprinted]
    assert highest_honour(person) == years[1]


def test_the_command_line_takes_conferrals_highest_first_below_a_place(
    held: list[Conferral], tree: dict[str, Org], officer: User
) -> None:
    sheet = offered_sheets()["conferrals"].sheet
    assert sheet.export is not None

    below = [row["uid"] for row in sheet.export(SYSTEM, path=tree["enterprise"].path)]

    assert below == [each.uid for each in reversed(held)]
    assert len(list(sheet.export(SYSTEM))) == len(held) + 1
    assert "conferrals" not in importable_for(officer)
