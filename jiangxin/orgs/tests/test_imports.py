"""Lists of organisations: any order, duplicates, circles, unknown codes, twice the same, rights."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.orgs import actions
from jiangxin.orgs.models import Org, OrgName
from jiangxin.orgs.queries.planning import OrgRow
from jiangxin.orgs.tests.factories import make_org, make_region

pytestmark = pytest.mark.django_db


def row(number, code="", parent="", name="", **more):
    return OrgRow(
        number,
        name or f"{code or number}工会",
        more.pop("kind", "enterprise"),
        code=code,
        parent_code=parent,
        **more,
    )


def said(done):
    return [(remark.row, remark.code) for remark in done.remarks]


def faults_of_the_tree():
    orgs = Org.objects.select_related("parent")
    return [org.name for org in orgs if org.path[:-4] != (org.parent.path if org.parent else "")]


def test_children_may_come_before_their_parents(tree, system):
    rows = [row(2, "C", "B"), row(3, "B", "A"), row(4, "D", "B"), row(5, "A")]

    done = actions.import_orgs(tree["county"], rows=rows, by=system)

    assert (done.added, done.refused, done.remarks) == ([2, 3, 4, 5], [], [])
    assert Org.objects.get(code="C").path == tree["county"].path + "0002" + "0001" + "0001"
    assert Org.objects.get(code="D").path == tree["county"].path + "0002" + "0001" + "0002"
    assert faults_of_the_tree() == []
    payload = Event.objects.get(name="orgs.orgs_imported").payload
    assert payload == {"path": tree["county"].path, "added": 4, "changed": 0}


def test_the_same_list_twice_changes_nothing(tree, system):
    rows = [row(2, "A"), row(3, "B", "A"), row(4, name="没有编号的工会")]
    actions.import_orgs(tree["county"], rows=rows, by=system)
    before = list(Org.objects.order_by("pk").values())

    again = actions.import_orgs(tree["county"], rows=rows, by=system)

    assert (again.added, again.changed, again.same) == ([], [], [2, 3, 4])
    assert list(Org.objects.order_by("pk").values()) == before
    assert Event.objects.filter(name="orgs.orgs_imported").count() == 1


def test_an_addition_after_an_import_gets_a_place_of_its_own(tree, system):
    actions.import_orgs(tree["county"], rows=[row(2, "A"), row(3, "B", "A")], by=system)

    added = actions.add_org(Org.objects.get(code="A"), name="后来的分会", kind="branch", by=system)

    assert added.path == Org.objects.get(code="A").path + "0002"


def test_a_changed_name_is_a_rename_that_keeps_the_old_one(tree, system):
    actions.import_orgs(tree["county"], rows=[row(2, "A", name="旧名工会")], by=system)

    done = actions.import_orgs(tree["county"], rows=[row(2, "A", name="新名工会")], by=system)

    assert done.changed == [2]
    assert OrgName.objects.get(org__code="A").name == "旧名工会"
    assert Event.objects.filter(name="orgs.org_renamed").count() == 1


def test_an_import_fills_in_a_number_but_never_moves(tree, system):
    actions.add_org(tree["county"], name="先有工会", kind="enterprise", by=system)
    actions.import_orgs(
        tree["county"], rows=[row(2, "A", name="先有工会"), row(3, "B"), row(4, "C", "A")], by=system
    )

    done = actions.import_orgs(tree["county"], rows=[row(2, "C", "B")], by=system)

    assert Org.objects.get(code="A").name == "先有工会"
    assert Org.objects.get(code="C").parent.code == "A"
    assert (done.same, said(done)) == ([2], [(2, "parent_differs")])


def test_duplicates_unknown_parents_and_regions_are_one_sentence_each(tree, system):
    make_region("230200", "临江市")
    rows = [
        row(2, "A", region_code="230200"),
        row(3, "A", name="重号工会"),
        row(4, "B", "NOWHERE"),
        row(5, "C", region_code="999999"),
        row(6, "D", "C"),
        row(7, "E", name="A工会"),
    ]

    done = actions.import_orgs(tree["county"], rows=rows, by=system)

    assert done.added == [2]
    assert {remark.row: remark.message for remark in done.remarks} == {
        3: "编号 A 与第 2 行重复，只取前面一行。",
        4: "找不到上级编号 NOWHERE：文件里没有，在册组织里也没有。",
        5: "没有区划代码 999999（区划表 2026-09）。",
        6: "上级（第 5 行）没有导入，这一行也没有导入。",
        7: "同一上级之下已有“A工会”。",
    }


def test_circles_are_told_and_keep_out_what_hangs_below(tree, system):
    rows = [
        row(2, "A", "B"),
        row(3, "B", "C"),
        row(4, "C", "A"),
        row(5, "D", "A"),
        row(6, "E", "E"),
        row(7, "F"),
    ]

    done = actions.import_orgs(tree["county"], rows=rows, by=system)

    assert done.added == [7]
    assert said(done) == [(2, "circle"), (3, "circle"), (4, "circle"), (5, "parent_refused"), (6, "circle")]
    assert done.remarks[0].message == "上级关系形成循环：A工会 → B工会 → C工会 → A工会。"


def test_an_old_region_code_is_kept_with_a_remark(tree, system):
    old = make_region("230121", "呼兰县", valid_to="2004-03-01")

    done = actions.import_orgs(tree["county"], rows=[row(2, "A", region_code="230121")], by=system)

    assert (done.added, said(done)) == ([2], [(2, "old_region")])
    assert Org.objects.get(code="A").region == old


def test_an_officer_imports_only_where_the_officer_has_a_say(tree, city_officer):
    Org.objects.filter(pk=tree["other_city"].pk).update(code="WH")

    done = actions.import_orgs(tree["city"], rows=[row(2, "A", "WH"), row(3, "B")], by=city_officer)

    assert (done.added, said(done)) == ([3], [(2, "no_permission")])
    with pytest.raises(Refused):
        actions.import_orgs(tree["other_city"], rows=[row(2, "C")], by=city_officer)


def test_a_closed_parent_takes_nothing_in(tree, system):
    Org.objects.filter(pk=tree["branch"].pk).update(code="HJ")
    actions.close_org(Org.objects.get(pk=tree["branch"].pk), by=system)

    done = actions.import_orgs(tree["county"], rows=[row(2, "A", "HJ"), row(3, "B", "A")], by=system)

    assert said(done) == [(2, "inactive"), (3, "parent_refused")]


def test_rows_without_a_parent_need_an_organisation_to_stand_below(tree, system):
    done = actions.import_orgs(None, rows=[row(2, "A")], by=system)

    assert said(done) == [(2, "no_parent")]


def test_a_chain_deeper_than_the_tree_is_cut_with_a_sentence(tree, system):
    rows = [row(2, "L2"), *(row(number, f"L{number}", f"L{number - 1}") for number in range(3, 70))]

    done = actions.import_orgs(tree["county"], rows=rows, by=system)

    assert len(done.added) == 56
    assert said(done)[0] == (58, "too_deep")
    assert {code for _row, code in said(done)[1:]} == {"parent_refused"}


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_any_list_leaves_a_sound_tree_and_accounts_for_every_row(tree, system, parents, dice):
    mark = dice.randrange(10**9)
    rows = [
        row(number, f"{mark}-{number}", f"{mark}-{parent}" if parent else "", name=f"{mark}-{number}")
        for number, parent in enumerate(parents, start=1)
    ]
    dice.shuffle(rows)

    done = actions.import_orgs(tree["county"], rows=rows, by=system)

    assert sorted([*done.added, *done.same, *done.refused]) == list(range(1, len(rows) + 1))
    assert faults_of_the_tree() == []
    assert (
        list(Org.objects.filter(code__startswith=f"{mark}-").values_list("code", flat=True).order_by("pk"))
        != []
        or not done.added
    )


@pytest.mark.slow
def test_a_hundred_thousand_rows_go_in_within_a_minute(tree, system):
    dice = random.Random(1)  # noqa: S311 - only the order of rows
    rows = [
        row(number, f"T{number}", f"T{number // 10}" if number >= 10 else "") for number in range(1, 100_001)
    ]
    dice.shuffle(rows)
    make_org("另一个工会", parent=tree["county"])

    started = time.process_time()
    done = actions.import_orgs(tree["county"], rows=rows, by=system)
    took = time.process_time() - started

    assert (len(done.added), len(done.refused)) == (100_000, 0)
    assert Org.objects.under(tree["county"].path).count() == 100_004
    assert took < 60
