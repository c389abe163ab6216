"""Where an officer goes on after a file was imported: what now waits, each only for who may do it."""

import pytest
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import make_officer
from jiangxin.honours.models import UnknownTitle
from jiangxin.honours.tests.factories import SYSTEM
from jiangxin.honours.views.onward import after_lists
from jiangxin.kernel.sheets.offers import onward_after
from jiangxin.orgs.models import Org
from jiangxin.people.actions import propose_link
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LISTS = ("查看公布的名单", "/work/honours/lists/")
LINKS = ("认定 1 条同一人线索", "/work/links/")
PEOPLE = ("查看职工档案", "/work/people/")


def things_wait(org: Org) -> None:
    """One unknown title and one pair of records."""
    UnknownTitle.objects.create(title="行业之星", title_key="行业之星", opath=org.path)
    first, second = (PersonFactory(name="林小满", org=org) for _each in range(2))
    propose_link(first, second=second, score=80, evidence=[], by=SYSTEM)


def test_after_a_published_list_titles_and_links_wait(officer: User, tree: dict[str, Org]) -> None:
    before = after_lists(officer)
    things_wait(tree["city"])

    assert before == [LISTS]
    assert after_lists(officer) == [
        ("识别 1 个不认识的荣誉名称", reverse("honours:work_titles")),
        LINKS,
        LISTS,
    ]


def test_each_sheet_leads_on_and_an_unknown_one_nowhere(officer: User, tree: dict[str, Org]) -> None:
    things_wait(tree["city"])

    assert onward_after("honours", officer) == after_lists(officer)
    assert onward_after("people", officer) == [LINKS, PEOPLE]
    assert onward_after("orgs", officer) == [("查看组织列表", "/work/orgs/")]
    assert onward_after("nothing", officer) == []


def test_who_decides_nothing_is_led_to_the_lists_only(tree: dict[str, Org]) -> None:
    chair = make_officer("grassroots_officer", tree["city"], "zhoumin")
    things_wait(tree["city"])

    assert (after_lists(chair), onward_after("people", chair)) == ([LISTS], [PEOPLE])
