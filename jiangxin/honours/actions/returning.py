"""Verbs on what a revoked honour gave: medal, certificate and bonus come back, or cannot."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.models import Revocation
from jiangxin.honours.rules import check_reason
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.text.sayings import say

_FIELDS = ["medal_returned_on", "bonus_returned_fen", "return_note", "return_ended_at"]


@action("honours.revoke_conferral")
def record_return(
    revocation: Revocation,
    *,
    by: Actor,
    medal_returned_on: date | None = None,
    bonus_returned_fen: int | None = None,
    note: str = "",
) -> Revocation:
    """Note that medal and certificate came back, and how much of the bonus in all (fen); ends when nothing is out."""
    del by
    _check(revocation, medal_returned_on, bonus_returned_fen)
    revocation.medal_returned_on = medal_returned_on or revocation.medal_returned_on
    if bonus_returned_fen is not None:
        revocation.bonus_returned_fen = bonus_returned_fen
    revocation.return_note = note.strip()[:300] or revocation.return_note
    is_all_back = not (revocation.is_medal_out or revocation.bonus_out_fen)
    revocation.return_ended_at = timezone.now() if is_all_back else None
    revocation.save(update_fields=_FIELDS)
    return revocation


@action("honours.revoke_conferral")
def end_return(revocation: Revocation, *, reason: str, by: Actor) -> Revocation:
    """Close it although something is still out (lost, beyond recovery), with a reason that stays."""
    del by
    revocation.return_note = check_reason(reason)[:300]
    revocation.return_ended_at = timezone.now()
    revocation.save(update_fields=_FIELDS)
    return revocation


def _check(revocation: Revocation, medal_returned_on: date | None, bonus_returned_fen: int | None) -> None:
    if medal_returned_on is not None and medal_returned_on > timezone.localdate():
        raise Refused(_("收回日期不能在今天之后。"), code="in_future", field="medal_returned_on")
    given = revocation.conferral.bonus_fen or 0
    if bonus_returned_fen is not None and bonus_returned_fen < 0:
        raise Refused(_("追回金额不能小于零。"), code="negative", field="bonus_returned")
    if bonus_returned_fen is not None and bonus_returned_fen > given:
        raise Refused(
            say(_("追回金额超过了发放的奖金 %(given)s 元。"), given=f"{given / 100:,.2f}"),
            code="too_much",
            field="bonus_returned",
        )
