"""Kept filters: what is kept, whose they are, what a list shows of them."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory

from jiangxin.kernel.access import Anonymous, Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.ui.actions import MOST_FILTERS, forget_filter, keep_filter
from jiangxin.kernel.ui.conditions import conditions, conditions_in_force
from jiangxin.kernel.ui.filters import Filters
from jiangxin.kernel.ui.forgetting import forget_filters
from jiangxin.kernel.ui.models import SavedFilter
from jiangxin.kernel.ui.tests.conftest import Draw

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test", is_authenticated=True)
LIST = "/gallery/"


def keep(name: str = "在岗", query: str = "state=active", path: str = LIST) -> SavedFilter:
    return keep_filter(path=path, name=name, query=query, by=SYSTEM)


def shown(rf: RequestFactory, query: str = "") -> Filters:
    return Filters(rf.get(f"{LIST}?{query}"), SYSTEM)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("b=2&a=1&page=3", "a=1&b=2"),
        ("q=&state=active&after=xyz", "state=active"),
        ("", ""),
        ("q=%E6%9E%97", "q=%E6%9E%97"),
    ],
)
def test_conditions_leave_out_what_is_empty_and_the_place_in_the_list(address: str, kept: str) -> None:
    assert conditions(address) == kept


@pytest.mark.parametrize(
    ("address", "search", "number"),
    [
        ("q=x&state=active&kind=a&all=1&page=2", "<input>", 2),
        ("q=x&state=active", "", 2),
        ("state=", "<input>", 0),
    ],
)
def test_the_fold_tells_how_many_conditions_are_inside(
    address: str, search: str, number: int, rf: RequestFactory
) -> None:
    values = {"filters": shown(rf, address), "slots": {"search": search}}

    assert conditions_in_force(values) == {"in_force": number}


@pytest.mark.parametrize("search", ["", '{% slot "search" %}<input name="q">{% endslot %}'])
def test_the_button_of_a_filter_says_what_it_does(search: str, draw: Draw) -> None:
    page = draw('{% component "filter_bar" action="/" %}' + search + "<input>{% endcomponent %}")

    assert re.findall(r"</svg>\s*([^<]+)", page) == ["筛选条件", "查找"]


def test_a_kept_filter_is_a_link_on_its_list(rf: RequestFactory) -> None:
    keep()
    keep("林", "q=林", "/modes/")
    here = shown(rf, "state=active&page=2")

    assert [(each.name, each.url, each.current) for each in here.saved] == [
        ("在岗", "/gallery/?state=active", True)
    ]
    assert (here.is_new, shown(rf, "state=moved").is_new, shown(rf).is_new) == (False, True, False)


def test_the_same_name_takes_the_new_conditions() -> None:
    keep()
    keep(query="state=moved")

    assert [each.query for each in SavedFilter.objects.all()] == ["state=moved"]


@pytest.mark.parametrize(
    ("path", "name", "query"),
    [
        (LIST, " ", "a=1"),
        (LIST, "名" * 31, "a=1"),
        (LIST, "空", "page=2"),
        (LIST, "长", "a=" + "1" * 500),
        ("/nowhere/", "无", "a=1"),
        ("https://example.org/", "外", "a=1"),
    ],
)
def test_what_cannot_be_kept_is_refused(path: str, name: str, query: str) -> None:
    with pytest.raises(Refused):
        keep(name, query, path)

    assert SavedFilter.objects.count() == 0


def test_a_list_keeps_a_dozen() -> None:
    for number in range(MOST_FILTERS):
        keep(f"第{number}组", f"a={number}")
    keep("第0组", "a=x")

    with pytest.raises(Refused):
        keep("多一组", "a=y")


def test_others_neither_see_nor_forget_it(rf: RequestFactory) -> None:
    kept = keep()
    other = Filters(rf.get(LIST), SystemActor("other", is_authenticated=True))

    assert (other.saved, Filters(rf.get(LIST), Anonymous()).saved) == ([], [])
    with pytest.raises(Refused):
        forget_filter(kept, by=Anonymous())


def test_a_filter_that_names_somebody_is_forgotten_with_them() -> None:
    named, searched = keep("找覃月华"), keep("查重", "q=%E8%A6%83%E6%9C%88%E5%8D%8E%E5%90%8C%E5%BF%97")
    keep("在岗")

    gone = forget_filters(["覃月华", "华"], by=SYSTEM)

    labels = Event.objects.filter(object_id__in=[named.uid, searched.uid]).values_list(
        "object_label", flat=True
    )
    assert (gone, SavedFilter.objects.get().name, set(labels)) == (2, "在岗", {""})
    assert forget_filters(["华"], by=SYSTEM) == 0
