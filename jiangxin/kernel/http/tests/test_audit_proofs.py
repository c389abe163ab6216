"""A proof holds for what was written into the log and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from jiangxin.kernel.events import Event
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.tests.logs import write
from jiangxin.kernel.http import audit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings: Settings, tmp_path: Path) -> None:
    settings.JX_HOME = tmp_path


def test_a_changed_entry_is_not_proved() -> None:
    kept, changed = write(2)
    make_checkpoint()
    with unlocked():
        Event.objects.filter(pk=changed.pk).update(actor="system:tset")

    proofs = [audit.proof_of(event) for event in (kept, changed)]

    assert [proof and proof.holds for proof in proofs] == [True, False]


def test_a_reading_is_called_by_its_own_words() -> None:
    assert [audit.title_of(name) for name in (audit.READ, "gone.long_ago")] == [
        "查看受保护的内容",
        "gone.long_ago",
    ]
