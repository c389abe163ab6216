"""The log: events appended per second in batches and numbered, proofs at a great length, against naive ways in the same run.

Rows by JX_BENCH_EVENTS (default 50,000) and the length for the proofs by JX_BENCH_ENTRIES (default 1,000,000); proofs need only
the hash tiles, so the tree is grown to that length from invented leaf hashes after the events were measured and verified.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from hashlib import sha256

from django.db import connection, transaction

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, record_reading, record_readings
from jiangxin.kernel.events.entries import read_tiles
from jiangxin.kernel.events.merkle import Frontier, check_consistency, check_inclusion
from jiangxin.kernel.events.models import HashTile, LogHead
from jiangxin.kernel.events.sequencer import log_tree, sequence
from jiangxin.kernel.events.tiles import grow
from jiangxin.kernel.events.verify import verify_log

BY = SystemActor("bench")
REASON = "核对年度评选材料"
STEP = 1 << 16
ONE_BY_ONE = 2000
PROOFS = 300


def run() -> dict[str, object]:
    """Events per second, entries verified per second, proofs in ms as [p50, p95], bytes per entry, and ratios."""
    events = int(os.environ.get("JX_BENCH_EVENTS", "50000"))
    entries = int(os.environ.get("JX_BENCH_ENTRIES", "1000000"))
    if Event.objects.exists():
        raise SystemExit(
            "This database holds a log already; the benchmark would spoil it. Give an empty one."
        )
    things = [HashTile(pk=number, level=0, index=number) for number in range(1000)]

    def append_in_batches() -> None:
        for _batch in range(events // len(things)):
            with transaction.atomic():
                record_readings(things, field="id_number", reason=REASON, by=BY)

    def append_one_by_one() -> None:
        for number in range(ONE_BY_ONE):
            record_reading(things[number % len(things)], field="id_number", reason=REASON, by=BY)

    batched = events / _seconds(append_in_batches)
    single = ONE_BY_ONE / _seconds(append_one_by_one)
    total = events + ONE_BY_ONE
    numbered = total / _seconds(_number_all)
    verified = total / _seconds(verify_log)
    return {
        "engine": connection.vendor,
        "events": events,
        "appended_per_second": round(batched),
        "one_by_one_per_second": round(single),
        "append_ratio": round(batched / single, 1),
        "numbered_per_second": round(numbered),
        "appended_and_numbered_per_second": round(1 / (1 / batched + 1 / numbered)),
        "verified_per_second": round(verified),
        **_proofs(entries),
    }


def _proofs(entries: int) -> dict[str, object]:
    growing = _seconds(lambda: _grow_to(entries))
    source, root = random.Random(7), log_tree().root()
    inclusion, consistency = [], []
    for _proof in range(PROOFS):
        index, first = source.randrange(entries), source.randrange(1, entries)
        began = time.perf_counter()
        path = log_tree().inclusion(index)
        inclusion.append(time.perf_counter() - began)
        check_inclusion(log_tree().leaf(index), index, entries, path, root)
        began = time.perf_counter()
        path = log_tree().consistency(first)
        consistency.append(time.perf_counter() - began)
    check_consistency(entries, entries, [], root, root)
    naive = _seconds(lambda: _root_from_leaves(entries))
    return {
        "entries": entries,
        "inclusion_ms": _p50_p95(inclusion),
        "consistency_ms": _p50_p95(consistency),
        "naive_proof_ms": round(naive * 1000),
        "proof_ratio": round(naive / sorted(inclusion)[PROOFS // 2]),
        "grown_per_second": round(entries / growing),
        "tile_bytes_per_entry": round(_tile_bytes() / entries, 2),
    }


def _number_all() -> None:
    while sequence():
        pass


def _grow_to(entries: int) -> None:
    """Grow the tree from its present length with invented leaf hashes."""
    size = LogHead.objects.get().size
    while size < entries:
        step = min(STEP, entries - size)
        leaves = [sha256(number.to_bytes(8)).digest() for number in range(size, size + step)]
        with transaction.atomic():
            tiles = grow(size, leaves, read_tiles)
            HashTile.objects.bulk_create(
                [HashTile(level=level, index=index, hashes=blob) for (level, index), blob in tiles.items()],
                update_conflicts=True,
                unique_fields=["level", "index"],
                update_fields=["hashes"],
            )
            size += step
            LogHead.objects.update(size=size)


def _root_from_leaves(entries: int) -> bytes:
    """What a proof costs without tiles: read every leaf hash and hash the whole tree."""
    frontier = Frontier()
    tiles = HashTile.objects.filter(level=0).order_by("index").values_list("hashes", flat=True)
    for blob in tiles.iterator(chunk_size=100):
        for at in range(0, len(blob), 32):
            frontier.append(bytes(blob[at : at + 32]))
    return frontier.root()


def _tile_bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(LENGTH(hashes)) FROM events_hashtile")
        return int(cursor.fetchone()[0])


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _p50_p95(times: list[float]) -> list[float]:
    ordered = sorted(times)
    return [round(ordered[len(ordered) * part // 100] * 1000, 2) for part in (50, 95)]
