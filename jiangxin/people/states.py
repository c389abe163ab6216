"""Flows of the worker's standing, of link proposals, of disputes and of requests about the whole record."""

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.states import Flow, Move, State
from jiangxin.people.words import DisputeState, LinkState, PersonState, RightState

_LEFT = {
    PersonState.MOVED: ("mark_moved", _("标为已调离")),
    PersonState.RETIRED: ("mark_retired", _("标为已退休")),
    PersonState.ABROAD: ("mark_abroad", _("标为在国外")),
    PersonState.UNREACHABLE: ("mark_unreachable", _("标为失去联系")),
    PersonState.DECEASED: ("mark_deceased", _("标为已去世")),
}

PERSON_FLOW = Flow(
    "people.person",
    field="state",
    states=tuple(State(state.value, state.label) for state in PersonState),
    moves=(
        *(
            Move(name, source.value, target.value, title)
            for target, (name, title) in _LEFT.items()
            for source in PersonState
            if source not in (target, PersonState.DECEASED)
        ),
        *(Move("return", source.value, PersonState.ACTIVE.value, _("恢复在岗")) for source in _LEFT),
    ),
)

LINK_FLOW = Flow(
    "people.link",
    field="state",
    states=tuple(State(state.value, state.label) for state in LinkState),
    moves=(
        Move("confirm", LinkState.PROPOSED, LinkState.CONFIRMED, _("认定为同一人")),
        Move("refuse", LinkState.PROPOSED, LinkState.REFUSED, _("认定不是同一人")),
        Move("undo", LinkState.CONFIRMED, LinkState.UNDONE, _("撤回认定")),
        Move("undo", LinkState.REFUSED, LinkState.UNDONE, _("撤回认定")),
        Move("confirm", LinkState.UNDONE, LinkState.CONFIRMED, _("认定为同一人")),
        Move("refuse", LinkState.UNDONE, LinkState.REFUSED, _("认定不是同一人")),
    ),
)

DISPUTE_FLOW = Flow(
    "people.dispute",
    field="state",
    states=(
        State(DisputeState.OPEN, DisputeState.OPEN.label),
        State(DisputeState.UPHELD, DisputeState.UPHELD.label),
        State(DisputeState.REFUSED, DisputeState.REFUSED.label),
        State(DisputeState.CLOSED, DisputeState.CLOSED.label, final=True),
    ),
    moves=(
        Move("uphold", DisputeState.OPEN, DisputeState.UPHELD, _("采纳")),
        Move("refuse", DisputeState.OPEN, DisputeState.REFUSED, _("不采纳")),
        Move("withdraw", DisputeState.OPEN, DisputeState.CLOSED, _("本人撤回")),
        Move("close", DisputeState.UPHELD, DisputeState.CLOSED, _("办结")),
        Move("close", DisputeState.REFUSED, DisputeState.CLOSED, _("办结")),
    ),
)

RIGHT_FLOW = Flow(
    "people.right",
    field="state",
    states=(
        State(RightState.OPEN, RightState.OPEN.label),
        State(RightState.GRANTED, RightState.GRANTED.label, final=True),
        State(RightState.REFUSED, RightState.REFUSED.label, final=True),
        State(RightState.WITHDRAWN, RightState.WITHDRAWN.label, final=True),
    ),
    moves=(
        Move("grant", RightState.OPEN, RightState.GRANTED, _("同意并办理")),
        Move("refuse", RightState.OPEN, RightState.REFUSED, _("不同意")),
        Move("withdraw", RightState.OPEN, RightState.WITHDRAWN, _("本人撤回")),
    ),
)
