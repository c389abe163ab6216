"""Set up, rename, move, edit and close organisations, and take that back."""

import datetime

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.orgs import actions
from jiangxin.orgs.models import Employer, Org, OrgChange, OrgName
from jiangxin.orgs.queries.tree import ancestors_of, reach_of, undoable_change
from jiangxin.orgs.tests.factories import make_employer, make_org
from jiangxin.orgs.words.choices import ChangeKind, OrgKind, OrgState

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 5, 1)


def under(org):
    """Names at and below an organisation, in the order of the tree."""
    fresh = Org.objects.get(pk=org.pk)
    return list(Org.objects.under(fresh.path).order_by("path").values_list("name", flat=True))


def events(name):
    return [event.payload for event in Event.objects.filter(name=name).order_by("pk")]


def test_a_new_organisation_stands_last_below_its_parent(tree, system):
    org = actions.add_org(tree["county"], name=" 新星 电子工会 ", kind=OrgKind.ENTERPRISE, by=system)

    assert (org.path, org.depth) == (tree["county"].path + "0002", 5)
    assert org.name == "新星 电子工会"
    assert [each.name for each in ancestors_of(org)][-1] == "东城县总工会"
    assert events("orgs.org_added") == [{"uid": org.uid, "org_name": org.name, "path": org.path}]
    assert OrgChange.objects.get(org=org).kind == ChangeKind.ADDED


def test_a_place_is_never_given_twice(tree, system):
    first = actions.add_org(tree["county"], name="甲工会", kind="enterprise", by=system)
    actions.move_org(first, parent=tree["other_city"], by=system)

    second = actions.add_org(tree["county"], name="乙工会", kind="enterprise", by=system)

    assert second.path == tree["county"].path + "0003"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "no_name"),
        ("　", "no_name"),
        ("长" * 121, "long_name"),
        ("坏\u200b名", "odd_name"),
        ("宏远重工工会", "namesake"),
    ],
)
def test_a_bad_name_is_refused_with_one_sentence(tree, system, name, code):
    with pytest.raises(Refused) as refusal:
        actions.add_org(tree["county"], name=name, kind="enterprise", by=system)

    assert refusal.value.code == code
    assert str(refusal.value).endswith("。")


def test_unknown_kind_and_taken_number_are_refused(tree, system):
    actions.add_org(tree["county"], name="甲工会", kind="enterprise", code="T-1", by=system)

    for changes, code in (({"kind": "club"}, "unknown_kind"), ({"code": "T-1"}, "taken_code")):
        with pytest.raises(Refused) as refusal:
            actions.add_org(tree["city"], **{"name": "乙工会", "kind": "enterprise", "by": system, **changes})
        assert refusal.value.code == code


def test_only_the_system_sets_up_a_root(tree, system, city_officer):
    root = actions.add_org(None, name="另一棵树", kind="national", by=system)

    assert (root.path, root.depth) == ("0002", 1)
    with pytest.raises(Refused) as refusal:
        actions.add_org(None, name="第三棵树", kind="national", by=city_officer)
    assert refusal.value.code == "root"


def test_an_officer_has_no_say_elsewhere(tree, city_officer):
    with pytest.raises(Refused) as refusal:
        actions.add_org(tree["other_city"], name="甲工会", kind="enterprise", by=city_officer)

    assert refusal.value.code == "no_permission"


def test_a_rename_keeps_the_old_name_and_can_be_taken_back(tree, system):
    org = actions.rename_org(tree["enterprise"], name="宏远集团工会", on=DAY, note="企业改制", by=system)

    former = OrgName.objects.get(org=org)
    assert (former.name, former.kind, former.valid_to) == ("宏远重工工会", "former", DAY)
    assert events("orgs.org_renamed")[0]["new_name"] == "宏远集团工会"

    back = actions.undo_change(undoable_change(org), by=system)

    assert back.name == "宏远重工工会"
    assert OrgName.objects.filter(org=org).count() == 0
    assert [each.kind for each in OrgChange.objects.filter(org=org).order_by("pk")] == ["renamed", "undone"]
    assert undoable_change(org) is None


def test_a_rename_to_the_same_name_or_a_siblings_name_is_refused(tree, system):
    make_org("新星工会", parent=tree["county"])

    for name, code in (("宏远重工工会", "same_name"), ("新星工会", "namesake")):
        with pytest.raises(Refused) as refusal:
            actions.rename_org(tree["enterprise"], name=name, by=system)
        assert refusal.value.code == code


def test_the_second_officer_with_an_old_page_is_refused(tree, system):
    seen = tree["enterprise"].stamp
    actions.rename_org(tree["enterprise"], name="宏远集团工会", by=system)

    with pytest.raises(Refused) as refusal:
        actions.move_org(
            Org.objects.get(pk=tree["enterprise"].pk), parent=tree["other_city"], seen=seen, by=system
        )

    assert refusal.value.code == "overtaken"


def test_a_move_carries_the_subtree_and_its_employers(tree, system):
    employer = make_employer(org=tree["enterprise"])
    old = tree["enterprise"].path

    org = actions.move_org(tree["enterprise"], parent=tree["other_city"], on=DAY, by=system)

    assert org.path == tree["other_city"].path + "0001"
    assert under(tree["other_city"]) == ["望海市总工会", "宏远重工工会", "焊接分会"]
    assert under(tree["county"]) == ["东城县总工会"]
    assert Org.objects.get(pk=tree["branch"].pk).depth == 5
    assert Employer.objects.get(pk=employer.pk).opath == org.path
    assert events("orgs.org_moved") == [{"uid": org.uid, "old_path": old, "new_path": org.path}]


def test_a_move_is_taken_back_to_the_old_parent(tree, system):
    org = actions.move_org(tree["enterprise"], parent=tree["other_city"], by=system)

    actions.undo_change(undoable_change(org), by=system)

    assert under(tree["county"]) == ["东城县总工会", "宏远重工工会", "焊接分会"]
    assert Org.objects.get(pk=org.pk).parent == tree["county"]


@pytest.mark.parametrize(
    ("who", "where", "code"),
    [
        ("national", "city", "root"),
        ("city", "county", "cycle"),
        ("city", "city", "cycle"),
        ("county", "city", "same_parent"),
    ],
)
def test_moves_that_would_break_the_tree_are_refused(tree, system, who, where, code):
    with pytest.raises(Refused) as refusal:
        actions.move_org(tree[who], parent=tree[where], by=system)

    assert refusal.value.code == code


def test_a_move_needs_a_say_on_both_sides(tree, city_officer):
    with pytest.raises(Refused) as refusal:
        actions.move_org(tree["county"], parent=tree["other_city"], by=city_officer)

    assert refusal.value.code == "no_permission"


def test_a_tree_too_deep_is_refused(tree, system):
    place = tree["branch"]
    for number in range(54):
        place = make_org(f"第{number}层", parent=place)

    assert place.depth == 60
    with pytest.raises(Refused) as refusal:
        actions.add_org(place, name="再下一层", kind="branch", by=system)
    assert refusal.value.code == "no_room"
    with pytest.raises(Refused) as refusal:
        actions.move_org(tree["enterprise"], parent=make_org("分层", parent=tree["county"]), by=system)
    assert refusal.value.code == "too_deep"


def test_closing_waits_for_the_children_and_can_be_taken_back(tree, system):
    with pytest.raises(Refused) as refusal:
        actions.close_org(tree["enterprise"], by=system)
    assert refusal.value.code == "has_children"

    closed = actions.close_org(tree["branch"], on=DAY, note="企业停产", by=system)

    assert (closed.state, closed.closed_on) == (OrgState.CLOSED, DAY)
    assert reach_of(tree["enterprise"]).children == 0
    back = actions.undo_change(undoable_change(closed), by=system)
    assert (back.state, back.closed_on) == (OrgState.ACTIVE, None)


def test_only_the_newest_change_is_taken_back_and_only_once(tree, system):
    actions.rename_org(tree["branch"], name="焊接一分会", by=system)
    older = OrgChange.objects.get(kind=ChangeKind.RENAMED)
    org = Org.objects.get(pk=tree["branch"].pk)
    actions.move_org(org, parent=tree["county"], by=system)

    with pytest.raises(Refused) as refusal:
        actions.undo_change(older, by=system)
    assert refusal.value.code == "not_newest"
    newest = undoable_change(org)
    actions.undo_change(newest, by=system)
    with pytest.raises(Refused):
        actions.undo_change(newest, by=system)
    actions.undo_change(older, by=system)
    assert Org.objects.get(pk=org.pk).name == "焊接分会"


def test_editing_writes_only_what_differs(tree, system):
    org = actions.edit_org(tree["branch"], kind="branch", short_name="焊接", by=system)
    actions.edit_org(org, kind="branch", short_name="焊接", by=system)

    assert events("orgs.org_edited") == [{"uid": org.uid, "fields": ["short_name"]}]


def test_closed_organisations_are_hidden_from_strangers_only(tree, system, city_officer):
    from jiangxin.kernel.access import Anonymous

    actions.close_org(tree["branch"], by=system)

    assert Org.objects.visible_to(Anonymous()).filter(pk=tree["branch"].pk).count() == 0
    assert Org.objects.visible_to(city_officer).filter(pk=tree["branch"].pk).count() == 1
    assert Org.objects.visible_to(system).count() == 7
