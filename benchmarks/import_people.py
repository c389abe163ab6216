"""Import of JX_BENCH_PEOPLE workers (default 1,000,000) from a CSV file, checked, sealed, matched and logged.

The import goes the road of the job in the worker, with its progress. Baselines in the same run: the bare driver writing the very
same rows into the very same tables in batches of the same size, and django-import-export as it comes on JX_BENCH_SAMPLE rows
(default 2,000). Writes into the database it is given, which must hold no people. CPU is told of each process that takes part, the
server's only when it runs on this machine; memory is that of all processes but the server's together, shared pages once.
"""

from __future__ import annotations

import csv
import datetime
import os
import pickle
import random
import tempfile
import time
from collections.abc import Callable
from multiprocessing import Process
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from benchmarks._processes import Meter
from benchmarks._words import GIVEN, SURNAMES, TRADES
from jiangxin.config.tables import load_tables
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.search import drain
from jiangxin.kernel.sheets import actions, jobs
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.text.identity import invented_identity
from jiangxin.orgs.models import Region
from jiangxin.people.models import Person
from jiangxin.people.sheets import PEOPLE_SHEET

BY = SystemActor("bench")
UNITS = 20_000
TABLES = ("people_person", "people_employment", "search_dirty")

Chunk = tuple[list[str], list[tuple[Any, ...]]]


def run() -> dict[str, object]:
    """Rows per second of the check and of the import, peak memory in MB, ratios to the bare driver and to import-export."""
    wanted = int(os.environ.get("JX_BENCH_PEOPLE", "1000000"))
    if Person.objects.exists():
        raise SystemExit("This database holds people already. Give an empty one.")
    if not Region.objects.exists():
        load_tables()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        codes = list(
            Region.objects.current().filter(level="county").values_list("code", flat=True).order_by("code")
        )
        inventor = Process(target=invent, args=(path, wanted, codes))  # its memory is not the import's
        inventor.start()
        inventor.join()
        found, imported = _imported(path, wanted)
        bare, bare_meter = _bare(Path(folder))
        indexed = _indexed()
    sample = min(int(os.environ.get("JX_BENCH_SAMPLE", "2000")), wanted)
    default = sample / _seconds(lambda: _by_import_export(sample))
    return {
        "engine": connection.vendor,
        "rows": wanted,
        **found,
        **indexed,
        "bare_driver_per_second": round(wanted / bare),
        "bare_cpu_microseconds": bare_meter.microseconds(wanted),
        "bare_ratio": round(imported * bare / wanted, 2),
        "import_export_per_second": round(default),
        "import_export_ratio": round(imported / default, 1),
        "load_average": round(os.getloadavg()[0], 1),
    }


def invent(path: Path, rows: int, regions: list[str]) -> None:
    """Write a file of invented workers with possible identity numbers; same number of rows, same file."""
    source = random.Random(20_251_122)
    first_day = datetime.date(1955, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(str(column.header) for column in PEOPLE_SHEET.columns)
        for row in range(rows):
            sex = source.choice(("male", "female"))
            birth_on = first_day + datetime.timedelta(days=source.randrange(18_000))
            home = f"{590_000 + row % 1000:06d}"
            number = invented_identity(source, birth_on=birth_on, sex=sex, region_code=home)
            given = source.choice(GIVEN) + (source.choice(GIVEN) if source.random() < 0.8 else "")
            phone = f"1{source.choice('3578')}{source.randrange(10**9):09d}"
            unit = f"宏远{source.randrange(UNITS)}重工有限公司"
            place = source.choice(regions)
            writer.writerow(
                [source.choice(SURNAMES) + given, {"male": "男", "female": "女"}[sex], number, phone, unit,
                 source.choice(TRADES), place, ""]
            )  # fmt: skip


def _imported(path: Path, wanted: int) -> tuple[dict[str, object], float]:
    runs: list[ImportRun] = []
    scope = actions.ImportScope()
    stored = _seconds(
        lambda: runs.append(actions.upload_sheet(scope, path=path, name=path.name, sheet="people", by=BY))
    )
    run = jobs.enqueue_check(runs[0], by=BY)
    with Meter() as memory:
        checked = _seconds(lambda: jobs.check_import.call(run_uid=run.uid))
        events = Event.objects.count()
        run.refresh_from_db()
        jobs.start_import(run, by=BY)
        with Meter() as meter:
            applied = _seconds(lambda: jobs.apply_import.call(run_uid=run.uid))
    run.refresh_from_db()
    found: dict[str, object] = {
        "imported_per_second": round(wanted / applied),
        "import_cpu_microseconds": meter.microseconds(wanted),
        "checked_per_second": round(wanted / checked),
        "stored_seconds": round(stored, 1),
        "new": run.applied["new"],
        "left_out": run.checked["left_out"],
        "batches": run.batches_done,
        "events": Event.objects.count() - events,
        "peak_mb": memory.peak_mb,
    }
    return found, wanted / applied


def _indexed() -> dict[str, object]:
    """The search index that follows, from the first row to the last; nothing else runs beside it here."""
    rows = 0
    with Meter() as meter:
        began = time.perf_counter()
        while step := drain():
            rows += step
        seconds = time.perf_counter() - began
    return {"indexed_per_second": round(rows / seconds), "index_cpu_microseconds": meter.microseconds(rows)}


def _bare(folder: Path) -> tuple[float, Meter]:
    """Seconds the driver alone needs for the same rows: read out and deleted beforehand, outside the measured time."""
    chunks = [_read_out(folder, table) for table in TABLES]
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(TABLES):
            cursor.execute(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {', '.join(TABLES)}")
    seconds, meter = 0.0, Meter()
    for together in zip(*chunks, strict=True):
        loaded = [pickle.loads(path.read_bytes()) for path in together]  # noqa: S301 - our own files
        with meter:
            began = time.perf_counter()
            with transaction.atomic():
                for table, chunk in zip(TABLES, loaded, strict=True):
                    _write(table, chunk)
            seconds += time.perf_counter() - began
    return seconds, meter


def _read_out(folder: Path, table: str) -> list[Path]:
    """The rows of a table as the driver takes them, a file a batch."""
    paths = []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(PEOPLE_SHEET.batch_rows):
            paths.append(folder / f"{table}-{len(paths)}")
            paths[-1].write_bytes(pickle.dumps((names, [_as_driven(row) for row in rows])))
    return paths


def _as_driven(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Days and moments as SQLite's driver takes them without converting: texts."""
    if connection.vendor == "postgresql":
        return row
    return tuple(str(value) if isinstance(value, datetime.date) else value for value in row)


def _write(table: str, chunk: Chunk) -> None:
    names, rows = chunk
    columns = ", ".join(names)
    if connection.vendor == "postgresql":
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join("?" * len(names))
    connection.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _by_import_export(rows: int) -> None:
    """The library's own way with nothing switched on or off."""
    from import_export.resources import modelresource_factory  # noqa: PLC0415 - optional: only here
    from tablib import Dataset  # noqa: PLC0415 - optional: only here

    fields = ("id", "name", "name_key", "sex", "id_number", "phone", "unit_text", "post_text")
    resource_class = modelresource_factory(Person, meta_options={"fields": fields})
    data = Dataset(headers=fields)
    for number in range(rows):
        data.append(
            ["", f"王{number}", f"王{number}", "male", f"{number:018d}", "13812345678", "宏远", "焊工"]
        )
    result = resource_class().import_data(data)
    if result.has_errors() or result.totals["new"] != rows:
        raise SystemExit("import-export did not import its sample")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
