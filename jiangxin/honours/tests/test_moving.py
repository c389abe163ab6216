"""Honours follow their holders through the tree."""

import pytest

from jiangxin.honours import jobs, reactions
from jiangxin.honours.models import Conferral, Recheck
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.honours.words import HonourKind
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org
from jiangxin.people.actions import place_person

pytestmark = pytest.mark.django_db


def test_paths_below_a_moved_organisation_are_rewritten(conferral: Conferral, tree: dict[str, Org]) -> None:
    team = make_collective(org=tree["county"], opath=tree["county"].path)
    held = make_conferral(team, make_honour("p", "先锋号", kind=HonourKind.COLLECTIVE))
    new = tree["other_city"].path + "0009"

    moved = jobs.follow_moved_org.call(old_path=tree["county"].path, new_path=new)
    again = jobs.follow_moved_org.call(old_path=tree["county"].path, new_path=new)

    conferral.refresh_from_db()
    held.refresh_from_db()
    assert (moved, again) == (3, 0)
    assert (conferral.opath, held.opath) == (new + tree["enterprise"].path[len(tree["county"].path) :], new)


def test_a_merged_organisation_hands_over_its_honours(conferral: Conferral, tree: dict[str, Org]) -> None:
    moved = jobs.follow_merged_org.call(from_uid=tree["enterprise"].uid, into_uid=tree["other_city"].uid)

    conferral.refresh_from_db()
    assert (moved, conferral.opath) == (1, tree["other_city"].path)


def test_honours_go_with_the_record_and_twice_changes_nothing(
    conferral: Conferral, tree: dict[str, Org]
) -> None:
    place_person(conferral.person, org=tree["other_city"], by=SYSTEM)
    event = Event.objects.get(name="people.person_placed")

    reactions.follow_person(event)
    reactions.follow_person(event)

    conferral.refresh_from_db()
    assert conferral.opath == tree["other_city"].path


def test_the_calendar_opens_rechecks_once(conferral: Conferral) -> None:
    assert (jobs.open_rechecks.call(), jobs.open_rechecks.call()) == (1, 0)


def test_rechecks_stand_where_their_conferral_stands(conferral: Conferral, tree: dict[str, Org]) -> None:
    jobs.open_rechecks.call()
    new = tree["other_city"].path + "0009"
    paths = [Recheck.objects.get().opath]

    jobs.follow_moved_org.call(old_path=tree["county"].path, new_path=new)
    paths.append(Recheck.objects.get().opath)
    place_person(conferral.person, org=tree["enterprise"], by=SYSTEM)
    reactions.follow_person(Event.objects.filter(name="people.person_placed").latest("pk"))
    jobs.follow_merged_org.call(from_uid=tree["enterprise"].uid, into_uid=tree["other_city"].uid)
    paths.append(Recheck.objects.get().opath)

    below = tree["enterprise"].path[len(tree["county"].path) :]
    assert paths == [tree["enterprise"].path, new + below, tree["other_city"].path]
