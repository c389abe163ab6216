"""A lifeline to the parent process: a child whose parent is gone, however it went, stops by itself."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "JX_PARENT"
PR_SET_PDEATHSIG = 1  # prctl(2)
GRACE_SECONDS = 15.0
LINUX = sys.platform.startswith("linux")


def die_with_parent() -> None:
    """Ask the kernel (Linux) for SIGTERM when the parent named in JX_PARENT ends; nothing happens elsewhere.

    Who then does not stop within a quarter of a minute is ended: its jobs run again later, so nothing is lost.
    """
    parent = os.environ.get(PARENT, "")
    if not parent or not LINUX:
        return
    if not end_with(int(parent), signal.SIGTERM):
        sys.exit(0)
    threading.Thread(target=_end_orphan, args=(int(parent),), daemon=True).start()


def end_with(parent: int, sign: signal.Signals) -> bool:
    """Have the kernel (Linux) send the sign when the parent ends; False when it is gone already."""
    if LINUX:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
    return os.getppid() == parent


def _end_orphan(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    time.sleep(GRACE_SECONDS)
    os._exit(0)
