"""What goes into the index and what comes out: documents, queries, pages of hits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

COUNT_CAP = 10_000
"""Counts stop here; a page then says "10,000+"."""
CANDIDATE_CAP = 1_000
"""Ranking and facet counts look at the newest so many candidates."""
MOST_HITS = 200

Order = Literal["newest", "ranked", "name"]
_FACET_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
_NOT_IN_FACETS = re.compile(r"[^\w.-]+")
_PATH = re.compile(r"(?:[0-9A-Za-z]{4})*")


@dataclass(frozen=True, slots=True)
class Doc:
    """One thing as the index knows it.

    `title`, `unit` and `body` are searched, in this order of weight. `names` are names of a person (current first): they are
    also found by pinyin and initials. `facets` maps a key such as "year" to its values; a region gives all its levels
    ("23", "2301"). Only what may be read by whoever may search belongs in here; identity numbers never do.
    """

    kind: str
    object_id: int
    title: str
    unit: str = ""
    body: str = ""
    opath: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Sequence[str] = ()
    is_public: bool = False
    updated_at: datetime | None = None

    def __post_init__(self) -> None:
        if not is_path(self.opath):
            raise ValueError(f"path {self.opath!r}")
        for key, values in self.facets.items():
            if isinstance(values, str) or not is_facet_key(key):
                raise ValueError(f"facet {key!r}: {values!r}")


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Words of `text` must all occur; values of one facet are alternatives, different facets all apply.

    `scope_path` keeps to one organisation and everything below it. `order`: "newest" first into the index, "ranked" by where
    the words stand, "name" by pinyin. `after` is the `next_cursor` of the page before. `with_count` and `with_facets`
    ask for what costs extra.
    """

    kind: str
    text: str = ""
    scope_path: str = ""
    facets: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    order: Order = "newest"
    public_only: bool = False
    limit: int = 20
    after: str = ""
    with_count: bool = True
    with_facets: bool = False


class Hit(NamedTuple):
    """One thing found; `where` is "title", "unit", "body", "reading" or "" and says where the first word stands."""

    object_id: int
    title: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Hits with the count of all.

    `count_is_capped`: there are more than `COUNT_CAP`. `facets_are_sampled`: counted over the newest `CANDIDATE_CAP` only.
    """

    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    count_is_capped: bool = False
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    facets_are_sampled: bool = False
    next_cursor: str = ""

    @property
    def ids(self) -> list[int]:
        """The object ids of the hits, in order."""
        return [hit.object_id for hit in self.hits]


def is_facet_key(key: str) -> bool:
    """Tell whether a facet can have this name: small letters, digits and underscores."""
    return _FACET_KEY.fullmatch(key) is not None


def facet_value(value: str) -> str:
    """A facet value as it is kept and asked for: letters, digits, dots and hyphens; anything else becomes a hyphen."""
    return _NOT_IN_FACETS.sub("-", value)[:64]


def is_path(opath: str) -> bool:
    """Tell whether a text can be the path of an organisation: segments of four letters or digits, or none."""
    return _PATH.fullmatch(opath) is not None
