"""What several benchmarks share: times as [p50, p95], rows filled in bulk, a server of our own, a settled database."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection, models

from jiangxin.kernel.sheets.bulk import bulk_insert

START_SECONDS = 30


def times(calls: Iterable[Callable[[], object]]) -> list[float]:
    """[p50, p95] in milliseconds, each call once."""
    spent = []
    for call in calls:
        begin = time.perf_counter()
        call()
        spent.append((time.perf_counter() - begin) * 1000)
    spent.sort()
    return [round(spent[len(spent) // 2], 2), round(spent[int(len(spent) * 0.95)], 2)]


def fill(model: type[models.Model], known: Iterable[dict[str, Any]]) -> int:
    """Insert rows in bulk; values by column, what is not given takes the field's own default."""
    fields = list(model._meta.concrete_fields)
    rows = list(known)
    if "id" not in (rows[0] if rows else {}):
        fields = [field for field in fields if not field.primary_key]
    columns = [field.column for field in fields]
    return bulk_insert(
        model,
        columns,
        ([each[f.column] if f.column in each else f.get_default() for f in fields] for each in rows),
    )


def settle() -> None:
    """Give the planner its figures, as a database does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def server() -> Iterator[int]:
    """The embedded server on this home and database; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "jiangxin.config.cli", "serve"]
    running = subprocess.Popen(
        command, env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1"}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def pages_per_second(port: int, addresses: Sequence[str], *, seconds: float, callers: int = 4) -> float:
    """How many pages a second the server gives to some callers with open connections; each answer must be 200."""
    counts, wrong = [0] * callers, []
    until = time.monotonic() + seconds

    def call(nth: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = nth
        while time.monotonic() < until and not wrong:
            line.request("GET", addresses[turn % len(addresses)])
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)
            counts[nth] += 1
            turn += callers
        line.close()

    threads = [threading.Thread(target=call, args=(nth,)) for nth in range(callers)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"the server answered {wrong[0]}")
    return sum(counts) / (time.monotonic() - began)
