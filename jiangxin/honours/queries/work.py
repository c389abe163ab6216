"""Questions of the workbench: what waits for an officer."""

from typing import NamedTuple

from django.db.models import Count, QuerySet

from jiangxin.honours.models import (
    CascadeProposal,
    Conferral,
    ConferralQuerySet,
    HonourList,
    Nominee,
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
    """Published lists with the number of conferrals and of nominees taken from each, latest first."""
    del actor
    return HonourList.objects.annotate(
        conferred=Count("conferrals", distinct=True), nominated=Count("nominees", distinct=True)
    ).order_by("-pk")


def list_addressed(uid: str) -> HonourList | None:
    """The published list with this outside address."""
    return HonourList.objects.select_related("source").filter(uid=uid).first()


class ListRows(NamedTuple):
    """What was taken from a list."""

    conferrals: ConferralQuerySet
    nominees: list[Nominee]


def rows_of(honour_list: HonourList, actor: Actor) -> ListRows:
    """Conferrals of a list the actor may work on, in the order of the list, and its nominees."""
    taken = Conferral.objects.visible_to(actor).filter(honour_list=honour_list).for_show().order_by("pk")
    nominees = honour_list.nominees.select_related("honour", "region").order_by("pk")
    return ListRows(taken, list(nominees) if actor.has_perm("honours.import_lists") else [])


def standing_by_year() -> list[tuple[int | None, int]]:
    """Number of honours in force by year."""
    rows = Conferral.objects.standing().values_list("year").annotate(Count("pk")).order_by("year")
    return [(year, count) for year, count in rows.values_list("year", "pk__count")]
