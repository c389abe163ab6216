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
    listed = list(nodes.values())
    _place(listed, edges)
    return Graph(sorted(listed, key=lambda each: each.depth), edges)


def _tier(honour: Honour) -> str:
    return TIERS.get(Level(honour.level), Level(honour.level)).value


def _key(honour: Honour, needs: set[_Key]) -> object:
    """Honours of the nation stand together when they ask for the same, others by level and line."""
    if honour.level == Level.NATIONAL:
        return (honour.level, frozenset(needs)) if needs else (honour.level, honour.code)
    return _tier(honour), honour.family


def _place(nodes: Iterable[Node], edges: list[Edge]) -> None:
    """Levels below each other; within a level those that presuppose others of it stand above them."""
    row = 0
    for level in Level:
        same = [node for node in nodes if node.level == level]
        for node in same:
            node.depth = 0
        inside = [edge for edge in edges if edge.upper.level == edge.lower.level == level]
        for _step in same:  # a ring, which nobody should draw, ends after as many steps
            for edge in inside:
                edge.lower.depth = max(edge.lower.depth, min(edge.upper.depth + 1, len(same) - 1))
        lowest = max((node.depth for node in same), default=-1)
        within = {id(end) for edge in inside for end in (edge.upper, edge.lower)}
        for node in same:
            node.depth = row + (node.depth if id(node) in within else lowest)
        row += lowest + 1
