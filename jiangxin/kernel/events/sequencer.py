"""The sequencer: gives committed events their numbers, grows the tree and hands announcements to their reactions."""

from __future__ import annotations

from django.db import transaction

from jiangxin.kernel.events.entries import Row, entry_bytes, event_rows, read_tiles
from jiangxin.kernel.events.merkle import EMPTY_ROOT, leaf_hash
from jiangxin.kernel.events.models import EventKind, HashTile, LogEntry, LogHead, PendingEvent, Receipt
from jiangxin.kernel.events.outbox import reactions_to
from jiangxin.kernel.events.plain import canonical
from jiangxin.kernel.events.tiles import Tree, grow, read_through

BATCH = 1000
_KIND, _NAME = 3, 4  # columns of a Row


def sequence(limit: int = BATCH) -> int:
    """Number up to `limit` waiting events; returns how many. Safe to run from many workers at once.

    The waiting room holds exactly the committed events without a number, however late they were committed, so none is
    skipped; whoever numbers holds the head's lock and empties the room in the same transaction, so none is doubled.
    """
    if not PendingEvent.objects.exists():
        return 0
    with transaction.atomic():
        head = _locked_head()
        ids = list(PendingEvent.objects.order_by("event_id").values_list("event_id", flat=True)[:limit])
        if ids:
            found = event_rows(ids)
            _append(head, ids, found)
            PendingEvent.objects.filter(event_id__in=ids).delete()
    return len(ids)


def _locked_head() -> LogHead:
    """The head's row, made on first use; on SQLite the IMMEDIATE transaction is the lock."""
    LogHead.objects.bulk_create([LogHead(id=1, size=0, root=EMPTY_ROOT)], ignore_conflicts=True)
    return LogHead.objects.select_for_update().get(pk=1)


def _append(head: LogHead, ids: list[int], found: dict[int, Row]) -> None:
    start = head.size
    leaves = [leaf_hash(_entry(start + nth, event_id, found)) for nth, event_id in enumerate(ids)]
    LogEntry.objects.bulk_create(
        [LogEntry(sequence=start + nth, event_id=event_id) for nth, event_id in enumerate(ids)]
    )
    changed = grow(start, leaves, read_tiles)
    HashTile.objects.bulk_create(
        [HashTile(level=level, index=index, hashes=blob) for (level, index), blob in changed.items()],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
    )
    head.size = start + len(ids)
    head.root = Tree(head.size, read_through(changed, read_tiles)).root()
    head.save(update_fields=["size", "root"])
    _hand_out(start, [(nth, found[event_id]) for nth, event_id in enumerate(ids) if event_id in found])


def _entry(sequence: int, event_id: int, found: dict[int, Row]) -> bytes:
    """The bytes to hash; an event that was removed while it waited keeps its place, so that its loss is seen."""
    if event_id in found:
        return entry_bytes(sequence, found[event_id])
    return canonical({"sequence": sequence, "lost_event": event_id})


def _hand_out(start: int, rows: list[tuple[int, Row]]) -> None:
    """A receipt for every reaction to every announcement among the rows."""
    receipts = [
        Receipt(event_id=row[0], sequence=start + nth, reaction=reaction.code)
        for nth, row in rows
        if row[_KIND] == EventKind.ANNOUNCEMENT
        for reaction in reactions_to(row[_NAME])
    ]
    Receipt.objects.bulk_create(receipts, batch_size=500)


def log_tree() -> Tree:
    """The tree of the log as it stands now, for proofs."""
    head = LogHead.objects.filter(pk=1).first()
    return Tree(head.size if head else 0, read_tiles)
