"""The front door and what search engines are told."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from jiangxin.honours.tests.factories import make_honour
from jiangxin.insights.tests.scene import index, make_worker

pytestmark = pytest.mark.django_db


def test_the_front_door_leads_to_what_a_visitor_came_for(client: Client) -> None:
    honour = make_honour()
    make_worker("林小满", honour, 2024)
    make_worker("赵铁生", honour, 2023)
    index()
    page = client.get("/").content.decode()
    doors = re.search(r'class="doors">(.*?)</ul>', page, re.DOTALL)[1]

    assert re.findall(r'href="([^"]+)"', doors) == ["/register/", "/verify/", "/honours/", "/statistics/"]
    assert re.findall(r"([\d,]+) 位劳动者|([\d,]+) 人次，", doors) == [("2", ""), ("", "2")]
    assert re.findall(r'href="(/register/\?year=\d+)"', page) == [
        "/register/?year=2024",
        "/register/?year=2023",
    ]


def test_the_front_door_of_an_empty_house_opens(client: Client) -> None:
    answer = client.get("/")

    assert (answer.status_code, "每年授予的荣誉" in answer.content.decode()) == (200, False)


def test_the_demo_world_says_that_it_is_invented(client: Client, settings: object) -> None:
    settings.DEMO_MODE = True
    shown = "演示数据，人物与单位均为虚构" in client.get("/").content.decode()
    settings.DEMO_MODE = False

    assert (shown, "演示数据，人物与单位均为虚构" in client.get("/").content.decode()) == (True, False)


def test_robots_stay_out_of_the_demo_world_and_of_own_pages(client: Client, settings: object) -> None:
    settings.DEMO_MODE = True
    demo = client.get("/robots.txt").content.decode().splitlines()
    settings.DEMO_MODE = False
    real = client.get("/robots.txt").content.decode().splitlines()

    assert demo == ["User-agent: *", "Disallow: /"]
    assert real[0] == "User-agent: *"
    assert {"Disallow: /work/", "Disallow: /me/", "Disallow: /account/"} <= set(real)
    assert [line for line in real if line in ("Disallow: /", "Disallow: /register/", "Disallow: /p/")] == []
