"""Verbs on link proposals: propose, confirm, refuse, undo; the canonical pointers follow the confirmed links."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.people.matching.evidence import by_hand
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.queries.links import judged, proposal_between
from jiangxin.people.rules import shared_path
from jiangxin.people.states import LINK_FLOW
from jiangxin.people.words import LinkState

SHORTEST_REASON = 4


@action("people.propose_link")
def propose_link(
    first: Person, *, second: Person, score: int, evidence: list[dict[str, Any]], by: Actor
) -> LinkProposal:
    """Put the question whether two records are one worker; asking again only refreshes an undecided proposal."""
    if first.pk == second.pk:
        raise Refused(_("这是同一份档案。"), code="same_record")
    older, younger = sorted((first, second), key=lambda person: person.pk)
    proposal, is_new = LinkProposal.objects.get_or_create(
        first=older,
        second=younger,
        defaults={"score": score, "evidence": evidence, "opath": shared_path(older.opath, younger.opath)},
    )
    if is_new:
        announce(
            "people.link_proposed",
            proposal,
            uid=proposal.uid,
            first=older.uid,
            second=younger.uid,
            score=score,
        )
    elif proposal.state == LinkState.PROPOSED and proposal.evidence != evidence:
        proposal.score, proposal.evidence = score, evidence
        proposal.save(update_fields=["score", "evidence"])
    del by
    return proposal


@action("people.propose_link")
def propose_link_by_hand(first: Person, *, second: Person, reason: str, by: Actor) -> LinkProposal:
    """Put the question for two records that no comparison brought together; the officer's reason leads the evidence.

    Refused without a reason, for limited records, for records of one worker, and for a pair that was decided before.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明为什么认为是同一人。"), code="reason_missing", field="reason")
    if first.root_id == second.root_id:
        raise Refused(_("这两份档案已经认定为同一人。"), code="same_worker")
    if first.limited_at or second.limited_at:
        raise Refused(_("其中一份档案已限制处理，不能用来核对同一人。"), code="limited")
    decided = proposal_between(first, second)
    if decided is not None and decided.state != LinkState.PROPOSED:
        raise Refused(
            _("这两份档案已有过认定。如有新的依据，请在那条线索里重新认定。"), code="decided_before"
        )
    verdict = judged(first, second)
    evidence = [by_hand(reason.strip()), *verdict.evidence]
    return propose_link(
        first, second=second, score=verdict.score, evidence=[item.as_dict() for item in evidence], by=by
    )


@action("people.decide_link")
def confirm_link(proposal: LinkProposal, *, by: Actor, note: str = "") -> LinkProposal:
    """Decide that both records are one worker. Nothing is merged: the younger points to the oldest of the group."""
    _check_no_contradiction(proposal)
    _decide(proposal, "confirm", by=by, note=note)
    _follow_links(proposal)
    announce(
        "people.link_confirmed",
        proposal,
        uid=proposal.uid,
        first=proposal.first.uid,
        second=proposal.second.uid,
    )
    return proposal


@action("people.decide_link")
def refuse_link(proposal: LinkProposal, *, by: Actor, note: str = "") -> LinkProposal:
    """Decide that the records are two workers; the pair is not proposed again."""
    _decide(proposal, "refuse", by=by, note=note)
    announce(
        "people.link_refused",
        proposal,
        uid=proposal.uid,
        first=proposal.first.uid,
        second=proposal.second.uid,
    )
    return proposal


@action("people.decide_link")
def undo_link(proposal: LinkProposal, *, by: Actor, note: str = "") -> LinkProposal:
    """Take a decision back; the records stand exactly as the other confirmed links leave them."""
    _group_of(proposal)  # the records before the proposal, as a confirmation locks them
    _decide(proposal, "undo", by=by, note=note)
    _follow_links(proposal)
    announce(
        "people.link_undone", proposal, uid=proposal.uid, first=proposal.first.uid, second=proposal.second.uid
    )
    return proposal


def _decide(proposal: LinkProposal, move: str, *, by: Actor, note: str) -> None:
    LINK_FLOW.move(proposal, move, by=by, note=note, decided_by=by.actor_id, decided_at=timezone.now())
    proposal.note = note
    proposal.save(update_fields=["note"])


def _check_no_contradiction(proposal: LinkProposal) -> None:
    group = _group_of(proposal)
    numbers = {person.id_number_index for person in group if person.id_number_index}
    if len(numbers) > 1:
        raise Refused(
            _("两份档案登记的身份证号不同，不能认定为同一人。请先核对身份证号。"), code="id_numbers_differ"
        )


def _group_of(proposal: LinkProposal) -> list[Person]:
    """The records now linked to either side, locked in a fixed order so that two decisions cannot cross.

    Without their keys: a row that names one of them is checked against it and must not wait for this decision.
    """
    sides = Person.objects.filter(pk__in=(proposal.first_id, proposal.second_id))
    roots = {person.root_id for person in sides}
    group = Person.objects.linked_to(roots).order_by("pk")
    return list(group.select_for_update(no_key=True))


def _follow_links(proposal: LinkProposal) -> None:
    """Point each record of the group to the oldest record it is linked with, by confirmed links alone."""
    group = _group_of(proposal)
    pairs = list(
        LinkProposal.objects.confirmed()
        .touching({person.pk for person in group})
        .values_list("first_id", "second_id")
    )
    roots = _oldest_of_each([person.pk for person in group], pairs)
    for person in group:
        canonical_id = roots[person.pk] if roots[person.pk] != person.pk else None
        if canonical_id != person.canonical_id:
            Person.objects.filter(pk=person.pk).update(canonical_id=canonical_id, updated_at=timezone.now())
    mark("person", [person.pk for person in group])
    proposal.first.refresh_from_db(fields=["canonical"])
    proposal.second.refresh_from_db(fields=["canonical"])


def _oldest_of_each(ids: list[int], pairs: list[tuple[int, int]]) -> dict[int, int]:
    """For each record the smallest key of its connected component (union by smaller root)."""
    root = {key: key for key in ids}

    def find(key: int) -> int:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for first, second in pairs:
        low, high = sorted((find(first), find(second)))
        root[high] = low
    return {key: find(key) for key in ids}
