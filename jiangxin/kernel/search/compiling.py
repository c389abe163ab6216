"""From a query to index terms, and from a candidate back to whether and where it really matches.

The text of a query is data: it is cut into runs of letters, so no character of it can act as syntax of an engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from jiangxin.kernel.search.docs import Query, facet_value, is_facet_key, is_path
from jiangxin.kernel.search.terms import LONGEST_WORD, facet_term, fold, runs, scope_term, starts_with_han
from jiangxin.kernel.text.folding import HAN

MOST_CHARACTERS = 1_000
MOST_PIECES = 16
MOST_TERMS = 32
_PIECES = re.compile(f"(?:[^\\W_]|[{HAN}])+")
_WORD_BEFORE = f"(?<![^\\W_{HAN}])"
_PLACES = ("title", "unit", "body")
_WEIGHTS = {"title": 4, "reading": 3, "unit": 2, "body": 1, "": 0}


class Term(NamedTuple):
    """One index term without its opening character; a prefix matches every term that begins so."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the query: a run of letters without a break, matched as a whole."""

    text: str
    begins_with_han: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins_with_han", starts_with_han(self.text))

    @property
    def is_reading(self) -> bool:
        """Tell whether it can also be pinyin or initials."""
        return self.text.isascii() and self.text.isalpha()

    @property
    def needs_check(self) -> bool:
        """Tell whether the terms alone do not prove the match (pairs may stand apart in the document)."""
        if len(self.text) > LONGEST_WORD:
            return True
        parts = runs(self.text)
        return len(parts) > 1 or (self.begins_with_han and len(self.text) > 2)

    def terms(self) -> list[Term]:
        """The terms a matching document must all hold."""
        parts = runs(self.text)
        found: dict[Term, None] = {}
        for run in parts[:-1]:
            found.update(dict.fromkeys(_closed_run(run)))
        found.update(dict.fromkeys(_open_run(parts[-1])))
        return list(found)

    def where(self, text: str, readings: str) -> str:
        """Where the piece stands first in a row (title, unit and body, a line each): "title" … "reading", or ""."""
        at = text.find(self.text)
        if at >= 0 and not self.begins_with_han:
            found = _word_beginning(self.text).search(text, at)
            at = found.start() if found else -1
        if at >= 0:
            return _PLACES[text.count("\n", 0, at)]
        return "reading" if self.is_reading and f" {self.text}" in f" {readings}" else ""


@lru_cache(256)
def _word_beginning(text: str) -> re.Pattern[str]:
    return re.compile(_WORD_BEFORE + re.escape(text))


def _closed_run(run: str) -> list[Term]:
    """A run that another run follows at once: its last character or word ends there in the document too."""
    if starts_with_han(run):
        return [*(Term(run[n : n + 2]) for n in range(len(run) - 1)), Term(run[-1])]
    return [Term(run[:LONGEST_WORD])]


def _open_run(run: str) -> list[Term]:
    """The last run of a piece: a single Han character or a word may go on in the document."""
    if starts_with_han(run) and len(run) > 1:
        return [Term(run[n : n + 2]) for n in range(len(run) - 1)]
    return [Term(run[:LONGEST_WORD], is_prefix=True)]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query ready for an engine: all of `groups` must hold, in each group one of the terms."""

    groups: tuple[tuple[Term, ...], ...]
    pieces: tuple[Piece, ...]
    needs_check: bool
    is_impossible: bool = False

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing narrows the kind."""
        return not self.groups

    @property
    def asks_readings(self) -> bool:
        """Tell whether a piece may also be pinyin."""
        return any(piece.is_reading for piece in self.pieces)

    def where(self, text: str, readings: str) -> str | None:
        """Where the first piece stands in a document row; None when some piece does not occur."""
        found = [piece.where(text, readings) for piece in self.pieces]
        if not all(found):
            return None
        return found[0] if found else ""

    def score(self, text: str, readings: str) -> float:
        """The rank of a row: title over reading over unit over body; whole title and title start count more.

        Below zero: the row holds the terms, but does not match. Asked of thousands of rows for one page.
        """
        total = 0.0
        for piece in self.pieces:
            place = piece.where(text, readings)
            if not place and self.needs_check:
                return -1.0
            total += _WEIGHTS[place]
            if text.startswith(piece.text):
                total += 3.0 if text.startswith(piece.text + "\n") else 1.0
        return total


def compile_query(query: Query) -> Compiled:
    """Turn a query into terms. Text without any letter, a path or facet that cannot exist: impossible, no hits."""
    folded = fold(query.text[:MOST_CHARACTERS])
    pieces = tuple(Piece(text) for text in dict.fromkeys(_PIECES.findall(folded)))[:MOST_PIECES]
    if (query.text.strip() and not pieces) or not _can_exist(query):
        return Compiled((), pieces, needs_check=False, is_impossible=True)
    groups = [group for piece in pieces for group in _groups(piece)]
    needs_check = any(piece.needs_check for piece in pieces) or len(groups) > MOST_TERMS
    narrowing: list[tuple[Term, ...]] = [(Term(scope_term(query.scope_path)),)] if query.scope_path else []
    narrowing += [
        tuple(Term(facet_term(key, value)) for value in values) for key, values in chosen_facets(query)
    ]
    return Compiled((*groups[:MOST_TERMS], *narrowing), pieces, needs_check)


def chosen_facets(query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """The chosen facet values by key; keys without a value are left out."""
    listed = (
        (key, (values,) if isinstance(values, str) else tuple(values)) for key, values in query.facets.items()
    )
    cleaned = ((key, tuple(facet_value(value) for value in values if value)) for key, values in listed)
    return [(key, values) for key, values in cleaned if values]


def _can_exist(query: Query) -> bool:
    return is_path(query.scope_path) and all(map(is_facet_key, query.facets))


def _groups(piece: Piece) -> Iterable[tuple[Term, ...]]:
    terms = piece.terms()
    if piece.is_reading:
        return [(terms[0], Term(f":p{piece.text[:LONGEST_WORD]}", is_prefix=True))]
    return [(term,) for term in terms]
