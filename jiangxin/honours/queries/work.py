"""Questions of the workbench: what waits for an officer."""

from typing import Any, NamedTuple

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiangxin.honours.models import (
    CascadeProposal,
    Conferral,
    ConferralQuerySet,
    HonourList,
    Nominee,
    NomineeQuerySet,
    Recheck,
)
from jiangxin.honours.rules import is_not_decider
from jiangxin.honours.words import ProposalState, RecheckState
from jiangxin.kernel.access import Actor, covered_by


def proposals_for(actor: Actor) -> list[CascadeProposal]:
    """Open questions this actor's level decides, oldest first."""
    waiting = (
        CascadeProposal.objects.filter(
            covered_by(actor, "honours.decide_proposal", field="conferral__opath"),
            state=ProposalState.PROPOSED,
        )
        .select_related(
            "conferral__honour", "conferral__person", "conferral__collective", "revocation__conferral__honour"
        )
        .order_by("created_at", "pk")
    )
    return [each for each in waiting if not is_not_decider(actor, each)]


def proposal_for(actor: Actor, uid: str) -> CascadeProposal | None:
    """One open question, if this actor's level decides it."""
    return next((each for each in proposals_for(actor) if each.uid == uid), None)


def count_proposals(actor: Actor) -> int:
    """How many cascade proposals wait for the actor."""
    return len(proposals_for(actor))


def rechecks_for(actor: Actor) -> QuerySet[Recheck]:
    """Re-checks that wait for the actor or are in doubt, oldest year first."""
    return (
        Recheck.objects.filter(
            covered_by(actor, "honours.answer_recheck", field="conferral__opath"),
            state__in=(RecheckState.OPEN, RecheckState.DOUBTFUL),
        )
        .select_related("conferral__honour", "conferral__person", "conferral__collective")
        .order_by("year", "pk")
    )


def recheck_for(actor: Actor, uid: str) -> Recheck | None:
    """One re-check that waits for the actor."""
    return rechecks_for(actor).filter(uid=uid).first()


def count_rechecks(actor: Actor) -> int:
    """How many re-checks wait for the actor."""
    return rechecks_for(actor).count()


def lists_for(actor: Actor) -> QuerySet[HonourList]:
    """Published lists the actor may read, latest first, each with how many of its rows the actor may read."""
    held = Conferral.objects.visible_to(actor).filter(honour_list=OuterRef("pk"))
    brought = Nominee.objects.visible_to(actor).filter(honour_list=OuterRef("pk"))
    return (
        HonourList.objects.filter(
            covered_by(actor, "honours.view_conferral")
            | covered_by(actor, "honours.import_lists")
            | Exists(held)
            | Exists(brought)
        )
        .annotate(conferred=_counted(held), nominated=_counted(brought))
        .order_by("-pk")
    )


def _counted(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("honour_list").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def list_addressed(actor: Actor, uid: str) -> HonourList | None:
    """The published list with this outside address, if the actor may read of it."""
    return lists_for(actor).select_related("source").filter(uid=uid).first()


class ListRows(NamedTuple):
    """What was taken from a list."""

    conferrals: ConferralQuerySet
    nominees: NomineeQuerySet


def rows_of(honour_list: HonourList, actor: Actor) -> ListRows:
    """Conferrals and nominees of a list the actor may work on, in the order of the list."""
    taken = Conferral.objects.visible_to(actor).filter(honour_list=honour_list).for_show().order_by("pk")
    brought = Nominee.objects.visible_to(actor).filter(honour_list=honour_list)
    return ListRows(taken, brought.select_related("honour", "region").order_by("pk"))


def standing_by_year() -> list[tuple[int | None, int]]:
    """Number of honours in force by year."""
    rows = Conferral.objects.standing().values_list("year").annotate(Count("pk")).order_by("year")
    return [(year, count) for year, count in rows.values_list("year", "pk__count")]
