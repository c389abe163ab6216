"""The table of first rows answers as a dict would."""

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.sheets.duplicates import FirstRows

KEYS = st.one_of(st.integers(-50, 50), st.text(max_size=2), st.tuples(st.text(max_size=1), st.integers(0, 3)))


@given(st.lists(KEYS, max_size=200))
def test_the_first_row_of_each_key_is_told(keys: list[object]) -> None:
    table, known = FirstRows(), {}

    told = [table.first(key, number) for number, key in enumerate(keys, start=1)]

    assert told == [known.setdefault(hash(key) or 1, number) for number, key in enumerate(keys, start=1)]


def test_many_keys_keep_their_rows_while_the_table_grows() -> None:
    table = FirstRows()
    keys = [f"59010119880521{number:04}" for number in range(20_000)]

    assert [table.first(key, number) for number, key in enumerate(keys)] == list(range(20_000))
    assert [table.first(key, 99_999) for key in keys] == list(range(20_000))
