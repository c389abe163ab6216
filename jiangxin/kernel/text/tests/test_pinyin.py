"""Readings of names: the surname as a surname, the ordinary reading too."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text import surnames
from jiangxin.kernel.text.pinyin import (
    MOST_READINGS,
    Reading,
    best_reading,
    char_reading,
    name_readings,
    text_reading,
)


@pytest.mark.parametrize(
    ("name", "pinyins"),
    [
        ("单小芳", ["shanxiaofang", "danxiaofang"]),
        ("仇英", ["qiuying", "chouying"]),
        ("查良", ["zhaliang", "chaliang"]),
        ("曾强", ["zengqiang", "cengqiang"]),
        ("解珍", ["xiezhen", "jiezhen"]),
        ("尉迟恭", ["yuchigong", "weichigong"]),
        ("万俟明", ["moqiming", "wanqiming"]),
        ("令狐冲", ["linghuchong"]),
        ("单于", ["shanyu", "danyu"]),
        ("王乐", ["wangle", "wangyue"]),
        ("吕绿", ["lvlv"]),
        ("林小满", ["linxiaoman"]),
        ("阿依古丽·买买提", ["ayigulimaimaiti"]),
        ("𬭊龘", ["duda"]),
        ("", []),
        ("？？", []),
    ],
)
def test_a_name_is_read_in_its_likely_ways(name: str, pinyins: list[str]) -> None:
    assert [reading.pinyin for reading in name_readings(name)] == pinyins


def test_initials_take_the_first_letter_of_each_character() -> None:
    assert name_readings("尉迟晓雨")[0] == Reading("yuchixiaoyu", "ycxy")
    assert name_readings("John Smith") == (Reading("johnsmith", "js"),)


def test_every_surname_of_two_characters_can_be_cut_into_two_readings() -> None:
    cut = {surname: char_reading(surname[1]) for surname in surnames.COMPOUND}

    assert [each for each, last in cut.items() if not surnames.COMPOUND[each][0].endswith(last)] == []


def test_a_title_is_read_plainly() -> None:
    assert text_reading("宏远重工（CNC）二厂") == Reading("hongyuanzhonggongcncerchang", "hyzgcec")
    assert text_reading("！") == Reading("", "")


def test_an_unknown_character_has_no_reading() -> None:
    assert [char_reading(char) for char in ("林", "Ａ", "A", "!", "\U0002ffff")] == ["lin", "", "a", "", ""]


@given(st.text(alphabet="单曾乐娜行长重朝柏翟覃莘葛", min_size=2, max_size=6))
def test_readings_stay_few_and_different(name: str) -> None:
    readings = name_readings(name)

    assert 1 <= len(readings) <= MOST_READINGS
    assert len(set(readings)) == len(readings)


def test_fifty_thousand_names_are_read_in_a_second() -> None:
    names = [chr(0x4E00 + n % 5000) + chr(0x5200 + n % 3000) + chr(0x6000 + n % 700) for n in range(50_000)]
    for name in names[:5_000]:
        name_readings(name)

    began = time.process_time()
    for name in names:
        name_readings(name)

    assert time.process_time() - began < 1.0


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=5))
def test_the_quick_reading_is_the_first_of_all(name: str) -> None:
    assert best_reading(name) == next(iter(name_readings(name)), Reading("", ""))


@pytest.mark.parametrize("name", ["尉迟恭", "阿依古丽·买买提", "John Smith", "𬭊龘", ""])
def test_the_quick_reading_knows_compound_dotted_latin_and_rare_names(name: str) -> None:
    assert best_reading(name) == next(iter(name_readings(name)), Reading("", ""))
