"""Verbs of the yearly re-check of holders (fraud, penalties, tax, insurance arrears, whereabouts)."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from jiangxin.honours.models import Conferral, Recheck
from jiangxin.honours.rules import check_reason
from jiangxin.honours.states import RECHECK_FLOW
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action

BATCH = 1000


@action("honours.open_rechecks")
def open_rechecks(*, year: int, by: Actor) -> int:
    """Ask for a look at every honour in force conferred before `year`; returns how many are new. Safe to repeat."""
    del by
    asked = Recheck.objects.filter(conferral=OuterRef("pk"), year=year)
    due = Conferral.objects.standing().filter(year__lt=year).exclude(Exists(asked)).order_by("pk")
    opened = last = 0
    while rows := list(due.filter(pk__gt=last).values_list("pk", "opath")[:BATCH]):
        asks = [Recheck(conferral_id=pk, opath=opath, year=year) for pk, opath in rows]
        Recheck.objects.bulk_create(asks, ignore_conflicts=True)
        opened, last = opened + len(rows), rows[-1][0]
    return opened


@action("honours.answer_recheck")
def pass_recheck(recheck: Recheck, *, by: Actor, note: str = "") -> Recheck:
    """Nothing speaks against the honour this year."""
    return _answer(recheck, "pass", note=note.strip(), by=by)


@action("honours.answer_recheck")
def doubt_recheck(recheck: Recheck, *, note: str, by: Actor) -> Recheck:
    """Something must be looked into; the honour stands until it is suspended or revoked."""
    return _answer(recheck, "doubt", note=check_reason(note), by=by)


def _answer(recheck: Recheck, move: str, *, note: str, by: Actor) -> Recheck:
    changes = {"finding": note, "checked_by": by.actor_label, "checked_at": timezone.now()}
    RECHECK_FLOW.move(recheck, move, by=by, note=note, **changes)
    return recheck
