"""Questions of the workbench: what waits for an officer."""

from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiangxin.honours.models import (
    CascadeProposal,
    Conferral,
    ConferralQuerySet,
    HonourList,
    Nominee,
    NomineeQuerySet,
    Recheck,
    Revocation,
)
from jiangxin.honours.queries.deciding import decided_by
from jiangxin.honours.words import RECHECKS_WAITING, ProposalState
from jiangxin.kernel.access import Actor, covered_by


def proposals_for(actor: Actor) -> QuerySet[CascadeProposal]:
    """Open questions this actor's level decides, oldest first."""
    theirs = decided_by(actor, "honours.decide_proposal", to="conferral__")
    return _with_both_honours(CascadeProposal.objects.filter(theirs, state=ProposalState.PROPOSED))


def _with_both_honours(found: QuerySet[CascadeProposal]) -> QuerySet[CascadeProposal]:
    return found.select_related(
        "conferral__honour",
        "conferral__person",
        "conferral__collective",
        "revocation__conferral__honour",
        "revocation__conferral__person",
        "revocation__conferral__collective",
    ).order_by("created_at", "pk")


def proposal_for(actor: Actor, uid: str) -> CascadeProposal | None:
    """One open question, if this actor's level decides it."""
    return proposals_for(actor).filter(uid=uid).first()


def count_proposals(actor: Actor) -> int:
    """How many cascade proposals wait for the actor."""
    return proposals_for(actor).count()


def proposal_to_read(actor: Actor, uid: str) -> CascadeProposal | None:
    """One question, open or answered, for those who may see either honour: a letter about it is theirs to write."""
    theirs = covered_by(actor, "honours.view_conferral", field="conferral__opath") | covered_by(
        actor, "honours.view_conferral", field="revocation__conferral__opath"
    )
    return _with_both_honours(CascadeProposal.objects.filter(theirs, uid=uid)).first()


def proposals_raised(revocation: Revocation) -> QuerySet[CascadeProposal]:
    """The questions a revocation raised, open and answered."""
    return _with_both_honours(revocation.proposals.all())


def returns_for(actor: Actor) -> QuerySet[Revocation]:
    """Revocations of this actor's level whose medal, certificate or bonus is still out, the oldest decision first."""
    theirs = decided_by(actor, "honours.revoke_conferral", to="conferral__")
    return (
        Revocation.objects.filter(theirs, return_ended_at__isnull=True)
        .select_related("conferral__honour", "conferral__person", "conferral__collective")
        .order_by("decided_on", "pk")
    )


def return_for(actor: Actor, uid: str) -> Revocation | None:
    """The revocation of this conferral (its number) with something still out."""
    return returns_for(actor).filter(conferral__uid=uid).first()


def count_returns(actor: Actor) -> int:
    """How many revocations of the actor's level wait for things to come back."""
    return returns_for(actor).count()


def rechecks_for(actor: Actor) -> QuerySet[Recheck]:
    """Re-checks that wait for the actor or are in doubt, oldest year first."""
    return (
        Recheck.objects.filter(
            covered_by(actor, "honours.answer_recheck"),
            state__in=RECHECKS_WAITING,
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


def lists_for(actor: Actor, *, text: str = "", year: int | None = None) -> QuerySet[HonourList]:
    """Published lists the actor may read, latest year first, each with how many of its rows the actor may read.

    `text` keeps those whose title holds it, `year` those of one year.
    """
    asked = Q(title__icontains=text) if text else Q()
    asked &= Q(year=year) if year else Q()
    held = Conferral.objects.visible_to(actor).filter(honour_list=OuterRef("pk"))
    brought = Nominee.objects.visible_to(actor).filter(honour_list=OuterRef("pk"))
    return (
        HonourList.objects.filter(asked)
        .filter(
            covered_by(actor, "honours.view_conferral")
            | covered_by(actor, "honours.import_lists")
            | Exists(held)
            | Exists(brought)
        )
        .annotate(conferred=_counted(held), nominated=_counted(brought))
        .order_by(F("year").desc(nulls_last=True), "-pk")
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
