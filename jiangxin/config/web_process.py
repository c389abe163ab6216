"""What a web process settles before it loads the house: it ends with its parent, and is told to stop exactly once."""

from __future__ import annotations

import os
import signal
from types import FrameType

from granian import _signals
from granian._granian import WorkerSignal

from jiangxin.kernel.jobs.lifeline import PARENT, die_with_parent

SIGNS = (signal.SIGINT, signal.SIGTERM)


def settle_in() -> None:
    """Leave interrupts to the parent, which passes on one SIGTERM; until the server listens, that simply ends the process.

    A second sign would find the lock that the first one took (granian 2) and stop the process for ever. It comes when a
    terminal, a shell or systemd tells a whole group. Nothing is settled where the parent is not ours.
    """
    die_with_parent()
    if not os.environ.get(PARENT):
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _signals.set_sync_signals = _listen_for_one


def _listen_for_one() -> WorkerSignal:
    """In place of granian's own: the first SIGTERM stops the server, whatever follows is ignored."""
    told = WorkerSignal()

    def stop(number: int, frame: FrameType | None) -> None:
        for sign in SIGNS:
            signal.signal(sign, signal.SIG_IGN)
        told.set()

    signal.signal(signal.SIGTERM, stop)
    return told
