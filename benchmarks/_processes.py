"""What a piece of work costs in each process that takes part, and the memory of all of them together."""

from __future__ import annotations

import os
import resource
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from django.db import connection

EVERY = 1.0  # seconds between two looks at the memory


class Meter:
    """Use it as a context manager, more than once if need be: CPU adds up, memory is the most seen (Linux)."""

    def __init__(self) -> None:
        self.peak_mb = 0
        self._cpu = {"own": 0.0, "child": 0.0, "server": 0.0}
        self._ended = threading.Event()

    def __enter__(self) -> Meter:
        self._began = _cpu_now()
        self._ended.clear()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._watch.join()
        for name, seconds in _cpu_now().items():
            self._cpu[name] += seconds - self._began[name]

    def microseconds(self, rows: int) -> dict[str, float]:
        """CPU for each row by process: this one, the ended children, the database server's."""
        return {name: round(seconds / rows * 1e6, 1) for name, seconds in self._cpu.items() if seconds}

    def _look(self) -> None:
        while True:
            own = os.getpid()
            self.peak_mb = max(self.peak_mb, sum(map(_kilobytes, [own, *_children(own)])) // 1024)
            if self._ended.wait(EVERY):
                return


def _cpu_now() -> dict[str, float]:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "own": time.process_time(),
        "child": children.ru_utime + children.ru_stime,
        "server": _server_seconds(),
    }


def _server_seconds() -> float:
    """CPU of the PostgreSQL process behind our connection, if it is one of this machine."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        lists = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for each in lists for child in each.read_text().split()]
    return []


def _kilobytes(pid: int) -> int:
    """The process's share of memory: pages that several use count once in all."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
