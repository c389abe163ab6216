"""The table of first rows answers as a dict would."""

from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.sheets.duplicates import FirstRows

KEYS = st.one_of(
    st.none(), st.integers(-50, 50), st.text(max_size=2), st.tuples(st.text(max_size=1), st.integers(0, 3))
)


@given(st.lists(KEYS, max_size=200))
def test_the_first_row_of_each_key_is_told(keys: list[object]) -> None:
    known: dict[object, int] = {}
    firsts = [known.setdefault(hash(key) or 1, number) for number, key in enumerate(keys, start=1)]

    repeats = FirstRows().repeats(keys, range(1, len(keys) + 1))

    assert repeats == {
        place: first
        for place, (key, first) in enumerate(zip(keys, firsts, strict=True))
        if key is not None and first != place + 1
    }


def test_many_keys_keep_their_rows_while_the_table_grows() -> None:
    table = FirstRows()
    keys = [f"59010119880521{number:04}" for number in range(20_000)]

    assert table.repeats(keys, range(20_000)) == {}
    assert table.repeats(keys, range(50_000, 70_000)) == {place: place for place in range(20_000)}
