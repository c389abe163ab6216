"""What the log keeps can be told apart where it is listed."""

from __future__ import annotations

import pytest

from jiangxin.kernel.events.models import Checkpoint, Event, LogHead, PendingEvent
from jiangxin.kernel.events.tests.logs import write


def test_rows_have_readable_names() -> None:
    rows = [
        Event(name="orgs.rename_org", object_type="orgs.org", object_id="7"),
        Event(name="test.alone"),
        PendingEvent(event_id=12),
        LogHead(size=9),
        Checkpoint(origin="log.example", size=9),
    ]

    assert [str(row) for row in rows] == [
        "orgs.rename_org orgs.org 7",
        "test.alone",
        "12",
        "9",
        "log.example 9",
    ]


@pytest.mark.django_db
def test_every_name_in_the_log_is_listed_once() -> None:
    write(3)
    write(2)

    assert Event.objects.names() == ["test.event_0", "test.event_1", "test.event_2"]
