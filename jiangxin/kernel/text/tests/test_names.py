"""Names of persons: one written form, one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text.names import is_plausible_name, name_key, normalise_name


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("张　伟", "张伟"),
        (" 张   伟 ", "张伟"),
        ("欧 阳 娜 娜", "欧阳娜娜"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("John   Smith", "John Smith"),
        ("𬭊　龘", "𬭊龘"),
        ("·张伟·", "张伟"),
    ],
)
def test_a_name_has_one_written_form(raw: str, expected: str) -> None:
    assert normalise_name(raw) == expected


def test_spellings_of_one_name_have_one_key() -> None:
    spellings = ("阿依古丽·买买提", "阿依古丽买买提", "阿依古丽 买买提", "阿依古丽•买买提")

    assert {name_key(spelling) for spelling in spellings} == {"阿依古丽买买提"}


@pytest.mark.parametrize(
    "name", ["张伟", "次仁曲巴", "阿卜杜热西提·买买提", "𬭊龘", "John Smith", "J.K. Rowling", "张一〇"]
)
def test_what_can_be_a_name_passes(name: str) -> None:
    assert is_plausible_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "张", "合计", "张伟1", "张伟（等）", "张伟、李强", "焊工组，王", "<b>张</b>", "·", "a", "焊" * 16],
)
def test_what_cannot_be_a_name_is_doubted(name: str) -> None:
    assert not is_plausible_name(name)


@given(st.text(max_size=40))
def test_normalising_a_name_twice_changes_nothing_more(raw: str) -> None:
    once = normalise_name(raw)

    assert normalise_name(once) == once
