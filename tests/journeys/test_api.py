"""The API against its own schema: whatever is sent, no server error and no answer the schema does not tell of."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from jiangxin.config.wsgi import application
from jiangxin.honours.models import Conferral, Credential
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.orgs.models import Org, Region
from jiangxin.people.models import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ADDRESS = "/api/v1/openapi.json"


@pytest.fixture
def api_schema(world: None) -> Any:
    forget_limits()
    return schemathesis.openapi.from_wsgi(ADDRESS, application)


schema = schemathesis.pytest.from_fixture("api_schema")


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
