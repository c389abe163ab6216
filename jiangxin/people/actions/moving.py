"""Verbs that follow changes of the union tree: records keep the path of the organisation that keeps them."""

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.kernel.search import mark
from jiangxin.orgs.models import Org
from jiangxin.orgs.models.paths import AFTER
from jiangxin.people.models import Dispute, LinkProposal, Person, RightsRequest

BATCH = 2000


@action("people.place_people")
def follow_moved_org(*, old_path: str, new_path: str, by: Actor) -> int:
    """Rewrite the paths below a moved organisation; returns how many records were touched. Safe to repeat."""
    del by
    moved = 0
    while ids := list(Person.objects.under(old_path).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        Person.objects.filter(pk__in=ids).update(opath=_moved(old_path, new_path))
        mark("person", ids)
        moved += len(ids)
    for model in (LinkProposal, Dispute, RightsRequest):
        below = model._default_manager.filter(opath__gte=old_path, opath__lt=old_path + AFTER)
        below.update(opath=_moved(old_path, new_path))
    return moved


@action("people.place_people")
def follow_merged_org(*, from_uid: str, into_uid: str, by: Actor) -> int:
    """Hand the records of a merged organisation to the one it went into; returns how many. Safe to repeat."""
    del by
    into = Org.objects.get(uid=into_uid)
    moved = 0
    while ids := list(
        Person.objects.filter(org__uid=from_uid).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        Person.objects.filter(pk__in=ids).update(org=into, opath=into.path)
        for model in (Dispute, RightsRequest):
            model._default_manager.filter(person__in=ids).update(opath=into.path)
        mark("person", ids)
        moved += len(ids)
    return moved


def _moved(old_path: str, new_path: str) -> Concat:
    return Concat(Value(new_path), Substr("opath", len(old_path) + 1))
