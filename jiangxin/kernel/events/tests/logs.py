"""Events to number, and what a verification finds."""

from __future__ import annotations

from jiangxin.kernel.events import Event
from jiangxin.kernel.events.verify import verify_log


def write(count: int) -> list[Event]:
    return Event.objects.bulk_create(
        [Event(kind="security", name=f"test.event_{n}", actor="system:test") for n in range(count)]
    )


def findings() -> list[tuple[str, int]]:
    return [(finding.kind, finding.sequence) for finding in verify_log().findings]
