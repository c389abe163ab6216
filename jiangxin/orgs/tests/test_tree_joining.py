"""Organisations merged and split, and taken back without loss."""

import datetime

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.states.models import Step
from jiangxin.orgs import actions
from jiangxin.orgs.models import Employer, Org
from jiangxin.orgs.queries.tree import undoable_change
from jiangxin.orgs.tests.factories import make_employer, make_org
from jiangxin.orgs.words.choices import OrgState

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 5, 1)


def under(org):
    """Names at and below an organisation, in the order of the tree."""
    fresh = Org.objects.get(pk=org.pk)
    return list(Org.objects.under(fresh.path).order_by("path").values_list("name", flat=True))


def events(name):
    return [event.payload for event in Event.objects.filter(name=name).order_by("pk")]


def test_a_merger_hands_over_children_and_employers_and_keeps_the_record(tree, system):
    into = make_org("新星工会", parent=tree["county"])
    employer = make_employer(org=tree["enterprise"])

    org = actions.merge_org(tree["enterprise"], into=into, on=DAY, by=system)

    assert (org.state, org.merged_into, org.parent) == (OrgState.MERGED, into, into)
    assert under(into) == ["新星工会", "焊接分会", "宏远重工工会"]
    moved = Employer.objects.get(pk=employer.pk)
    assert (moved.org, moved.opath) == (into, into.path)
    assert Step.objects.of(org).get().move == "merge"
    assert events("orgs.org_merged") == [{"uid": org.uid, "into_uid": into.uid, "into_name": "新星工会"}]


def test_a_merger_is_taken_back_without_loss(tree, system):
    into = make_org("新星工会", parent=tree["county"])
    employer = make_employer(org=tree["enterprise"])
    org = actions.merge_org(tree["enterprise"], into=into, by=system)

    actions.undo_change(undoable_change(org), by=system)

    org.refresh_from_db()
    assert (org.state, org.merged_into, org.parent) == (OrgState.ACTIVE, None, tree["county"])
    assert under(org) == ["宏远重工工会", "焊接分会"]
    assert under(into) == ["新星工会"]
    back = Employer.objects.get(pk=employer.pk)
    assert (back.org, back.opath) == (org, org.path)


def test_a_merged_organisation_takes_no_further_change(tree, system):
    into = make_org("新星工会", parent=tree["county"])
    org = actions.merge_org(tree["enterprise"], into=into, by=system)

    with pytest.raises(Refused) as refusal:
        actions.rename_org(org, name="另名", by=system)
    assert refusal.value.code == "inactive"
    with pytest.raises(Refused) as refusal:
        actions.add_org(org, name="分会", kind="branch", by=system)
    assert refusal.value.code == "inactive"


def test_a_split_takes_the_chosen_along_and_can_be_taken_back(tree, system):
    second = make_org("装配分会", parent=tree["enterprise"])
    employer = make_employer(org=tree["enterprise"])

    new = actions.split_org(
        tree["enterprise"], name="宏远装备工会", children=[second], employers=[employer], on=DAY, by=system
    )

    assert (new.parent, new.kind, new.founded_on) == (tree["county"], "enterprise", DAY)
    assert under(new) == ["宏远装备工会", "装配分会"]
    assert under(tree["enterprise"]) == ["宏远重工工会", "焊接分会"]
    assert Employer.objects.get(pk=employer.pk).opath == new.path

    actions.undo_change(undoable_change(tree["enterprise"]), by=system)

    assert under(tree["enterprise"]) == ["宏远重工工会", "焊接分会", "装配分会"]
    assert Org.objects.get(pk=new.pk).state == OrgState.CLOSED


def test_a_split_that_has_grown_is_not_taken_back(tree, system):
    new = actions.split_org(tree["enterprise"], name="宏远装备工会", by=system)
    actions.add_org(new, name="新分会", kind="branch", by=system)

    with pytest.raises(Refused) as refusal:
        actions.undo_change(undoable_change(tree["enterprise"]), by=system)

    assert refusal.value.code == "grown"
    assert Org.objects.get(pk=new.pk).is_active


def test_a_split_refuses_children_that_have_left(tree, system):
    with pytest.raises(Refused) as refusal:
        actions.split_org(tree["enterprise"], name="新工会", children=[tree["county"]], by=system)

    assert refusal.value.code == "overtaken"
