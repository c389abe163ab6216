"""Seals, icons, codes, tables, pages, progress and trees show what they are given."""

import re
from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.utils import translation

from jiangxin.kernel.ui.paging import page_links
from jiangxin.kernel.ui.progress import remaining_words
from jiangxin.kernel.ui.registry import ComponentError
from jiangxin.kernel.ui.seals import carved
from jiangxin.kernel.ui.tests.conftest import Draw


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        *[("林小满", "林"), ("欧阳清", "欧阳"), ("欧阳", "欧"), ("阿依古丽·买买提", "阿"), ("anna", "A")],
        *[("𠅤明", "𠅤"), (" 赵 ", "赵"), ("", "匠")],
    ],
)
def test_seal_shows_the_surname(name: str, characters: str) -> None:
    assert carved(name) == characters


def test_same_name_always_gives_the_same_seal(draw: Draw) -> None:
    assert draw("{% seal '林小满' %}") == draw("{% seal '林小满' %}")
    assert draw("{% seal '林小满' %}").count("seal-filled") == 1
    assert draw("{% seal '周敏' %}").count("seal-outlined") == 1


def test_states_of_a_level_seal_differ_in_shape_and_words(draw: Draw) -> None:
    revoked = draw("{% level_seal 'city' label='临江工匠' state='revoked' %}")
    conferred = draw("{% level_seal 'city' label='临江工匠' %}")

    assert (revoked.count("level-strike"), conferred.count("level-strike")) == (1, 0)
    assert (revoked.count("已撤销"), conferred.count("已撤销")) == (1, 0)


def test_each_result_of_a_check_has_a_shape_and_a_word_of_its_own(draw: Draw) -> None:
    states = ["valid", "revoked", "altered", "unknown", "expired"]
    drawn = [draw("{% proof_seal state %}", state=state) for state in states]
    shapes = {re.sub(r".*(<svg.*</svg>).*", r"\1", one, flags=re.DOTALL) for one in drawn}
    words = [re.findall(r'proof-word">(.*?)<', one)[0] for one in drawn]

    assert len(shapes) == 5
    assert words == ["真实有效", "已撤销", "内容被改动", "签发者不明", "已过期"]


def test_icon_is_decoration_and_an_unknown_one_is_refused(draw: Draw) -> None:
    assert draw("{% icon 'search' %}").count('aria-hidden="true"') == 1
    with pytest.raises(ComponentError, match="no icon called 'nothing-like-it'"):
        draw("{% icon 'nothing-like-it' %}")


def test_short_text_still_gives_a_full_qr_code(draw: Draw) -> None:
    size = re.findall(r'viewBox="0 0 (\d+) \d+"', draw("{% qr '1' label='码' %}"))

    assert size == ["29"]


def test_table_writes_figures_in_groups_and_names_cells_for_the_phone(draw: Draw) -> None:
    drawn = draw(
        "{% table caption='c' columns=columns rows=rows %}",
        columns=["甲", {"label": "乙", "numeric": True}],
        rows=[["a", 2426]],
    )

    assert drawn.count('<td class="numeric" data-label="乙">2,426</td>') == 1


def test_table_refuses_a_row_of_the_wrong_length(draw: Draw) -> None:
    with pytest.raises(ValueError, match=r"shorter than argument|longer than argument"):
        draw("{% table caption='c' columns=columns rows=rows %}", columns=["甲", "乙"], rows=[["a"]])


def test_sorted_column_says_so(draw: Draw) -> None:
    columns = [{"label": "甲", "sort_url": "?s=1", "sorted": "desc"}, {"label": "乙", "sort_url": "?s=2"}]

    assert re.findall(
        r'aria-sort="(\w+)"', draw("{% table caption='c' columns=columns %}", columns=columns)
    ) == ["descending"]


def test_pager_keeps_the_rest_of_the_address(draw: Draw) -> None:
    page = Paginator(range(100), 10).page(2)
    drawn = draw("{% pager page=page %}", page=page, address="/register/?q=林&page=2")

    assert re.findall(r'rel="next" href="([^"]+)"', drawn) == ["?q=%E6%9E%97&amp;page=3"]
    assert drawn.count('aria-current="page"') == 1


def test_pager_of_one_page_shows_nothing(draw: Draw) -> None:
    assert draw("{% pager page=page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(3, "不到 1 分钟"), (61, "约 1 分钟"), (600, "约 10 分钟"), (7200, "约 2 小时")]
)
def test_remaining_time_is_said_in_words(seconds: float, words: str) -> None:
    assert remaining_words(seconds) == words


def test_running_job_polls_with_its_own_target_and_a_finished_one_does_not(draw: Draw) -> None:
    running = draw("{% progress value=1 max=4 label='导入' url='/p' %}")
    done = draw("{% progress value=4 max=4 label='导入' url='/p' state='done' %}")

    assert running.count('hx-get="/p" hx-trigger="every 2s" hx-target="this" hx-swap="outerHTML"') == 1
    assert done.count("hx-get") == 0


def test_job_of_unknown_size_does_not_divide_by_zero(draw: Draw) -> None:
    assert draw("{% progress value=0 max=0 label='导入' %}").count("0%") == 2


def test_tree_nests_as_deep_as_its_nodes(draw: Draw) -> None:
    nodes = [{"label": "a", "children": [{"label": "b", "children": [{"label": "c", "href": "/c"}]}]}]
    drawn = draw("{% tree nodes=nodes %}", nodes=nodes)

    assert (drawn.count("<details"), drawn.count('<a href="/c">c</a>')) == (2, 1)


def test_a_branch_of_a_tree_is_fetched_once_into_its_own_place(draw: Draw) -> None:
    nodes = [{"label": "a", "href": "/a", "key": "k1", "part": "/a/part", "url": "/a/tree"}]
    drawn = draw("{% tree nodes=nodes %}", nodes=nodes)

    wanted = 'hx-get="/a/part" hx-trigger="click once" hx-target="#below-k1" hx-swap="innerHTML"'
    assert (drawn.count(wanted), drawn.count('<div id="below-k1">')) == (1, 1)
    assert drawn.count('<a href="/a/tree">展开a的下级</a>') == 1


def test_figures_are_grouped_and_words_stay(draw: Draw) -> None:
    assert (
        draw("{{ n|figure }} {{ w|figure }} {{ b|figure }}", n=1234567, w="约万", b=True)
        == "1,234,567 约万 True"
    )


def test_dates_follow_the_language(draw: Draw) -> None:
    day = datetime(2025, 4, 28, 9, 5, tzinfo=UTC)

    assert (
        draw("{{ day|date }} {{ day|date:'DATETIME_FORMAT' }}", day=day)
        == "2025年4月28日 2025年4月28日 17:05"
    )
    with translation.override("en"):
        assert draw("{{ day|date }}", day=day) == "28 April 2025"


def test_english_speaks_english(draw: Draw) -> None:
    with translation.override("en"):
        assert draw("{% proof_seal 'revoked' %}").count(">Revoked<") == 1
        assert remaining_words(61) == "about 1 minute"
        assert remaining_words(600) == "about 10 minutes"


def test_pages_are_numbered_outside_of_any_request_too() -> None:
    links = page_links({"page": Paginator(range(30), 10).page(1), "request": None, "param": "seite"})

    assert [each["url"] for each in links["numbers"] if not each.get("current")] == ["?seite=2", "?seite=3"]
