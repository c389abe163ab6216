"""Delivery: runs each waiting reaction in a transaction of its own that also marks its receipt."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from traceback import format_exception

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events.context import alone, in_request
from jiangxin.kernel.events.models import Event, Receipt, ReceiptState
from jiangxin.kernel.events.outbox import Reaction, registered_reactions
from jiangxin.kernel.events.record import refusals_kept
from jiangxin.kernel.privacy.discretion import discreet

log = logging.getLogger("jiangxin.events")
LONGEST_WAIT = timedelta(hours=1)
LONGEST_ERROR = 4000


def deliver(limit: int = 100, *, worker: str = "") -> int:
    """Run about `limit` due reactions, a fair share of each; returns how many were tried.

    Each reaction gets its announcements in the order of the log, one at a time in the whole house. One that fails is set
    aside until it is due again and the next one follows; after its last retry it is dead and stays to be seen.
    """
    codes = list(registered_reactions()) if _something_due() else []
    tried, busy = 0, codes
    while busy and tried < limit:
        share = max(1, (limit - tried) // len(busy))
        tried += sum(counts := [_deliver_some(code, share, worker) for code in busy])
        busy = [code for code, count in zip(busy, counts, strict=True) if count == share]
    return tried


def _deliver_some(code: str, share: int, worker: str) -> int:
    """Up to `share` announcements of one reaction, so that one with a long queue keeps none of the others waiting."""
    count = 0
    while count < share and _deliver_next(code, worker):
        count += 1
    return count


def _something_due() -> bool:
    """In the order of the index of what waits, or PostgreSQL walks the whole table past what is done."""
    return _due().order_by("reaction", "sequence").values_list("pk", flat=True).first() is not None


def _due() -> QuerySet[Receipt]:
    return Receipt.objects.filter(state=ReceiptState.WAITING, due_at__lte=timezone.now())


def _deliver_next(code: str, worker: str) -> bool:
    """Deliver the reaction's next due announcement; False if there is none or another worker is at it."""
    receipt = _claim(code, worker)
    if receipt is None:
        return False
    reaction = registered_reactions()[code]
    try:
        with refusals_kept():
            _take_effect(reaction, receipt)
    except Exception as error:
        log.warning("reaction %s failed on entry %s", code, receipt.sequence, exc_info=error)
        _put_back(receipt, "".join(format_exception(error)), last=receipt.attempts > reaction.retries)
    return True


def _claim(code: str, worker: str) -> Receipt | None:
    """Take the next one and count the attempt, so that even one that kills its process is counted.

    The database allows one running receipt per reaction; whoever comes second gets None.
    """
    receipt = _due().filter(reaction=code).order_by("sequence").first()
    if receipt is None:
        return None
    try:
        with transaction.atomic():
            taken = Receipt.objects.filter(pk=receipt.pk, state=ReceiptState.WAITING).update(
                state=ReceiptState.RUNNING, worker=worker, attempts=F("attempts") + 1
            )
    except IntegrityError:
        return None
    receipt.attempts += 1
    receipt.worker = worker
    return receipt if taken else None


def _take_effect(reaction: Reaction, receipt: Receipt) -> None:
    """The effect and the mark that it is done: one transaction."""
    with transaction.atomic():
        mine = Receipt.objects.select_for_update().filter(
            pk=receipt.pk, state=ReceiptState.RUNNING, worker=receipt.worker, attempts=receipt.attempts
        )
        if mine.first() is None:
            return
        event = Event.objects.get(pk=receipt.event_id)
        with alone(SystemActor(reaction.code)), in_request(event.request_id):
            reaction.effect(event)
        Receipt.objects.filter(pk=receipt.pk).update(
            state=ReceiptState.DONE, done_at=timezone.now(), worker="", error=""
        )


def _put_back(receipt: Receipt, error: str, *, last: bool) -> None:
    wait = min(timedelta(seconds=2 ** min(receipt.attempts, 20)), LONGEST_WAIT)
    wait *= random.uniform(1.0, 1.25)  # noqa: S311 - spreads load, no secret
    Receipt.objects.filter(
        pk=receipt.pk, state=ReceiptState.RUNNING, worker=receipt.worker, attempts=receipt.attempts
    ).update(
        state=ReceiptState.DEAD if last else ReceiptState.WAITING,
        due_at=timezone.now() + wait,
        worker="",
        error=discreet(error)[-LONGEST_ERROR:],
    )


def release_receipts(worker: str) -> int:
    """Give back what a dead worker was at: to be tried again, or dead after its last retry. Returns how many."""
    released = 0
    for receipt in Receipt.objects.filter(state=ReceiptState.RUNNING, worker=worker):
        reaction = registered_reactions().get(receipt.reaction)
        last = reaction is not None and receipt.attempts > reaction.retries
        with transaction.atomic():
            found = Receipt.objects.select_for_update(skip_locked=True).filter(
                pk=receipt.pk, state=ReceiptState.RUNNING, attempts=receipt.attempts
            )
            if found.first() is not None:
                found.update(
                    state=ReceiptState.DEAD if last else ReceiptState.WAITING,
                    worker="",
                    due_at=timezone.now(),
                    error="the worker died in the middle",
                )
                released += 1
    return released


def bury_orphans() -> int:
    """Mark as dead what waits for a reaction that the code no longer holds; returns how many."""
    orphans = Receipt.objects.filter(state=ReceiptState.WAITING).exclude(reaction__in=registered_reactions())
    return orphans.update(state=ReceiptState.DEAD, error="no such reaction any more")


def mend_clock() -> int:
    """Bring back what waits for a time too far ahead, as after the clock was set back; returns how many."""
    now = timezone.now()
    too_far = Receipt.objects.filter(state=ReceiptState.WAITING, due_at__gt=now + LONGEST_WAIT * 1.5)
    return too_far.update(due_at=now)


def revive(receipt: Receipt) -> bool:
    """Let a dead reaction be tried again from the start; False if it was not dead."""
    return bool(
        Receipt.objects.filter(pk=receipt.pk, state=ReceiptState.DEAD).update(
            state=ReceiptState.WAITING, attempts=0, due_at=timezone.now(), error=""
        )
    )
