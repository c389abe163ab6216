"""Hide small counts in published tables so that nobody can be singled out, also not by subtraction from the totals."""

from collections.abc import Sequence
from dataclasses import dataclass, field

K = 5

Cell = tuple[int, int]
Node = tuple[str, int]


@dataclass(frozen=True)
class SafeTable:
    """A count table with its totals; None marks a hidden count."""

    cells: list[list[int | None]]
    row_totals: list[int | None]
    column_totals: list[int | None]
    total: int | None


def suppress(counts: Sequence[Sequence[int]], *, k: int = K) -> SafeTable:
    """Hide counts of 1 … k-1 and as many others as needed that none of them can be computed from the rest.

    A hidden cell of a two-way table with totals can be computed exactly if it is a bridge of the graph whose nodes are
    the rows and columns and whose edges are the hidden cells (Gusfield, SIAM Journal on Computing 17, 1988); further cells are
    hidden until no bridge is left, smallest first. Hidden counts of one line sum up to k or more, so that a small sum
    does not give them away either.
    """
    work = _Work.of(counts)
    work.hidden = {cell for cell, count in work.counts.items() if 0 < count < k}
    while work.hide_more_in_thin_lines(k) or work.hide_more_at_a_bridge():
        pass
    shown = [[work.shown((row, column)) for column in range(work.width)] for row in range(work.height)]
    return SafeTable(
        cells=[line[:-1] for line in shown[:-1]],
        row_totals=[line[-1] for line in shown[:-1]],
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
    )


@dataclass
class _Work:
    """The table extended by its totals: every row and every column is one equation."""

    counts: dict[Cell, int]
    height: int
    width: int
    hidden: set[Cell] = field(default_factory=set)

    @classmethod
    def of(cls, counts: Sequence[Sequence[int]]) -> "_Work":
        rows = [[*line, sum(line)] for line in counts]
        rows.append([sum(column) for column in zip(*rows, strict=True)] if rows else [0])
        cells = {(row, column): count for row, line in enumerate(rows) for column, count in enumerate(line)}
        return cls(cells, height=len(rows), width=len(rows[0]))

    def shown(self, cell: Cell) -> int | None:
        return None if cell in self.hidden else self.counts[cell]

    def hide_more_in_thin_lines(self, k: int) -> bool:
        """Hide the smallest shown count of a line whose hidden counts sum up to less than k; say whether one was found."""
        for line in self._inner_lines():
            hidden = [cell for cell in line if cell in self.hidden]
            shown = [cell for cell in line if cell not in self.hidden and self.counts[cell]]
            if hidden and shown and sum(self.counts[cell] for cell in hidden) < k:
                self.hidden.add(min(shown, key=self._cost))
                return True
        return False

    def hide_more_at_a_bridge(self) -> bool:
        """Close one cycle around a hidden cell that could be computed; say whether there was one."""
        for cell in sorted(self.hidden):
            side = self._reachable_without(cell)
            if ("column", cell[1]) in side:
                continue
            crossing = (each for each in self.counts if each not in self.hidden and self._crosses(each, side))
            self.hidden.add(min(crossing, key=self._cost))
            return True
        return False

    def _inner_lines(self) -> list[list[Cell]]:
        rows = [[(row, column) for column in range(self.width - 1)] for row in range(self.height)]
        columns = [[(row, column) for row in range(self.height - 1)] for column in range(self.width)]
        return rows + columns

    def _cost(self, cell: Cell) -> tuple[bool, bool, int, Cell]:
        """Prefer real counts to zeros, inner cells to totals, small to large."""
        is_total = cell[0] == self.height - 1 or cell[1] == self.width - 1
        return is_total, not self.counts[cell], self.counts[cell], cell

    def _reachable_without(self, left_out: Cell) -> set[Node]:
        start: Node = ("row", left_out[0])
        seen, waiting = {start}, [start]
        while waiting:
            kind, number = waiting.pop()
            for row, column in self.hidden - {left_out}:
                if number != (row if kind == "row" else column):
                    continue
                other: Node = ("column", column) if kind == "row" else ("row", row)
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return seen

    def _crosses(self, cell: Cell, side: set[Node]) -> bool:
        return (("row", cell[0]) in side) != (("column", cell[1]) in side)
