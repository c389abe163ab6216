"""What is compared of one record: plain values gathered beforehand, so that comparing needs no database."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit as printed and, when resolved, the employer with its relatives and its other names."""

    text: str
    employer: int | None = None
    parent: int | None = None
    successor: int | None = None
    aliases: tuple[str, ...] = ()


class HonourFact(NamedTuple):
    """An honour in the passport: what, when, from which list, how high (1 is highest, 0 unknown)."""

    title: str
    year: int
    source: int | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """One record for comparison; ``region`` is today's six-digit code, other names are keys."""

    id: int
    name: str
    name_key: str
    pinyin: str = ""
    other_keys: frozenset[str] = frozenset()
    sex: str = ""
    ethnic: str = ""
    birth_on: datetime.date | None = None
    birth_precision: str = ""
    identity: str = ""
    region: str = ""
    posts: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    honours: tuple[HonourFact, ...] = field(default=())

    @property
    def keys(self) -> frozenset[str]:
        """Every name key of the record."""
        return self.other_keys | {self.name_key}
