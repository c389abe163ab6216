"""A home of its own for keys and checkpoints, and announcements to make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jiangxin.kernel.events import Event, outbox
from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.tests.logs import write
from jiangxin.kernel.modules import EventType, register


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    """JX_HOME of this test alone."""
    settings.JX_HOME = tmp_path
    return tmp_path


@pytest.fixture
def log(db: None, home: Path) -> list[Event]:
    """Six numbered events under a signed checkpoint."""
    events = write(6)
    make_checkpoint()
    return events


@pytest.fixture
def _announcements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two announcements that no installed module declares."""
    declared = {
        "test.thing_moved": EventType("test.thing_moved", ("where",)),
        "test.thing_gone": EventType("test.thing_gone"),
    }
    monkeypatch.setattr(register, "_event_types", lambda: declared)


@pytest.fixture
def _own_reactions() -> Iterator[None]:
    """No reactions but those the test registers."""
    before = dict(outbox._reactions)
    outbox._reactions.clear()
    yield
    outbox._reactions.clear()
    outbox._reactions.update(before)
