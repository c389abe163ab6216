"""The API against its own schema: whatever is sent, no server error and no answer the schema does not tell of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from jiangxin.config.wsgi import application
from jiangxin.honours.models import Conferral, Credential
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.orgs.models import Org, Region
from jiangxin.people.models import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ADDRESS = "/api/v1/openapi.json"


schema = schemathesis.openapi.from_wsgi(ADDRESS, application)


@pytest.fixture(autouse=True)
def _a_world_to_ask_about(world: None) -> Iterator[None]:
    """The demo world; the connection stays open between requests, because the world lives in its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    forget_limits()
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_input_breaks_the_api_or_its_schema(case: schemathesis.Case) -> None:
    forget_limits()

    case.call_and_validate()
