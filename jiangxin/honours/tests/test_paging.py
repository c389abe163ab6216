"""Pages of a list whose length is known only about."""

import pytest
from django.core.paginator import Page

from jiangxin.honours.models import Honour
from jiangxin.honours.tests.factories import make_honour
from jiangxin.honours.views.paging import page_of

pytestmark = pytest.mark.django_db
SEVEN = "1234567"


def shown(page: Page[Honour]) -> str:
    return "".join(each.code for each in page.object_list)


def asked(number: str | None, known: int) -> Page[Honour]:
    return page_of(Honour.objects.order_by("code"), number, size=3, known=known)


@pytest.fixture(autouse=True)
def _seven() -> None:
    for code in SEVEN:
        make_honour(code, f"临江市荣誉{code}")


@pytest.mark.parametrize("known", [0, 1, 3, 6, 7, 8, 9, 500])
def test_every_row_is_reached_by_going_on_whatever_was_known(known: int) -> None:
    page = asked(None, known)
    found = [shown(page)]
    while page.has_next():
        page = asked(str(page.next_page_number()), known)
        found.append(shown(page))

    assert found == ["123", "456", "7"]
    assert (page.paginator.count, page.paginator.num_pages, page.number) == (7, 3, 3)


@pytest.mark.parametrize("known", [0, 7, 500])
@pytest.mark.parametrize("number", ["9999999999999999999999", "5", "1000"])
def test_behind_the_end_it_is_a_page_there_is(number: str, known: int) -> None:
    page = asked(number, known)

    assert (shown(page), page.number) == {0: ("123", 1), 7: ("7", 3), 500: ("7", 3)}[known]


@pytest.mark.parametrize("number", [None, "", "0", "-3", "x", "1.5", "9" * 5000])
def test_what_is_no_number_is_the_first_page(number: str | None) -> None:
    assert shown(asked(number, 7)) == "123"


def test_a_list_that_is_empty_has_one_page() -> None:
    Honour.objects.all().delete()

    pages = [asked(number, known) for number in ("1", "4") for known in (0, 9)]

    assert [(shown(page), page.number, page.paginator.num_pages) for page in pages] == [("", 1, 1)] * 4


def test_what_is_known_is_told_until_the_rows_say_otherwise() -> None:
    assert [asked("1", known).paginator.num_pages for known in (0, 7, 30)] == [2, 3, 10]
    assert [asked("2", known).paginator.count for known in (0, 7, 30)] == [7, 7, 30]
