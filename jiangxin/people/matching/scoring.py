"""From evidence to a score of 0 to 100: a sum of weights, with caps where certainty is impossible."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from jiangxin.people.matching import evidence
from jiangxin.people.matching.evidence import CERTAIN, IMPOSSIBLE, Evidence
from jiangxin.people.matching.profile import Profile

THRESHOLD = 36
BEST_WITHOUT_IDENTITY = 95


class Verdict(NamedTuple):
    """Score of 0 to 100 and its reasons, strongest first."""

    score: int
    evidence: tuple[Evidence, ...]

    @property
    def is_worth_asking(self) -> bool:
        """Whether a person should look at the two records."""
        return self.score >= THRESHOLD


def compare(a: Profile, b: Profile, *, namesakes: int = 2) -> Verdict:
    """Weigh everything that speaks for and against; ``namesakes`` is how many records carry the name.

    Without equal identity numbers the score stays below certainty; different numbers make it 0. The score only orders
    the queue: a person decides, whatever it is.
    """
    found = tuple(
        chain(
            evidence.identity(a, b),
            evidence.names(a, b),
            evidence.rarity(namesakes) if a.name_key == b.name_key else (),
            evidence.birth(a, b),
            evidence.units(a, b),
            evidence.regions(a, b),
            evidence.posts(a, b),
            evidence.honours(a, b),
            evidence.contradictions(a, b),
        )
    )
    ordered = tuple(sorted(found, key=lambda item: -abs(item.weight)))
    return Verdict(_score(found), ordered)


def _score(found: tuple[Evidence, ...]) -> int:
    weights = [item.weight for item in found]
    if IMPOSSIBLE in weights:
        return 0
    total = sum(weights)
    if CERTAIN not in weights:
        total = min(total, BEST_WITHOUT_IDENTITY)
    return max(0, min(100, total))
