"""A batch of rows by column: it travels between processes as it is, and parts of it are taken."""

import pickle

import pytest

from jiangxin.kernel.sheets.batches import Batch


@pytest.mark.parametrize(
    "column",
    [["甲", "乙"], ["", ""], ["一\n二", "丙"], [1, None], ["甲", 2]],
    ids=["texts", "blanks", "a text of two lines", "no texts", "mixed"],
)
def test_a_column_travels_as_it_is(column: list[object]) -> None:
    batch = Batch([2, 5], {"a": column})

    there = pickle.loads(pickle.dumps(batch))  # noqa: S301 - made here

    assert (there.numbers, there.columns) == ([2, 5], {"a": column})


def test_an_empty_batch_travels_too() -> None:
    there = pickle.loads(pickle.dumps(Batch([], {"a": []})))  # noqa: S301 - made here

    assert (len(there), there.columns) == (0, {"a": []})


def test_rows_below_a_row_of_the_file_are_what_is_left_to_do() -> None:
    batch = Batch([2, 3, 7], {"a": ["甲", "乙", "丙"]})

    left = batch.after(3)

    assert (left.numbers, left.columns) == ([7], {"a": ["丙"]})
    assert batch.after(1) is batch
