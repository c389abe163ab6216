"""Verbs on requests about a whole record: a worker asks, an officer decides, the decision is carried out at once."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.privacy.subjects import erase_subject
from jiangxin.people.actions.erasure import lift_limit, limit_person
from jiangxin.people.models import Person, RightsRequest
from jiangxin.people.queries.record import linked_records
from jiangxin.people.states import RIGHT_FLOW
from jiangxin.people.words import AskedHow, RightKind

SHORTEST_REASON = 4
SOURCE_LANGUAGE = "zh-hans"  # what was kept is remembered in the words that translations start from
DONE_BY = {RightKind.LIMIT: "people.limit_person", RightKind.LIFT: "people.limit_person"}


@action("people.ask_right")
def ask_right(person: Person, *, kind: str, by: Actor, text: str = "") -> RightsRequest:
    """Let the worker ask that the record be limited, released or erased; Refused when there is nothing to do."""
    return _open(person, kind=kind, text=text, how=AskedHow.SELF, by=by)


@action("people.register_request")
def register_request(person: Person, *, kind: str, how: str, text: str, by: Actor) -> RightsRequest:
    """Take down a request that came by letter, in person or from close relatives; somebody else decides it."""
    if how not in (AskedHow.LETTER, AskedHow.KIN):
        raise Refused(_("请选择请求是怎样提出的。"), code="how_unknown", field="how")
    if len(text.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明请求人是谁、凭什么证明身份。"), code="reason_missing", field="text")
    return _open(person, kind=kind, text=text, how=how, by=by)


@action("people.ask_right")
def withdraw_right(request: RightsRequest, *, by: Actor) -> RightsRequest:
    """Take the request back before it is decided."""
    RIGHT_FLOW.move(request, "withdraw", by=by, decided_at=timezone.now())
    announce("people.right_withdrawn", request, uid=request.uid, kind=request.kind)
    return request


@action("people.decide_request")
def grant_right(request: RightsRequest, *, answer: str, by: Actor) -> RightsRequest:
    """Agree and carry it out at once, for every record of the worker; the log says that, not what was in the record."""
    records = linked_records(request.person)
    needed = DONE_BY.get(RightKind(request.kind), "people.erase_person")
    if not all(by.has_perm(needed, record) for record in records):
        raise Refused(_("这名职工还有一份档案不归您管理，请由共同的上级工会办理。"), code="record_elsewhere")
    _decide(request, "grant", answer=answer, by=by)
    match request.kind:
        case RightKind.LIMIT:
            for record in records:
                limit_person(record, reason=_("本人请求"), by=by)
        case RightKind.LIFT:
            for record in records:
                lift_limit(record, by=by)
        case _:
            _erase(request, records, by)
    return request


@action("people.decide_request")
def refuse_right(request: RightsRequest, *, answer: str, by: Actor) -> RightsRequest:
    """Disagree and say why; the worker reads the reason."""
    return _decide(request, "refuse", answer=answer, by=by)


def _open(person: Person, *, kind: str, text: str, how: str, by: Actor) -> RightsRequest:
    _check_sense(person, kind)
    request = RightsRequest.objects.create(
        person=person, kind=kind, text=text.strip(), asked_how=how, asked_by=by.actor_id, opath=person.opath
    )
    announce("people.right_asked", request, uid=request.uid, kind=kind)
    return request


def _check_sense(person: Person, kind: str) -> None:
    """Refuse what is unknown, asked already, or already so; two requests at once come one after the other."""
    if kind not in RightKind.values:
        raise Refused(_("请选择限制处理、解除限制或删除档案。"), code="kind_unknown", field="kind")
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if RightsRequest.objects.waiting().filter(person=person, kind=kind).exists():
        raise Refused(_("同样的请求正在等待答复。"), code="already_open", field="kind")
    if kind == RightKind.LIMIT and held.limited_at:
        raise Refused(_("这份档案已经限制处理。"), code="limited_already", field="kind")
    if kind == RightKind.LIFT and not held.limited_at:
        raise Refused(_("这份档案没有限制处理，不需要解除。"), code="not_limited", field="kind")


def _decide(request: RightsRequest, move: str, *, answer: str, by: Actor) -> RightsRequest:
    if len(answer.strip()) < SHORTEST_REASON:
        raise Refused(_("请写明答复的理由，职工本人会看到。"), code="answer_missing", field="answer")
    RIGHT_FLOW.move(request, move, by=by, decided_by=by.actor_id, decided_at=timezone.now())
    request.answer = answer.strip()
    request.save(update_fields=["answer"])
    announce("people.right_answered", request, uid=request.uid, kind=request.kind, granted=move == "grant")
    return request


def _erase(request: RightsRequest, records: list[Person], by: Actor) -> None:
    """Erase every record in every app; what stayed and why is remembered for the receipt, in general words."""
    kept: dict[str, str] = {}
    for record in records:
        for erasure in erase_subject(record.uid, by=by).values():
            with translation.override(SOURCE_LANGUAGE):
                kept |= {str(each.what): str(each.reason) for each in erasure.kept}
    request.refresh_from_db()
    request.kept = [{"what": what, "reason": reason} for what, reason in kept.items()]
    request.save(update_fields=["kept"])
