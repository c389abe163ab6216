"""The lives of workers: registration, heartbeat, and taking over from those that died."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events.delivery import release_receipts
from jiangxin.kernel.events.models import Receipt, ReceiptState
from jiangxin.kernel.jobs.models import Worker
from jiangxin.kernel.jobs.running import release_jobs

log = logging.getLogger("jiangxin.jobs")
BEAT_EVERY = 5.0  # seconds
DEAD_AFTER = 60.0  # seconds without a beat, by the observer's own steady clock
_START_TIME_FIELD = 19  # of /proc/PID/stat after the command's closing bracket


def register_worker() -> Worker:
    """Write this process (or thread) into the list of workers."""
    return Worker.objects.create(host=_host(), pid=os.getpid(), process_start=_process_start(os.getpid()))


def beat(worker: Worker) -> None:
    """Say "I live"; registers again if somebody took this worker for dead."""
    now = timezone.now()
    if not Worker.objects.filter(pk=worker.pk).update(beat=F("beat") + 1, seen_at=now):
        worker.seen_at = now
        Worker.objects.bulk_create([worker], ignore_conflicts=True)


class Heartbeat(threading.Thread):
    """Beats from its own thread and connection while a job runs for long."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._worker = worker
        self._stop_asked = threading.Event()

    def run(self) -> None:
        try:
            while not self._stop_asked.wait(BEAT_EVERY):
                try:
                    beat(self._worker)
                except DatabaseError as error:
                    log.warning("heartbeat missed: %s", error)
                    connection.close()
        finally:
            connection.close()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(BEAT_EVERY)


class Watch:
    """Sees workers die: their process is gone from this machine, or their beat stood still for a minute.

    Beats are counted, not dated, and the minute is measured by the steady clock: a changed clock kills nobody.
    """

    def __init__(self, me: str) -> None:
        self._me = me
        self._seen: dict[str, tuple[int, float]] = {}

    def dead(self) -> set[str]:
        """Workers that are dead now, among them those whose work is still marked but who are not in the list."""
        now, listed, dead = time.monotonic(), set(), set()
        for worker in Worker.objects.exclude(pk=self._me):
            listed.add(worker.pk)
            beat_before, since = self._seen.get(worker.pk, (-1, now))
            if worker.beat != beat_before:
                since = now
            self._seen[worker.pk] = (worker.beat, since)
            if now - since > DEAD_AFTER or _is_gone(worker):
                dead.add(worker.pk)
        return dead | (_at_work() - listed - {self._me})

    def take_over(self) -> int:
        """Release the work of dead workers and strike them off; returns how many pieces of work."""
        dead = self.dead()
        released = sum(release_work(worker) for worker in dead)
        if released:
            log.warning("took over %s pieces of work from dead workers", released)
        Worker.objects.filter(pk__in=dead).delete()
        for worker in dead:
            self._seen.pop(worker, None)
        return released


def release_work(worker: str) -> int:
    """Give back everything that is marked as this worker's; returns how many pieces."""
    return release_jobs({worker}) + release_receipts(worker)


def sign_off(worker: Worker) -> None:
    """Leave in order: what this worker still holds goes back, its name is struck off."""
    release_work(worker.pk)
    Worker.objects.filter(pk=worker.pk).delete()


def _at_work() -> set[str]:
    """Whoever is named on work that is marked as running."""
    jobs = DBTaskResult.objects.running().order_by().values_list("worker_ids", flat=True)
    receipts = Receipt.objects.filter(state=ReceiptState.RUNNING).values_list("worker", flat=True)
    return {workers[-1] for workers in jobs if workers} | set(receipts)


def _host() -> str:
    """This machine, boot and process namespace in one text: process numbers can be compared only within it."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
        return " ".join(parts)[:200]
    return ""


def _process_start(pid: int) -> str:
    """When the process started, in ticks since boot; "" if it is gone or the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[_START_TIME_FIELD]


def _is_gone(worker: Worker) -> bool:
    """Whether the worker ran on this machine and its process exists no more."""
    if not worker.host or worker.host != _host():
        return False
    return _process_start(worker.pid) != worker.process_start
