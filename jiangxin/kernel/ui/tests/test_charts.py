"""Charts start at zero, keep their shape and say in words what they show."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.ui.charts import PLOT_BOTTOM, PLOT_TOP, nice_ticks
from jiangxin.kernel.ui.tests.conftest import Draw


@given(st.floats(min_value=1e-3, max_value=1e12))
def test_ticks_start_at_zero_reach_the_highest_value_and_stay_few(highest: float) -> None:
    ticks = nice_ticks(highest)

    assert ticks[0] == 0
    assert ticks[-1] >= highest * 0.999
    assert 2 <= len(ticks) <= 6


def test_ticks_of_nothing_are_zero_and_one() -> None:
    assert nice_ticks(0) == [0, 1]


def test_ticks_are_round_numbers() -> None:
    assert nice_ticks(2985) == [0, 1000, 2000, 3000]
    assert nice_ticks(31) == [0, 10, 20, 30, 40]
    assert nice_ticks(9) == [0, 2.5, 5, 7.5, 10]


def test_longest_bar_is_full_and_the_others_are_in_proportion(draw: Draw) -> None:
    drawn = draw(
        "{% bar_chart title='t' points=points marked='b' %}", points=[("a", 200), ("b", 50), ("c", 0)]
    )

    assert re.findall(r'bar-fill" width="([\d.]+)%"', drawn) == ["100.0", "25.0", "0.0"]
    assert drawn.count("bar-marked") == 1


def test_columns_stand_on_the_base_line(draw: Draw) -> None:
    drawn = draw("{% column_chart title='t' points=points %}", points=[("2024", 1000), ("2025", 500)])
    boxes = re.findall(r'class="column" x="[\d.]+%" y="([\d.]+)" width="[\d.]+%" height="([\d.]+)"', drawn)

    assert [float(y) + float(height) for y, height in boxes] == [PLOT_BOTTOM, PLOT_BOTTOM]
    assert float(boxes[0][0]) == PLOT_TOP


def test_line_breaks_where_a_value_is_missing(draw: Draw) -> None:
    drawn = draw(
        "{% line_chart title='t' labels=labels series=series %}",
        labels=["1", "2", "3", "4", "5"],
        series=[("a", [1, 2, None, 4, 5])],
    )

    line = drawn[drawn.index('<g class="line') : drawn.index("</g>")]
    assert line.count("<line ") == 2


def test_names_of_close_lines_do_not_overlap(draw: Draw) -> None:
    drawn = draw(
        "{% line_chart title='t' labels=labels series=series %}",
        labels=["1", "2"],
        series=[("a", [1, 50]), ("b", [1, 51])],
    )
    heights = sorted(float(y) for y in re.findall(r'class="line-name line-\d" x="0" y="([\d.]+)"', drawn))

    assert heights[1] - heights[0] >= 20


@pytest.mark.parametrize("tag", ["bar_chart title='t' points=none", "column_chart title='t' points=none"])
def test_chart_without_values_still_renders(tag: str, draw: Draw) -> None:
    assert draw("{% " + tag + " %}", none=[]).count("<figure") == 1


def test_table_behind_shows_full_figures_and_leads_to_the_file(draw: Draw) -> None:
    drawn = draw("{% bar_chart title='t' points=points csv_url='/x.csv' %}", points=[("a", 12345)])

    assert drawn.count('<td class="numeric">12,345</td>') == 1
    assert drawn.count('href="/x.csv" download>') == 1


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([("2023", 40), ("2024", 60)], "2023 至 2024 合计 100人次，2024 最多（60）。"),
        ([("2023", 60), ("2024", 60)], "2023 至 2024 合计 120人次，其中最多 60。"),
        ([("2024", 60)], "最多 60人次，最少 60人次。"),
    ],
)
def test_columns_say_what_they_sum_up_to(points: list[tuple[str, int]], words: str, draw: Draw) -> None:
    drawn = draw("{% column_chart title='t' unit='人次' points=points %}", points=points)

    assert drawn.count(f'<p class="chart-desc">{words}</p>') == 1


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([("江苏", 3), ("四川", 5)], "四川最多（5 people），最少 3 people。"),
        ([("江苏", 5), ("四川", 5)], "最多 5 people，最少 5 people。"),
    ],
)
def test_bars_say_which_is_the_longest(points: list[tuple[str, int]], words: str, draw: Draw) -> None:
    drawn = draw("{% bar_chart title='t' unit='people' points=points %}", points=points)

    assert drawn.count(f'<p class="chart-desc">{words}</p>') == 1
