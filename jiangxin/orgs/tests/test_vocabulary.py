"""Vocabularies of national standards."""

import pytest

from jiangxin.orgs import queries


def test_there_are_fifty_six_ethnic_groups_and_two_others():
    groups = queries.ethnic_groups()

    assert len(groups) == 58
    assert [(group.code, group.name) for group in groups[:2] + groups[-3:]] == [
        ("01", "汉族"),
        ("02", "蒙古族"),
        ("56", "基诺族"),
        ("97", "其他"),
        ("98", "外国血统中国籍人士"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("汉", "01"), ("汉族", "01"), (" 27 ", "27"), ("纳西", "27"), ("火星族", None), ("", None)],
)
def test_a_group_is_found_by_code_name_or_short_name(text, code):
    word = queries.word_named(queries.ethnic_groups(), text)

    assert (word.code if word else None) == code


@pytest.mark.parametrize(
    "words", [queries.ethnic_groups(), queries.political_statuses(), queries.educations(), queries.sexes()]
)
def test_codes_are_distinct_and_every_word_has_both_languages(words):
    assert len({word.code for word in words}) == len(words)
    assert all(word.name and word.name_en for word in words)


def test_the_eight_levels_are_ordered_and_the_national_grade_runs_the_other_way():
    levels = queries.skill_levels()

    assert [level.name for level in levels] == [
        "学徒工",
        "初级工",
        "中级工",
        "高级工",
        "技师",
        "高级技师",
        "特级技师",
        "首席技师",
    ]
    assert [level.order for level in levels] == list(range(1, 9))
    assert [level.national_grade for level in levels] == ["", "五级", "四级", "三级", "二级", "一级", "", ""]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("高级技师", 6),
        ("高级技师（一级）", 6),
        ("高级技师(一级)", 6),
        ("技师/二级", 5),
        ("一级", None),
        ("", None),
    ],
)
def test_a_bare_national_grade_names_no_level(text, order):
    level = queries.skill_level_named(text)

    assert (level.order if level else None) == order


def test_high_skilled_begins_with_senior_worker():
    assert next(level.name for level in queries.skill_levels() if level.is_high_skilled) == "高级工"
    assert queries.skill_level(0) is None
