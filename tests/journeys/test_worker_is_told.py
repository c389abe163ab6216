"""A worker's inbox: what the union decides about an honour or a request reaches the worker, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiangxin.accounts.models import Notice
from jiangxin.honours.actions import lift_suspension, suspend_conferral
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import drain
from jiangxin.people.actions import ask_right, refuse_dispute, refuse_right
from tests.cast import WELDER, persona
from tests.journeys.scene import set_scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BY = SystemActor("test")


def test_the_inbox_tells_what_was_decided(world: None, tmp_path: Path) -> None:
    scene = set_scene(tmp_path)
    title = scene.conferral.honour.title
    while drain():
        continue
    Notice.objects.all().delete()

    suspend_conferral(scene.conferral, reason="有人反映事迹不实，先行核查。", by=BY)
    lift_suspension(scene.conferral, reason="核查后事迹属实，予以恢复。", by=BY)
    refuse_dispute(scene.dispute, answer="名单原文如此，附决定文号。", by=BY)
    refuse_right(ask_right(scene.welder, kind="erase", by=BY), answer="荣誉按规定保留。", by=BY)
    while drain():
        continue

    told = Notice.objects.values_list("user", "title")
    assert sorted(told) == sorted(
        (persona(WELDER).pk, said)
        for said in (
            f"您的“{title}”已暂停",
            f"您的“{title}”已恢复",
            "工会答复了您的异议",
            "工会答复了您对档案的请求",
        )
    )
