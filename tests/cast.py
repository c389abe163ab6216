"""The cast in a small demo world: the same eight personas in tests, screenshots and docs."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User

WELDER, TEAM_LEADER, CHAIR = "linxiaoman", "zhaotiesheng", "zhoumin"
REVIEWER, CITY_OFFICER, DECIDER = "heyanqiu", "xuqinghe", "guchanghe"
EMPLOYER, OUTSIDER = "qianyifan", "dingyi"


def persona(username: str) -> User:
    """The account of one of the cast."""
    return User.objects.select_related("person", "org").get(username=username)


def signed_in(username: str) -> Client:
    """A browser that went through the demo door as this persona."""
    client = Client()
    answer = client.post(reverse("accounts:try_persona", args=[username]))
    assert answer.status_code == 302
    return client
