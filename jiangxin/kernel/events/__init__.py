"""Append-only events: audit trail, outbox and Merkle log.

Names are fetched on first use, because this package is itself an app and its models load later than it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiangxin.kernel.events.append_only import AppendOnly
    from jiangxin.kernel.events.checkpoints import make_checkpoint
    from jiangxin.kernel.events.context import acting, current_action, current_actor, in_request
    from jiangxin.kernel.events.forgetting import forget_words
    from jiangxin.kernel.events.health import log_health
    from jiangxin.kernel.events.models import Event, EventKind, Outcome
    from jiangxin.kernel.events.outbox import on, registered_reactions
    from jiangxin.kernel.events.record import (
        announce,
        announce_many,
        record_action,
        record_reading,
        record_readings,
        record_refusal,
        record_security,
        refusals_kept,
    )
    from jiangxin.kernel.events.verify import verify_log

__all__ = [
    "AppendOnly",
    "Event",
    "EventKind",
    "Outcome",
    "acting",
    "announce",
    "announce_many",
    "current_action",
    "current_actor",
    "forget_words",
    "in_request",
    "log_health",
    "make_checkpoint",
    "on",
    "record_action",
    "record_reading",
    "record_readings",
    "record_refusal",
    "record_security",
    "refusals_kept",
    "registered_reactions",
    "verify_log",
]

_HOMES = {
    "append_only": ("AppendOnly",),
    "checkpoints": ("make_checkpoint",),
    "context": ("acting", "current_action", "current_actor", "in_request"),
    "forgetting": ("forget_words",),
    "health": ("log_health",),
    "models": ("Event", "EventKind", "Outcome"),
    "outbox": ("on", "registered_reactions"),
    "record": (
        "announce",
        "announce_many",
        "record_action",
        "record_reading",
        "record_readings",
        "record_refusal",
        "record_security",
        "refusals_kept",
    ),
    "verify": ("verify_log",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
