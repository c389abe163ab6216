"""The worker: one loop that numbers events, delivers reactions, keeps the timetable, runs jobs and watches its peers."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections

from jiangxin.kernel import search
from jiangxin.kernel.events.delivery import bury_orphans, deliver
from jiangxin.kernel.events.delivery import mend_clock as mend_receipts
from jiangxin.kernel.events.sequencer import sequence
from jiangxin.kernel.jobs import lives
from jiangxin.kernel.jobs.models import Worker
from jiangxin.kernel.jobs.running import mend_clock as mend_jobs
from jiangxin.kernel.jobs.running import run_next
from jiangxin.kernel.jobs.timetable import enqueue_due

log = logging.getLogger("jiangxin.jobs")
IDLE = 0.5  # seconds between two looks when there is nothing to do
LOOK_AROUND_EVERY = 10.0  # seconds between two looks after peers and clocks
TIMETABLE_EVERY = 1.0
INDEX_BATCH = 2_000  # half a second of a busy processor
INDEX_PAUSE = 30.0  # seconds before the index is tried again after a fault
AFTER_TROUBLE = 2.0  # seconds to wait when the database does not answer


def run_worker(*, once: bool = False, stop_event: threading.Event | None = None) -> int:
    """Work until told to stop (or, with `once`, until nothing is due); returns how many pieces of work were done.

    Stops after the piece in hand on SIGTERM, SIGINT or `stop_event`; a second signal stops in the middle, and what was
    in hand goes back to the queue. In a thread other than the main one only `stop_event` stops it.
    """
    loop = _Loop(stop_event or threading.Event())
    with loop.listening_to_signals(), loop.living():
        return loop.until_quiet() if once else loop.until_stopped()


def drain() -> int:
    """Number, deliver and run all that is due now, here; returns how many pieces of work.

    For tests, the demo world and commands. What failed and waits to be tried again is not waited for.
    """
    loop = _Loop(threading.Event())
    with loop.living():
        return loop.work_off()


class _Loop:
    def __init__(self, stop_event: threading.Event) -> None:
        self._stop_event = stop_event
        self._stop_asked = False
        self._worker: Worker | None = None
        self._in_trouble = False
        self._next_timetable = self._next_look = self._next_index = 0.0

    def stopping(self) -> bool:
        return self._stop_asked or self._stop_event.is_set()

    def until_quiet(self) -> int:
        self._keep_time()
        return self.work_off()

    def work_off(self) -> int:
        done = 0
        while not self.stopping() and (worked := self._round()):
            done += worked
        return done

    def _round(self) -> int:
        """One turn: waiting events get their numbers, then some reactions, one job, some of the search index."""
        numbered = sequence()
        delivered = deliver(50, worker=self._uid())
        return numbered + delivered + int(run_next(self._uid())) + self._index()

    def _index(self) -> int:
        """Bring some of the search index up to date; a kind that cannot be described waits and harms nothing else."""
        if time.monotonic() < self._next_index:
            return 0
        try:
            return search.drain(INDEX_BATCH)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("the search index stands still")
            self._next_index = time.monotonic() + INDEX_PAUSE
            return 0

    def until_stopped(self) -> int:
        done = 0
        while not self.stopping():
            try:
                close_old_connections()
                self._recover()
                self._keep_time()
                worked = self._round()
            except (DatabaseError, InterfaceError) as error:
                log.warning("the database does not answer: %s", error)
                connection.close()
                self._in_trouble = True
                self._stop_event.wait(AFTER_TROUBLE)
                continue
            done += worked
            if not worked:
                self._stop_event.wait(IDLE)
        return done

    def _recover(self) -> None:
        """After the database failed in the middle of a piece of work: give that piece back."""
        if self._in_trouble:
            lives.release_work(self._uid())
            self._in_trouble = False

    def _uid(self) -> str:
        return self._worker.pk if self._worker else ""

    def _keep_time(self) -> None:
        """The timetable every second, peers and clocks every ten, by the steady clock."""
        now = time.monotonic()
        if now >= self._next_timetable:
            self._next_timetable = now + TIMETABLE_EVERY
            enqueue_due()
        if now >= self._next_look:
            self._next_look = now + LOOK_AROUND_EVERY
            self._watch.take_over()
            mend_jobs()
            mend_receipts()
            bury_orphans()

    @contextmanager
    def living(self) -> Iterator[None]:
        """Registered and beating inside the block; inside a transaction (tests) there is no second connection to beat on."""
        self._worker = lives.register_worker()
        self._watch = lives.Watch(self._worker.pk)
        heartbeat = None if connection.in_atomic_block else lives.Heartbeat(self._worker)
        if heartbeat:
            heartbeat.start()
        try:
            yield
        finally:
            if heartbeat:
                heartbeat.stop()
            self._leave(self._worker)

    def _leave(self, worker: Worker) -> None:
        try:
            lives.sign_off(worker)
        except (DatabaseError, InterfaceError) as error:
            log.warning("could not sign off: %s", error)
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()

    @contextmanager
    def listening_to_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._asked) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        """Only sets a flag: a lock taken in here could be the one that was just interrupted."""
        if self._stop_asked:
            raise SystemExit(128 + number)
        self._stop_asked = True
