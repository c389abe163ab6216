"""Verbs that keep the paths of honours equal to those of their holders and of the offices that brought them in."""

from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Substr

from jiangxin.honours.models import Collective, Conferral, Honour, HonourList, Nominee, Recheck, UnknownTitle
from jiangxin.honours.queries.collectives import KIND
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.kernel.search import mark
from jiangxin.orgs.models import Org
from jiangxin.orgs.models.paths import AFTER
from jiangxin.people.models import Person

_PLACED: tuple[type[Model], ...] = (
    Honour,
    Conferral,
    Collective,
    HonourList,
    Nominee,
    Recheck,
    UnknownTitle,
)


@action("honours.place_honours")
def follow_moved_org(*, old_path: str, new_path: str, by: Actor) -> int:
    """Rewrite the paths below a moved organisation; returns how many rows were touched. Safe to repeat."""
    del by
    below = Collective.objects.filter(opath__gte=old_path, opath__lt=old_path + AFTER)
    mark(KIND, list(below.values_list("pk", flat=True)))
    moved = Concat(Value(new_path), Substr("opath", len(old_path) + 1))
    return sum(
        model._default_manager.filter(opath__gte=old_path, opath__lt=old_path + AFTER).update(opath=moved)
        for model in _PLACED
    )


@action("honours.place_honours")
def follow_merged_org(*, from_uid: str, into_uid: str, by: Actor) -> int:
    """Hand the honours of a merged organisation to the one it went into; returns how many rows. Safe to repeat."""
    del by
    old, into = Org.objects.get(uid=from_uid), Org.objects.get(uid=into_uid)
    mark(KIND, list(Collective.objects.filter(org=old).values_list("pk", flat=True)))
    teams = Collective.objects.filter(org=old).update(org=into, opath=into.path)
    held = Conferral.objects.filter(opath=old.path).update(opath=into.path)
    held += Recheck.objects.filter(opath=old.path).update(opath=into.path)
    kept = Honour.objects.filter(opath=old.path).update(opath=into.path)
    lists = HonourList.objects.filter(opath=old.path).update(opath=into.path)
    _drop_twins(Nominee.objects.all(), ("honour_list", "honour", "row_key"), old, into)
    _drop_twins(UnknownTitle.objects.all(), ("title_key",), old, into)
    brought = Nominee.objects.filter(opath=old.path).update(opath=into.path)
    unknown = UnknownTitle.objects.filter(opath=old.path).update(opath=into.path)
    return teams + held + kept + lists + brought + unknown


def _drop_twins(rows: QuerySet[Any], named: tuple[str, ...], old: Org, into: Org) -> None:
    """Both offices brought in the same notice: one copy of each line is enough."""
    same = {name: OuterRef(name) for name in named}
    twin = rows.filter(opath=into.path, **same)
    doomed = rows.filter(Exists(twin), opath=old.path).values_list("pk", flat=True)
    rows.filter(pk__in=list(doomed)).delete()


@action("honours.place_honours")
def follow_person(*, person_uid: str, by: Actor) -> int:
    """Give the honours of a worker the path of the worker's record; returns how many. Safe to repeat."""
    del by
    person = Person.objects.get(uid=person_uid)
    Recheck.objects.filter(conferral__person=person).update(opath=person.opath)
    return Conferral.objects.filter(person=person).exclude(opath=person.opath).update(opath=person.opath)
