"""Unit names: one written form, and why two of them may mean one unit."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxin.kernel.text.units import normalise_unit, unit_core, unit_key, unit_similarity

unit_names = st.text(alphabet="宏远重工第一二厂有限公司集团股份北京市车间 （）()", max_size=20)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("宏远重工(北京) 有限公司", "宏远重工（北京）有限公司"),
        ("宏远重工【北京】有限公司", "宏远重工（北京）有限公司"),
        ("宏远　重工有限公司。", "宏远重工有限公司"),
        ("ABC Tools（苏州）", "ABC Tools（苏州）"),
        ("宏远重工（）", "宏远重工"),
    ],
)
def test_a_unit_has_one_written_form(raw: str, expected: str) -> None:
    assert normalise_unit(raw) == expected


def test_the_core_is_what_tells_a_unit_from_others() -> None:
    cores = [
        unit_core(name)
        for name in (
            "黑龙江北大山集团有限公司",
            "江苏省南江市第一中学",
            "宏远重工（北京）有限公司",
            "有限公司",
        )
    ]

    assert cores == ["北大山", "第一中学", "宏远重工", "有限"]


@pytest.mark.parametrize(
    ("first", "second", "reason", "score"),
    [
        ("宏远重工（北京）有限公司", "宏远重工(北京) 有限公司", "same", 1.0),
        ("宏远重工有限责任公司", "宏远重工股份有限公司", "same_core", 0.95),
        ("江苏省南江市第一中学", "南江市第一中学", "same_core", 0.95),
        ("宏远重工有限公司", "宏远重工有限公司第二车间", "parent_workshop", 0.85),
        ("宏远重工", "宏远重工焊接班", "parent_workshop", 0.85),
        ("宏远重工", "宏远重工焊接", "prefix", 0.7),
        ("远大宏星重工", "宏星重工", "contained", 0.75),
        ("一重集团有限公司水压机锻造厂", "第一重型机械集团公司", "abbreviation", 0.63),
        ("宏远电力有限公司东城供电公司", "宏远电力有限公司西城供电公司", "same_parent", 0.5),
        ("航星沈水黎光航空发动机有限责任公司", "航星黎光工装制造厂", "chain", 0.5),
        ("南江市实验小学", "北江市实验小学", "same_core", 0.3),
        ("宏远重工（北京）有限公司", "宏远重工（上海）有限公司", "same_core", 0.3),
        ("宏远重工", "青石纺织", "", 0.0),
        ("", "宏远重工", "", 0.0),
    ],
)
def test_two_names_are_compared_with_a_reason(first: str, second: str, reason: str, score: float) -> None:
    found = unit_similarity(first, second)

    assert (found.reason, found.score) == (reason, score)


@given(unit_names, unit_names)
def test_comparison_does_not_depend_on_the_order(first: str, second: str) -> None:
    found = unit_similarity(first, second)

    assert found == unit_similarity(second, first)
    assert 0.0 <= found.score <= 1.0
    assert (found.score == 1.0) == (unit_key(first) == unit_key(second) != "")


@given(st.text(max_size=30))
@example("0\x85·")  # a control character of the second block, which Python counts as a space
def test_normalising_a_unit_twice_changes_nothing_more(raw: str) -> None:
    once = normalise_unit(raw)

    assert normalise_unit(once) == once
