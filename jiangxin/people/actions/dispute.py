"""Verbs on disputes: a worker asks, an officer answers, everybody sees the steps."""

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.people.models import Dispute, EntryVisibility, PassportEntry, Person
from jiangxin.people.states import DISPUTE_FLOW
from jiangxin.people.words import DisputeKind, DisputeState

SHORTEST_REASON = 4


@action("people.open_dispute")
def open_dispute(
    person: Person, *, kind: str, text: str, by: Actor, entry: PassportEntry | None = None
) -> Dispute:
    """Ask that a fact be put right (``wrong``) or not be shown (``hide``); without an entry it is about the record."""
    if len(text.strip()) < SHORTEST_REASON:
        raise Refused(_("请简单写明理由。"), code="reason_missing", field="text")
    if kind not in DisputeKind.values:
        raise Refused(_("请选择“内容有误”或“请求不公开”。"), code="kind_unknown", field="kind")
    if entry is not None and entry.person.root_id != person.root_id:
        raise Refused(_("这一条不属于您的护照。"), code="not_this_person")
    if entry is not None and Dispute.objects.waiting().filter(entry=entry, kind=kind).exists():
        raise Refused(_("这一条已有同样的请求在等待答复。"), code="already_open")
    dispute = Dispute.objects.create(
        person=person, entry=entry, kind=kind, text=text.strip(), opath=person.opath
    )
    announce("people.dispute_opened", dispute, uid=dispute.uid, person=person.uid)
    del by
    return dispute


@action("people.withdraw_dispute")
def withdraw_dispute(dispute: Dispute, *, by: Actor) -> Dispute:
    """Take the request back before it is answered."""
    DISPUTE_FLOW.move(dispute, "withdraw", by=by)
    announce("people.dispute_withdrawn", dispute, uid=dispute.uid, person=dispute.person.uid)
    return dispute


@action("people.answer_dispute")
def uphold_dispute(dispute: Dispute, *, answer: str, by: Actor) -> Dispute:
    """Agree with the worker. A wish to hide is carried out at once; a wrong fact is then put right by a correction."""
    _answer(dispute, "uphold", answer=answer, is_upheld=True, by=by)
    if dispute.kind == DisputeKind.HIDE and dispute.entry is not None:
        EntryVisibility.objects.update_or_create(
            entry=dispute.entry, defaults={"is_public": False, "decided_by": by.actor_id}
        )
        mark("person", [dispute.person.root_id])
    return dispute


@action("people.answer_dispute")
def refuse_dispute(dispute: Dispute, *, answer: str, by: Actor) -> Dispute:
    """Disagree with the worker and say why."""
    return _answer(dispute, "refuse", answer=answer, is_upheld=False, by=by)


@action("people.answer_dispute")
def close_dispute(dispute: Dispute, *, by: Actor, note: str = "") -> Dispute:
    """Put an answered dispute to the files."""
    DISPUTE_FLOW.move(dispute, "close", by=by, note=note)
    announce("people.dispute_closed", dispute, uid=dispute.uid, person=dispute.person.uid)
    return dispute


def _answer(dispute: Dispute, move: str, *, answer: str, is_upheld: bool, by: Actor) -> Dispute:
    if len(answer.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明答复的理由，职工本人会看到。"), code="answer_missing", field="answer")
    DISPUTE_FLOW.move(
        dispute,
        move,
        by=by,
        is_upheld=is_upheld,
        answered_by=by.actor_id,
        answered_at=timezone.now(),
    )
    dispute.answer = answer.strip()
    dispute.save(update_fields=["answer"])
    announce(
        "people.dispute_answered",
        dispute,
        uid=dispute.uid,
        person=dispute.person.uid,
        upheld=dispute.state == DisputeState.UPHELD,
    )
    return dispute
