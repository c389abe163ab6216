"""The public page of one worker among a million: time in the server, and the matching of a new record against all of them.

Number of workers by JX_BENCH_ROWS (default 1,000,000); each has two passport entries. Needs an empty database.
"""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from benchmarks._frame import times
from benchmarks._words import GIVEN, SURNAMES
from jiangxin.kernel.sheets.bulk import bulk_insert, reserve_ids
from jiangxin.kernel.text.ids import new_uid
from jiangxin.people.matching.candidates import pairs_worth_asking
from jiangxin.people.models import PassportEntry, Person, Source

PAGES = 300
NOW = datetime.now(UTC)
BATCH = 10_000
EMPTY = {"id_number_index", "birth_on", "region", "org", "canonical", "limited_at", "happened_on", "corrects"}
PERSON = [field.column for field in Person._meta.concrete_fields if field.name not in EMPTY]
ENTRY = [field.column for field in PassportEntry._meta.concrete_fields if field.name not in {*EMPTY, "id"}]


def run() -> dict[str, object]:
    """Milliseconds of the page as [p50, p95] and of matching one new record; the bare queries of the page as baseline."""
    rows = int(os.environ.get("JX_BENCH_ROWS", "1000000"))
    if Person.objects.exists():
        raise SystemExit(
            "This database holds people already; the benchmark would spoil it. Give an empty one."
        )
    settings.ALLOWED_HOSTS = ["testserver"]
    source = Source.objects.create(kind="list", title="公布名单（测速）", url="https://example.org/list")
    _fill(rows, source)
    chosen = random.Random(7).sample(list(Person.objects.values_list("pk", "uid")[:rows]), PAGES)
    client = Client()
    client.get(f"/p/{chosen[0][1]}/")
    page = times([lambda uid=uid: _page(client, uid) for _pk, uid in chosen])
    bare = times([lambda pk=pk: _bare(pk) for pk, _uid in chosen])
    matching = times([lambda pk=pk: list(pairs_worth_asking([pk])) for pk, _uid in chosen[:50]])
    return {
        "engine": connection.vendor,
        "people": rows,
        "page_ms": page,
        "bare_queries_ms": bare,
        "page_to_bare": round(page[0] / bare[0], 1),
        "matching_one_ms": matching,
    }


def _fill(rows: int, source: Source) -> None:
    names = random.Random(1)
    for start in range(0, rows, BATCH):
        count = min(BATCH, rows - start)
        with transaction.atomic():
            ids = reserve_ids(Person, count)
            bulk_insert(Person, PERSON, [_person(key, names, source) for key in ids])
            bulk_insert(
                PassportEntry, ENTRY, [_entry(key, year, source) for key in ids for year in (2015, 2021)]
            )


def _person(key: int, names: random.Random, source: Source) -> tuple[Any, ...]:
    name = names.choice(SURNAMES) + "".join(names.choices(GIVEN, k=2))
    known = {
        "id": key,
        "uid": new_uid(),
        "name": name,
        "name_key": name,
        "unit_text": f"第{names.randrange(20_000)}机械厂",
        "post_text": "焊工",
        "state": "active",
        "is_public": True,
        "source_id": source.pk,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return tuple(known.get(column, "") for column in PERSON)


def _entry(key: int, year: int, source: Source) -> tuple[Any, ...]:
    known = {
        "uid": new_uid(),
        "person_id": key,
        "kind": "people.milestone",
        "title": f"{year} 年劳动竞赛一等奖",
        "year": year,
        "source_id": source.pk,
        "evidence": "{}",
        "retracted": False,
        "is_public": True,
        "created_by": "system:bench",
        "created_at": NOW,
    }
    return tuple(known.get(column, "") for column in ENTRY)


def _page(client: Client, uid: str) -> None:
    if client.get(f"/p/{uid}/").status_code != 200:
        raise SystemExit(f"the page of {uid} does not answer")


def _bare(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person WHERE id = %s", [pk])
        cursor.fetchall()
        cursor.execute("SELECT * FROM people_passportentry WHERE person_id = %s", [pk])
        cursor.fetchall()
