"""The nouns of the log."""

from jiangxin.kernel.events.models.event import Event, EventKind, EventQuerySet, Outcome
from jiangxin.kernel.events.models.log import Checkpoint, HashTile, LogEntry, LogHead, PendingEvent
from jiangxin.kernel.events.models.receipt import Receipt, ReceiptState

__all__ = [
    "Checkpoint",
    "Event",
    "EventKind",
    "EventQuerySet",
    "HashTile",
    "LogEntry",
    "LogHead",
    "Outcome",
    "PendingEvent",
    "Receipt",
    "ReceiptState",
]
