"""Every night files go whose time is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.files import store_file
from jiangxin.kernel.sheets.jobs import sweep_stored_files


@pytest.mark.django_db(transaction=True)
def test_the_nightly_sweep_lets_go_of_what_is_over(settings: Settings, tmp_path: Path) -> None:
    settings.JX_HOME = tmp_path
    now, me = timezone.now(), SystemActor("test")
    over, kept = (
        store_file([b"%PDF-1.7\n"], name="list.pdf", by=me, expires_at=now + timedelta(days=days))
        for days in (-1, 1)
    )

    sweep_stored_files.call()

    for file in (over, kept):
        file.refresh_from_db()
    assert [file.removed_at is None for file in (over, kept)] == [False, True]
