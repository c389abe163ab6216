"""Renders snippets the way a page would, and keeps the floors above out of these tests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

Draw = Callable[..., str]


@pytest.fixture(autouse=True)
def _own_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "jiangxin.kernel.ui.tests.urls"


@pytest.fixture
def draw(rf: RequestFactory) -> Draw:
    """Render template source with the ui tags loaded; keywords are the page's variables."""

    def draw_source(source: str, *, address: str = "/", **values: Any) -> str:
        request = rf.get(address)
        request.user = AnonymousUser()
        return engines["django"].from_string("{% load i18n ui %}" + source).render(values, request)

    return draw_source
