"""Sealed values open only where they were written; blind indexes find without telling."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiangxin.kernel.privacy import Sealer, Unreadable, blind_index, seal, unseal
from jiangxin.kernel.privacy.keys import key_store

PLACE = {"table": "people_person", "column": "id_number", "row": "01J"}


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1).filter(lambda text: "\ud800" not in text))
def test_any_text_comes_back_as_it_was(value: str) -> None:
    assert unseal(seal(value, **PLACE), **PLACE) == value


def test_the_same_value_never_seals_alike() -> None:
    sealer = Sealer("people_person", "id_number")

    assert len({sealer.seal("110101199003074514", "01J") for _ in range(2000)}) == 2000


def test_an_empty_value_stays_empty() -> None:
    assert seal("", **PLACE) == ""
    assert unseal("", **PLACE) == ""


@pytest.mark.parametrize("moved", [{"row": "01K"}, {"column": "phone"}, {"table": "people_other"}])
def test_a_value_moved_elsewhere_refuses_to_open(moved: dict[str, str]) -> None:
    sealed = seal("110101199003074514", **PLACE)

    with pytest.raises(Unreadable):
        unseal(sealed, **{**PLACE, **moved})


@pytest.mark.parametrize(
    "broken", ["x", "1.k1.", "1.k1.!!!", "2.k1.AAAA", "1.k9.AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "1.k1.AAAA"]
)
def test_what_is_not_a_sealed_value_is_unreadable(broken: str) -> None:
    with pytest.raises(Unreadable):
        unseal(broken, **PLACE)


def test_every_changed_byte_is_noticed() -> None:
    sealed = seal("13812341234", **PLACE)
    start = len("1.k1.")

    for position in range(start, len(sealed) - 4):
        other = "A" if sealed[position] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(sealed[:position] + other + sealed[position + 1 :], **PLACE)


def test_a_row_without_uid_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="uid"):
        seal("x", table="t", column="c", row="")


def test_the_way_a_number_is_written_does_not_change_its_index() -> None:
    expected = blind_index("11010119900307451X", kind="id_number")

    assert blind_index(" 110101-19900307 451x", kind="id_number") == expected
    assert blind_index("１１０１０１１９９００３０７４５１Ｘ", kind="id_number") == expected
    assert len(expected) == 32


def test_indexes_of_two_kinds_or_two_keys_differ(own_keys: Path) -> None:
    by_phone = blind_index("13812341234", kind="phone")
    by_number = blind_index("13812341234", kind="id_number")
    own_keys.unlink()
    key_store.forget()

    assert len({by_phone, by_number, blind_index("13812341234", kind="phone")}) == 3
