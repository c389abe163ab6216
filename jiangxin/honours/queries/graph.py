"""The graph of honours in the few nodes a picture can show: honours of one level and line stand together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from jiangxin.honours.models import Honour, Prerequisite
from jiangxin.honours.words import Level, Strength

TIERS = {
    Level.MINISTRY: Level.PROVINCE
}  # whoever asks for a provincial honour takes one of a ministry as well
_Key = tuple[str, str]


@dataclass
class Node:
    """Honours that ask for the same and are asked for in the same way; `depth` 0 stands highest."""

    level: Level
    family: str
    honours: list[Honour] = field(default_factory=list)
    depth: int = 0


@dataclass(frozen=True)
class Edge:
    """`upper` presupposes one of `lower`."""

    upper: Node
    lower: Node
    is_hard: bool


@dataclass(frozen=True)
class Graph:
    """Nodes and edges, the highest honours first."""

    nodes: list[Node]
    edges: list[Edge]


def graph() -> Graph:
    """The whole graph as it stands in the catalogue. Two queries."""
    rows = list(Prerequisite.objects.filter(honour__undivided_of=[]).select_related("honour", "needs"))
    honours = {each.pk: each for row in rows for each in (row.honour, row.needs)}
    needs: dict[int, set[_Key]] = defaultdict(set)
    for row in rows:
        needs[row.honour_id].add((_tier(row.needs), row.needs.family))
    keys = {pk: _key(each, needs[pk]) for pk, each in honours.items()}
    nodes: dict[object, Node] = {}
    for each in sorted(honours.values(), key=lambda each: (each.rank, each.code)):
        node = nodes.setdefault(keys[each.pk], Node(Level(_tier(each)), each.family))
        node.honours.append(each)
    strengths: dict[tuple[object, object], bool] = {}
    for row in rows:
        ends = keys[row.honour_id], keys[row.needs_id]
        strengths[ends] = strengths.get(ends, False) or row.strength == Strength.HARD
    edges = [Edge(nodes[upper], nodes[lower], is_hard) for (upper, lower), is_hard in strengths.items()]
    _place(nodes.values(), edges)
    return Graph(sorted(nodes.values(), key=lambda each: each.depth), edges)


def _tier(honour: Honour) -> str:
    return TIERS.get(Level(honour.level), Level(honour.level)).value


def _key(honour: Honour, needs: set[_Key]) -> object:
    """Honours of the nation stand together when they ask for the same, others by level and line."""
    if honour.level == Level.NATIONAL:
        return (honour.level, frozenset(needs)) if needs else (honour.level, honour.code)
    return _tier(honour), honour.family


def _place(nodes: Iterable[Node], edges: list[Edge]) -> None:
    """Each node stands below everything built on it; a ring, which nobody should draw, ends after as many steps."""
    listed = list(nodes)
    for _step in listed:
        for edge in edges:
            edge.lower.depth = max(edge.lower.depth, min(edge.upper.depth + 1, len(listed)))
    order = list(Level)
    for node in listed:
        same = [other.depth for other in listed if other.level == node.level and other is not node]
        above = [other.depth for other in listed if order.index(other.level) < order.index(node.level)]
        if not any(edge.lower is node for edge in edges) and (same or above):
            node.depth = max(node.depth, min(same, default=max(above, default=-1) + 1))
