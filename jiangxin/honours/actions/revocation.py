"""Verbs of taking back: suspend, lift, revoke with grounds, and decide what a revocation asks of higher honours."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.actions.conferral import ENTRY_KIND
from jiangxin.honours.actions.issuing import mark_credentials
from jiangxin.honours.models import CascadeProposal, Conferral, Revocation
from jiangxin.honours.queries.collectives import KIND
from jiangxin.honours.queries.conferrals import told
from jiangxin.honours.queries.prerequisites import built_on
from jiangxin.honours.rules import check_reason
from jiangxin.honours.states import CONFERRAL_FLOW, PROPOSAL_FLOW
from jiangxin.honours.words import ConferralState, Grounds, ProposalState
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.people.actions import retract_entry
from jiangxin.people.models import PassportEntry


@action("honours.suspend_conferral")
def suspend_conferral(conferral: Conferral, *, reason: str, by: Actor) -> Conferral:
    """Suspend an honour while something is looked into; its credential says so at once."""
    CONFERRAL_FLOW.move(conferral, "suspend", by=by, note=check_reason(reason))
    mark_credentials(conferral, move="suspend", by=by)
    _index(conferral)
    announce("honours.honour_suspended", conferral, **told(conferral))
    return conferral


@action("honours.suspend_conferral")
def lift_suspension(conferral: Conferral, *, reason: str, by: Actor) -> Conferral:
    """Put a suspended honour back in force; into re-examination when its basis fell in the meantime."""
    written = check_reason(reason)
    CONFERRAL_FLOW.move(conferral, "lift", by=by, note=written)
    if conferral.cascade_proposals.filter(state=ProposalState.PROPOSED).exists():
        CONFERRAL_FLOW.move(conferral, "reexamine", by=by, note=written)
    else:
        mark_credentials(conferral, move="lift", by=by)
    _index(conferral)
    announce("honours.suspension_lifted", conferral, **told(conferral))
    return conferral


@action("honours.revoke_conferral")
def revoke_conferral(
    conferral: Conferral,
    *,
    grounds: str,
    reason: str,
    by: Actor,
    decision_no: str = "",
    decided_on: date | None = None,
    is_reason_public: bool = False,
) -> Revocation:
    """Revoke an honour. The record and its reason stay; credential, public pages and passport follow at once.

    Every honour that builds on this one is put into re-examination and proposed to its granter (selection, chapter 11).
    """
    if grounds not in Grounds.values:
        raise Refused(_("请选择撤销事由。"), code="grounds_unknown", field="grounds")
    today = timezone.localdate()
    if decided_on is not None and decided_on > today:
        raise Refused(_("决定日期不能在今天之后。"), code="in_future", field="decided_on")
    written = check_reason(reason)
    CONFERRAL_FLOW.move(conferral, "revoke", by=by, note=written)
    revocation = _put_down(
        Revocation(
            conferral=conferral,
            grounds=grounds,
            reason=written,
            is_reason_public=is_reason_public,
            decision_no=decision_no.strip(),
            decided_on=decided_on or today,
            revoked_by=by.actor_label,
        )
    )
    _withdraw_entry(conferral, grounds=grounds, by=by)
    _index(conferral)
    mark_credentials(conferral, move="revoke", by=by)
    for question in conferral.cascade_proposals.filter(state=ProposalState.PROPOSED):
        _decide(question, "revoke", reason=written, by=by)
    _propose_upward(revocation, by=by)
    announce("honours.honour_revoked", conferral, **told(conferral), grounds=grounds)
    return revocation


def _put_down(revocation: Revocation) -> Revocation:
    """Keep it; where nothing was given, nothing waits to come back."""
    if not (revocation.is_medal_out or revocation.bonus_out_fen):
        revocation.return_ended_at = timezone.now()
    revocation.save()
    return revocation


def _index(conferral: Conferral) -> None:
    """Search learns what collectives hold from here, and of workers from their passports."""
    if conferral.collective_id:
        mark(KIND, [conferral.collective_id])


def _withdraw_entry(conferral: Conferral, *, grounds: str, by: Actor) -> None:
    entry = PassportEntry.objects.filter(
        object_type=ENTRY_KIND, object_id=conferral.uid, corrections__isnull=True, retracted=False
    ).first()
    if entry is not None:
        retract_entry(entry, reason=_("荣誉已撤销：%(grounds)s") % {"grounds": Grounds(grounds).label}, by=by)


def _propose_upward(revocation: Revocation, *, by: Actor) -> None:
    for higher, strength in built_on(revocation.conferral):
        proposal = CascadeProposal.objects.create(
            revocation=revocation, conferral=higher, granter_text=higher.granter_text, strength=strength
        )
        if higher.state == ConferralState.CONFERRED:
            note = _("作为基础的“%(title)s”已撤销") % {"title": revocation.conferral.honour.title}
            CONFERRAL_FLOW.move(higher, "reexamine", by=by, note=note)
            mark_credentials(higher, move="suspend", by=by)
        announce("honours.reexamination_proposed", proposal, **told(higher), proposal=proposal.uid)


@action("honours.decide_proposal")
def keep_honour(proposal: CascadeProposal, *, reason: str, by: Actor) -> CascadeProposal:
    """Decide that the higher honour stands although its basis fell."""
    _decide(proposal, "keep", reason=reason, by=by)
    conferral = proposal.conferral
    others = conferral.cascade_proposals.filter(state=ProposalState.PROPOSED)
    if conferral.state == ConferralState.REEXAMINED and not others.exists():
        CONFERRAL_FLOW.move(conferral, "keep", by=by, note=proposal.reason)
        mark_credentials(conferral, move="lift", by=by)
    announce(
        "honours.reexamination_decided", proposal, **told(conferral), proposal=proposal.uid, is_kept=True
    )
    return proposal


@action("honours.decide_proposal")
def revoke_on_proposal(
    proposal: CascadeProposal, *, grounds: str, reason: str, by: Actor, decision_no: str = ""
) -> CascadeProposal:
    """Decide that the higher honour falls too; its own revocation asks further up."""
    _decide(proposal, "revoke", reason=reason, by=by)
    conferral = proposal.conferral
    announce(
        "honours.reexamination_decided", proposal, **told(conferral), proposal=proposal.uid, is_kept=False
    )
    revoke_conferral(conferral, grounds=grounds, reason=reason, decision_no=decision_no, by=by)
    return proposal


def _decide(proposal: CascadeProposal, move: str, *, reason: str, by: Actor) -> None:
    written = check_reason(reason)
    changes = {"reason": written, "decided_by": by.actor_label, "decided_at": timezone.now()}
    PROPOSAL_FLOW.move(proposal, move, by=by, note=written, **changes)
