"""Officers who change the tree at the same moment; real threads, real transactions, on both engines."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.orgs import actions
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_org, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = SystemActor("test")


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Run the deeds in threads that start together; the codes of the refusals, "" for a success."""
    start, codes = Barrier(len(deeds)), [""] * len(deeds)

    def run(place: int) -> None:
        start.wait()
        try:
            deeds[place]()
        except Refused as refusal:
            codes[place] = refusal.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(codes)


def faults_of_the_tree() -> list[str]:
    """Organisations that do not stand where their parent says."""
    orgs = Org.objects.select_related("parent").order_by("path")
    return [org.name for org in orgs if org.path[:-4] != (org.parent.path if org.parent else "")]


def test_two_organisations_moved_under_each_other_do_not_make_a_circle():
    tree = make_tree()
    one, two = tree["city"], tree["other_city"]

    codes = at_once(
        lambda: actions.move_org(one, parent=two, by=SYSTEM),
        lambda: actions.move_org(two, parent=one, by=SYSTEM),
    )

    assert codes == ["", "cycle"]
    assert faults_of_the_tree() == []


def test_one_organisation_moved_twice_goes_to_one_place():
    tree = make_tree()
    org = tree["enterprise"]

    codes = at_once(
        lambda: actions.move_org(Org.objects.get(pk=org.pk), parent=tree["city"], seen=org.stamp, by=SYSTEM),
        lambda: actions.move_org(
            Org.objects.get(pk=org.pk), parent=tree["other_city"], seen=org.stamp, by=SYSTEM
        ),
    )

    assert codes == ["", "overtaken"]
    assert faults_of_the_tree() == []


def test_a_child_added_while_its_parent_moves_stands_below_its_parent():
    tree = make_tree()

    codes = at_once(
        lambda: actions.move_org(tree["county"], parent=tree["other_city"], by=SYSTEM),
        *(
            lambda name=f"第{number}工会": actions.add_org(
                tree["county"], name=name, kind="enterprise", by=SYSTEM
            )
            for number in range(6)
        ),
    )

    assert codes == [""] * 7
    assert faults_of_the_tree() == []
    assert Org.objects.filter(parent=tree["county"]).count() == 7


@transaction.atomic
def rename_then_move(tree: dict[str, Org]) -> None:
    actions.rename_org(tree["branch"], name="先改名", by=SYSTEM)
    actions.move_org(tree["enterprise"], parent=tree["other_city"], by=SYSTEM)


def test_a_move_that_fails_half_way_leaves_nothing_behind():
    tree = make_tree()
    before = list(Org.objects.order_by("pk").values_list("path", flat=True))
    make_org("宏远重工工会", parent=tree["other_city"])

    with pytest.raises(Refused):
        rename_then_move(tree)

    assert list(Org.objects.order_by("pk").values_list("path", flat=True))[:-1] == before
    assert Org.objects.get(pk=tree["branch"].pk).name == "焊接分会"
