"""Flow of a claim: a user proposes, an officer decides, the user may withdraw before that."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.states import Flow, Move, State

CLAIM = Flow(
    "accounts.claim",
    field="state",
    states=(
        State("proposed", _("待核对")),
        State("confirmed", _("已确认"), final=True),
        State("refused", _("未通过"), final=True),
        State("withdrawn", _("已撤回"), final=True),
    ),
    moves=(
        Move("confirm", "proposed", "confirmed", _("确认是本人")),
        Move("refuse", "proposed", "refused", _("不予确认")),
        Move("withdraw", "proposed", "withdrawn", _("撤回申请")),
    ),
)
