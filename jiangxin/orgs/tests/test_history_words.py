"""The history of an organisation in words: what became of it, from what to what, and what was taken back."""

import pytest

from jiangxin.orgs import actions
from jiangxin.orgs.models import OrgChange
from jiangxin.orgs.tests.factories import make_org
from jiangxin.orgs.views.showing import history_item

pytestmark = pytest.mark.django_db


def _told(org) -> list[str]:
    changes = OrgChange.objects.filter(org=org).order_by("pk")
    return [history_item(change).detail for change in changes]


def test_each_change_says_from_what_to_what(tree, system):
    union, county = tree["enterprise"], tree["county"]
    other = make_org("西城县总工会", parent=tree["city"])

    union = actions.rename_org(union, name="宏远集团工会", note="更名批复", by=system)
    union = actions.move_org(union, parent=other, by=system)
    split = actions.split_org(union, name="宏远配件工会", by=system)
    actions.merge_org(union, into=county, by=system)

    assert _told(union) == [
        "由“宏远重工工会”改为“宏远集团工会”　更名批复",
        "由“东城县总工会”划到“西城县总工会”",
        "分出“宏远配件工会”",
        "并入“东城县总工会”",
    ]
    assert _told(split) == ["由“宏远集团工会”分设"]


def test_what_was_taken_back_says_so(tree, system):
    actions.close_org(tree["branch"], by=system)
    change = OrgChange.objects.get(org=tree["branch"])
    actions.undo_change(change, by=system)

    item = history_item(OrgChange.objects.select_related("undone_by").get(pk=change.pk))

    assert (item.is_undone, item.title.endswith("（已撤回）"), item.detail) == (True, True, "")
