"""Writes the log as a file of one canonical entry per line, which anyone can check without the platform.

Behind a tab each line gives the words of which the entry holds only digests, with their salts, unless they were
forgotten: {place: [salt, word]}.
"""

from __future__ import annotations

from pathlib import Path

from jiangxin.kernel.events.entries import Row, entry_bytes, event_rows, words_of
from jiangxin.kernel.events.models import LogEntry, LogHead
from jiangxin.kernel.events.plain import canonical

STEP = 1000


def export_log(path: Path) -> int:
    """Write every numbered entry to `path`, in order; returns how many. `offline.py` checks it with a checkpoint."""
    head = LogHead.objects.filter(pk=1).first()
    size = head.size if head else 0
    with path.open("wb") as file:
        for start in range(0, size, STEP):
            entries = LogEntry.objects.filter(sequence__gte=start, sequence__lt=min(start + STEP, size))
            numbered = list(entries.order_by("sequence").values_list("sequence", "event_id"))
            rows = event_rows([event_id for _sequence, event_id in numbered])
            for number, event_id in numbered:
                row = rows.get(event_id)
                lost = canonical({"sequence": number, "lost_event": event_id})
                file.write((lost if row is None else _line(number, row)) + b"\n")
    return size


def _line(number: int, row: Row) -> bytes:
    words = words_of(row)
    return entry_bytes(number, row) + (b"\t" + canonical(words) if words else b"")
