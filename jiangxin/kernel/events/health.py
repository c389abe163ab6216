"""How the log is doing, for the health check and the operator."""

from __future__ import annotations

from jiangxin.kernel.events.models import Checkpoint, LogHead, PendingEvent, Receipt, ReceiptState

MOST_COUNTED = 100_000


def log_health() -> dict[str, object]:
    """Entries in the log, events still without a number, waiting and dead reactions, size of the last checkpoint."""
    head = LogHead.objects.filter(pk=1).first()
    checkpoint = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return {
        "ok": True,
        "entries": head.size if head else 0,
        "pending": PendingEvent.objects.all()[:MOST_COUNTED].count(),
        "reactions_waiting": Receipt.objects.filter(state=ReceiptState.WAITING)[:MOST_COUNTED].count(),
        "reactions_dead": Receipt.objects.filter(state=ReceiptState.DEAD)[:MOST_COUNTED].count(),
        "last_checkpoint": checkpoint,
    }
