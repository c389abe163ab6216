"""A register of invented workers, for benchmarks of its pages."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from benchmarks._frame import fill, settle
from benchmarks._words import BUSINESS, GIVEN, PLACES, SURNAMES, TRADES
from jiangxin.honours.models import Conferral, Honour
from jiangxin.kernel.search import drain, mark
from jiangxin.kernel.sheets.bulk import reserve_ids
from jiangxin.kernel.text.ids import new_uid
from jiangxin.kernel.text.names import name_key
from jiangxin.orgs.models import Region
from jiangxin.people.models import PassportEntry, Person, Source
from jiangxin.people.queries.search import KIND

BATCH = 10_000
NOW = datetime.now(UTC)


class World:
    """Invented workers with one honour each, the same ones every time; of `paths`, each stands at one (each place equally often)."""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self.paths = paths
        self.source = Source.objects.create(
            kind="list", title="公布名单（测速）", url="https://example.org/list"
        )
        self.chance = random.Random(3)
        self.honours = list(Honour.objects.order_by("rank"))
        self.regions = list(Region.objects.current().filter(level="county").values_list("pk", flat=True))

    def grow(self, count: int) -> int:
        """Add so many workers and index them; returns indexed rows per second."""
        made: list[int] = []
        for start in range(0, count, BATCH):
            with transaction.atomic():
                ids = reserve_ids(Person, min(BATCH, count - start))
                people = [self._person(key) for key in ids]
                fill(Person, people)
                given = [self._conferral(person) for person in people]
                fill(Conferral, given)
                fill(PassportEntry, [self._entry(each) for each in given])
                mark(KIND, ids)
            made += ids
        settle()
        began = time.perf_counter()
        while drain():
            pass
        spent = time.perf_counter() - began
        settle()
        return round(len(made) / spent) if made else 0

    def _person(self, key: int) -> dict[str, Any]:
        pick = self.chance.choice
        name = pick(SURNAMES) + "".join(self.chance.choices(GIVEN, k=2))
        return {
            "id": key,
            "uid": new_uid(),
            "name": name,
            "name_key": name_key(name),
            "unit_text": f"{pick(PLACES)}{pick(BUSINESS)}第{self.chance.randrange(400)}厂",
            "post_text": pick(TRADES),
            "region_id": pick(self.regions),
            "opath": pick(self.paths) if self.paths else "",
            "state": "active",
            "is_public": True,
            "source_id": self.source.pk,
            "created_at": NOW,
            "updated_at": NOW,
        }

    def _conferral(self, person: dict[str, Any]) -> dict[str, Any]:
        honour = self.chance.choice(self.honours)
        return {
            "uid": new_uid(),
            "honour_id": honour.pk,
            "person_id": person["id"],
            "year": self.chance.randrange(1980, 2026),
            "unit_text": person["unit_text"],
            "post_text": person["post_text"],
            "opath": person["opath"],
            "source_id": self.source.pk,
            "state": "conferred",
            "printed_title": honour.title,
            "note": honour.code,
            "created_at": NOW,
        }

    def _entry(self, conferral: dict[str, Any]) -> dict[str, Any]:
        return {
            "uid": new_uid(),
            "person_id": conferral["person_id"],
            "kind": "honours.conferral",
            "title": conferral["printed_title"],
            "year": conferral["year"],
            "source_id": self.source.pk,
            "evidence": json.dumps({"honour": conferral["note"]}),
            "is_public": True,
            "created_by": "system:bench",
            "created_at": NOW,
        }
