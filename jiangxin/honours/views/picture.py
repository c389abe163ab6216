"""The graph of honours as a picture: boxes in rows by height, lines for what is presupposed; pixels of an SVG."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jiangxin.honours.queries.graph import Graph, Node
from jiangxin.honours.words import Family, Level

BOX_WIDTH, BOX_HEIGHT, COLUMN, ROW, MARGIN = 120, 66, 132, 126, 6
LINE = 16
ACROSS = ("craftsman", "model", "advanced", "medal", "pioneer", "award")
LETTERS = {"zh": 8, "en": 18}
MOST_LINES = 3


@dataclass(frozen=True)
class Box:
    """One node: where it stands, its lines of text, where it leads."""

    x: int
    y: int
    lines: list[tuple[int, str]]
    url: str
    title: str

    @property
    def middle(self) -> int:
        """The horizontal middle, where lines end and texts are centred."""
        return self.x + BOX_WIDTH // 2


@dataclass(frozen=True)
class Line:
    """One edge as an SVG path."""

    path: str
    is_hard: bool


@dataclass(frozen=True)
class Picture:
    """Everything the template draws; `rows` are the same in words."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]
    rows: list[tuple[str, str, str]]


def picture(graph: Graph) -> Picture | None:
    """Place the graph; None when there is nothing to draw."""
    if not graph.edges:
        return None
    columns = _columns(graph)
    boxes = {
        id(node): _box(node, MARGIN + columns[id(node)] * COLUMN, MARGIN + node.depth * ROW)
        for node in graph.nodes
    }
    lines = [_line(boxes[id(edge.upper)], boxes[id(edge.lower)], edge.is_hard) for edge in graph.edges]
    words = [
        (
            boxes[id(edge.upper)].title,
            boxes[id(edge.lower)].title,
            _("必须") if edge.is_hard else _("一般应当"),
        )
        for edge in graph.edges
    ]
    width = 2 * MARGIN + max(columns.values()) * COLUMN + BOX_WIDTH
    height = 2 * MARGIN + graph.nodes[-1].depth * ROW + BOX_HEIGHT
    return Picture(width, height, list(boxes.values()), lines, words)


def _columns(graph: Graph) -> dict[int, int]:
    """A column for each line of honours; what belongs to no line stands above what it presupposes."""
    columns: dict[int, int] = {}
    for node in sorted(graph.nodes, key=lambda each: (each.family not in ACROSS, each.depth)):
        below = [
            columns[id(edge.lower)]
            for edge in graph.edges
            if edge.upper is node and id(edge.lower) in columns
        ]
        middle = round(sum(below) / len(below)) if below else len(ACROSS)
        wanted = ACROSS.index(node.family) if node.family in ACROSS else middle
        taken = {
            columns[id(each)] for each in graph.nodes if each.depth == node.depth and id(each) in columns
        }
        columns[id(node)] = next(
            place for place in range(wanted, wanted + len(graph.nodes)) if place not in taken
        )
    return columns


def _box(node: Node, x: int, y: int) -> Box:
    title = _title(node)
    texts = _wrapped(title if _is_english() else "\n".join(_parts(node)))
    if len(node.honours) > 1 and node.level != Level.NATIONAL:
        number = len(node.honours)
        texts.append(ngettext("%(number)d 项", "%(number)d 项", number) % {"number": number})
    top = y + (BOX_HEIGHT - LINE * len(texts)) // 2 + LINE - 4
    alone = node.honours[0] if len(node.honours) == 1 else None
    anchor = node.honours[0].level
    url = reverse("honours:honour", args=[alone.code]) if alone else f"#level-{anchor}"
    return Box(x, y, [(top + number * LINE, text) for number, text in enumerate(texts)], url, title)


def _parts(node: Node) -> list[str]:
    """The titles of the nation by name, others by level and line."""
    if node.level == Level.NATIONAL or len(node.honours) == 1:
        return [_name(each.title, each.title_en) for each in node.honours]
    level = _("省部级") if node.level == Level.PROVINCE else node.level.label
    return [str(level), str(Family(node.family).label)]


def _title(node: Node) -> str:
    """The parts in one line."""
    parts = _parts(node)
    if node.level == Level.NATIONAL or len(node.honours) == 1:
        return " / ".join(parts)
    return _("%(level)s%(family)s") % {"level": parts[0], "family": parts[1]}


def _name(title: str, title_en: str) -> str:
    return title_en if _is_english() else title


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _wrapped(text: str) -> list[str]:
    """At most three lines of what fits in a box."""
    if _is_english():
        words, lines = text.split(), [""]
        for word in words:
            if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS["en"]:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
    else:
        size = LETTERS["zh"]
        parts = text.split("\n")
        lines = [part[start : start + size] for part in parts for start in range(0, len(part), size)]
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"]


def _line(upper: Box, lower: Box, is_hard: bool) -> Line:
    start, end = upper.y + BOX_HEIGHT, lower.y
    bend = (start + end) // 2
    path = f"M{upper.middle} {start} C{upper.middle} {bend} {lower.middle} {bend} {lower.middle} {end}"
    return Line(path, is_hard)
