"""The graph of honours as a picture: nodes from the catalogue, every line downwards, words beside it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from jiangxin.honours.actions import load_catalogue
from jiangxin.honours.models import Honour, Prerequisite
from jiangxin.honours.queries.graph import graph
from jiangxin.honours.tests.factories import SYSTEM, make_honour, make_ladder
from jiangxin.honours.views.picture import BOX_HEIGHT, BOX_WIDTH, picture

pytestmark = pytest.mark.django_db


def test_honours_of_one_level_and_line_stand_in_one_box() -> None:
    load_catalogue(by=SYSTEM)

    nodes = {(node.level, node.family): [each.code for each in node.honours] for node in graph().nodes}

    assert nodes["national", "model"] == ["national-model-worker", "national-advanced-worker"]
    assert {"zhejiang-medal", "guangdong-medal", "locomotive-medal"} <= set(nodes["province", "medal"])
    assert nodes["national", "craftsman"] == ["great-craftsman"]


def test_every_line_leads_down_and_says_how_strict_it_is() -> None:
    load_catalogue(by=SYSTEM)
    found = graph()

    strict = {(edge.upper.honours[0].code, edge.lower.family): edge.is_hard for edge in found.edges}

    assert all(edge.upper.depth < edge.lower.depth for edge in found.edges)
    assert strict["national-may-day-medal", "medal"]
    assert not strict["national-model-worker", "craftsman"]
    assert strict["most-beautiful-worker", "pioneer"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_boxes_do_not_touch_and_texts_fit(language: str) -> None:
    load_catalogue(by=SYSTEM)
    with translation.override(language):
        drawn = picture(graph())
    assert drawn is not None

    touching = [
        (one.title, other.title)
        for number, one in enumerate(drawn.boxes)
        for other in drawn.boxes[number + 1 :]
        if abs(one.x - other.x) < BOX_WIDTH and abs(one.y - other.y) < BOX_HEIGHT
    ]
    outside = [box.title for box in drawn.boxes if not 0 <= box.x <= drawn.width - BOX_WIDTH]

    assert (touching, outside) == ([], [])
    assert [box.title for box in drawn.boxes if box.lines[-1][0] > box.y + BOX_HEIGHT] == []


def test_a_ring_ends() -> None:
    one, two = make_honour("a", "甲"), make_honour("b", "乙", family="medal")
    for upper, lower in ((one, two), (two, one)):
        Prerequisite.objects.create(honour=upper, needs=lower, strength="hard")

    assert len(graph().edges) == 2
    assert picture(graph()) is not None


def test_without_prerequisites_there_is_no_picture(client: Client) -> None:
    make_honour()

    page = client.get(reverse("honours:catalogue")).content.decode()

    assert (picture(graph()), "graph-title" in page) == (None, False)


def test_the_catalogue_shows_it_with_the_same_in_words(client: Client) -> None:
    make_ladder("generally")

    page = client.get(reverse("honours:catalogue")).content.decode()

    assert page.count('class="graph-line graph-line-generally" d="M') == 1 + 2
    assert re.search(r"江州省劳动模范</a>|江州省劳动模范</t", page) is not None
    assert Honour.objects.count() == 3
