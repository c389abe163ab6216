"""What a web process settles before it loads the house: it ends with its parent, and is told to stop exactly once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType

from granian import _signals
from granian._granian import WorkerSignal

from jiangxin.kernel.jobs.lifeline import PARENT, die_with_parent

SIGNS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def heeded_signs() -> list[signal.Signals]:
    """The signs that stop us: also a closed terminal, unless who started us asked to outlive it (nohup ignores that sign)."""
    outlives = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [sign for sign in SIGNS if not (outlives and sign is signal.SIGHUP)]


def settle_in() -> None:
    """Leave what a group is told to the parent, which passes on one SIGTERM; until the server listens, that simply ends us.

    A second sign would find the lock that the first one took (granian 2) and the process would stand still for ever. It
    came when a terminal, a shell or systemd told all processes. Nothing is settled where the parent is not ours.
    """
    die_with_parent()
    if not os.environ.get(PARENT):
        return
    os.setpgrp()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _signals.set_sync_signals = _listen_for_one


def _listen_for_one() -> WorkerSignal:
    """In place of granian's own."""
    told = WorkerSignal()
    signal.signal(signal.SIGTERM, first_only(lambda _number: told.set()))
    return told


def first_only(tell: Callable[[int], object]) -> Callable[[int, FrameType | None], None]:
    """A handler that passes on the first sign to stop and ignores what follows: it could want a lock the first one holds."""
    turns = [True]

    def heed(number: int, frame: FrameType | None) -> None:
        try:
            turns.pop()  # at once a test and a mark: no second sign comes between
        except IndexError:
            return
        tell(number)

    return heed
