"""Bits and lists of the bitstring status list."""

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.honours.credentials import Bitstring


@given(st.sets(st.integers(0, 131_071), max_size=40))
def test_bits_set_are_the_bits_read_back(indexes: set[int]) -> None:
    bits = Bitstring()
    for index in indexes:
        bits[index] = True

    read = Bitstring.decode(bits.encode())

    assert {index for index in range(len(read)) if read[index]} == indexes


def test_first_bit_is_the_highest_of_the_first_byte_and_bits_can_be_cleared() -> None:
    bits = Bitstring()
    bits[0] = bits[9] = True
    assert bytes(bits.raw[:2]) == b"\x80\x40"

    bits[0] = False

    assert bytes(bits.raw[:2]) == b"\x00\x40"


def test_the_example_of_the_standard_unpacks_to_an_empty_list() -> None:
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    bits = Bitstring.decode(encoded)

    assert (len(bits), any(bits.raw)) == (131_072, False)


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        "",
        "u####",
        "uH4sI",
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(100))).decode(),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(5_000_000))).decode(),
        "u严",
    ],
    ids=["none", "empty", "signs", "half", "short", "swollen", "words"],
)
def test_broken_short_and_swollen_lists_are_refused(encoded: str | None) -> None:
    with pytest.raises(ValueError, match="encodedList"):
        Bitstring.decode(encoded)


def test_a_list_too_small_to_hide_in_cannot_be_made_nor_read_past_its_end() -> None:
    with pytest.raises(ValueError, match="131072"):
        Bitstring(size=1000)
    with pytest.raises(IndexError):
        Bitstring()[131_072]
