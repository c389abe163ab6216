"""Published count tables give no small count away, not even by subtraction."""

import itertools

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiangxin.kernel.privacy import SafeTable, suppress
from jiangxin.kernel.privacy.suppression import K

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 7), st.integers(0, 60)), min_size=width, max_size=width),
        min_size=1,
        max_size=4,
    )
)


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert suppress([[10, 20], [30, 0]]) == SafeTable([[10, 20], [30, 0]], [30, 30], [40, 20], 60)


def test_a_small_count_takes_three_others_with_it() -> None:
    safe = suppress([[3, 20, 50], [30, 40, 60], [70, 80, 90]])

    assert safe.cells == [[None, None, 50], [None, None, 60], [70, 80, 90]]
    assert (safe.row_totals, safe.column_totals, safe.total) == ([73, 130, 240], [103, 140, 200], 443)


def test_a_small_total_is_hidden_too() -> None:
    assert suppress([[3]]) == SafeTable([[None]], [None], [None], None)


def test_an_empty_table_is_safe() -> None:
    assert suppress([]) == SafeTable([], [], [], 0)


@effort(max_examples=300, deadline=None)
@given(TABLES)
def test_no_count_below_k_is_shown_and_nothing_shown_is_false(counts: list[list[int]]) -> None:
    safe = suppress(counts)

    for line, shown in zip(counts, safe.cells, strict=True):
        assert all(cell is None or cell == count for cell, count in zip(shown, line, strict=True))
    for cell in itertools.chain(*safe.cells, safe.row_totals, safe.column_totals, [safe.total]):
        assert cell is None or cell == 0 or cell >= K


@effort(max_examples=300, deadline=None)
@given(TABLES)
def test_no_hidden_count_follows_from_the_totals(counts: list[list[int]]) -> None:
    safe = suppress(counts)
    rows = [[*line, total] for line, total in zip(safe.cells, safe.row_totals, strict=True)]
    rows.append([*safe.column_totals, safe.total])
    hidden = [(r, c) for r, line in enumerate(rows) for c, cell in enumerate(line) if cell is None]

    assert determined(hidden) == []


def determined(hidden: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The unknowns that the line equations fix: those whose unit vector lies in the row space (exact elimination)."""
    from fractions import Fraction

    lines = {("r", r) for r, _ in hidden} | {("c", c) for _, c in hidden}
    matrix = [
        [Fraction((kind == "r" and r == n) or (kind == "c" and c == n)) for r, c in hidden]
        for kind, n in lines
    ]
    reduced = row_echelon(matrix)
    return [hidden[line.index(1)] for line in reduced if sum(1 for value in line if value) == 1]


def row_echelon(matrix: list[list]) -> list[list]:
    done: list[list] = []
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((line for line in matrix if line[column]), None)
        if pivot is None:
            continue
        matrix.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        matrix = [[a - b * line[column] for a, b in zip(line, pivot, strict=True)] for line in matrix]
        done = [[a - b * line[column] for a, b in zip(line, pivot, strict=True)] for line in done]
        done.append(pivot)
    return done
