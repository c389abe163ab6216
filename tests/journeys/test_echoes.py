"""Echoes: every reaction has its effect once, however often it runs; and nobody writes into another app's tables."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection

from jiangxin.accounts.actions import accept_invitation, end_grant, give_grant, invite_person
from jiangxin.accounts.tests.factories import PASSWORD
from jiangxin.honours.actions import correct_conferral, lift_suspension, suspend_conferral
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, registered_reactions
from jiangxin.kernel.events.models import Receipt, ReceiptState
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.sheets.running import import_file
from jiangxin.orgs.actions import add_org, merge_org, move_org
from jiangxin.people.actions import (
    ask_right,
    place_person,
    refuse_dispute,
    refuse_right,
    rename_person,
)
from tests.cast import CHAIR, CITY_OFFICER, persona
from tests.journeys.scene import Scene, set_scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BY = SystemActor("echoes")
OF_THE_HOUSE = "jiangxin."
MECHANICS = {"events", "jobs"}  # the logs of what was done; a repeat may stand there, its effect may not
WRITES = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)


def _stir(scene: Scene, folder: Path) -> None:
    """Do what the scene leaves out, so that every reaction has something to react to."""
    _answer_the_worker(scene)
    union, colleague = scene.union, scene.colleague
    assert union.parent is not None
    new = add_org(union.parent, name="临江市新设工会联合会", kind="industry", by=BY)
    rename_person(colleague, name="覃小洲", by=BY)
    place_person(colleague, org=union, by=BY)
    move_org(union, parent=new, by=BY)
    merge_org(add_org(new, name="临江市小微企业工会", kind="enterprise", by=BY), into=union, by=BY)
    end_grant(give_grant(persona(CHAIR), role="editor", org=union, by=BY), by=BY)
    letter = invite_person(colleague, by=BY)
    accept_invitation(letter.invitation, username="echo", password=PASSWORD, by=BY)
    path = folder / "people.csv"
    path.write_text("姓名,工作单位\n顾见山,宏远重工\n沈望舒,宏远重工\n", encoding="utf-8")
    officer = persona(CITY_OFFICER)
    assert officer.org is not None
    import_file(path, sheet="people", by=officer, opath=officer.org.path)


def _answer_the_worker(scene: Scene) -> None:
    suspend_conferral(scene.conferral, reason="有人反映事迹不实，先行核查。", by=BY)
    lift_suspension(scene.conferral, reason="核查后事迹属实，予以恢复。", by=BY)
    correct_conferral(
        scene.conferral, unit_text="宏远重工第二车间", reason="单位印错，按决定原文更正。", by=BY
    )
    refuse_dispute(scene.dispute, answer="名单原文如此，附决定文号。", by=BY)
    refuse_right(ask_right(scene.colleague, kind="limit", by=BY), answer="没有需要限制的理由。", by=BY)


def _state() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the house, without the logs."""
    models = [m for m in apps.get_models() if m.__module__.startswith(OF_THE_HOUSE)]
    return {
        m.__name__: sorted(m._default_manager.values_list(), key=repr)
        for m in models
        if m._meta.app_label not in MECHANICS and ".tests." not in m.__module__
    }


def _work_off() -> None:
    while drain():
        continue


def test_every_reaction_survives_being_run_twice(world: None, tmp_path: Path) -> None:
    _stir(set_scene(tmp_path), tmp_path)
    _work_off()
    before, mailed = _state(), len(mail.outbox)
    done = Receipt.objects.filter(state=ReceiptState.DONE)
    names = dict(Event.objects.filter(pk__in=done.values("event_id")).values_list("pk", "name"))
    heard = {(receipt.reaction, names[receipt.event_id]) for receipt in done}

    repeated = done.update(state=ReceiptState.WAITING, attempts=0, done_at=None)
    _work_off()

    ours = [r for r in registered_reactions().values() if ".tests." not in r.effect.__module__]
    assert heard == {(reaction.code, name) for reaction in ours for name in reaction.names}
    assert (done.count(), Receipt.objects.exclude(state=ReceiptState.DONE).count()) == (repeated, 0)
    assert {name: rows for name, rows in _state().items() if rows != before[name]} == {}
    assert len(mail.outbox) == mailed


def _rooms() -> dict[str, str]:
    """The package that keeps each table of the house."""
    return {
        m._meta.db_table: config.name + "."
        for config in apps.get_app_configs()
        if config.name.startswith(OF_THE_HOUSE)
        for m in config.get_models()
    }


def _callers() -> Iterator[str]:
    frame = sys._getframe(1)
    while frame is not None:
        yield frame.f_globals.get("__name__", "")
        frame = frame.f_back


class _Watch:
    """Notes each write to a table that no code of the table's own app asked for."""

    def __init__(self) -> None:
        self.rooms, self.seen, self.strangers = _rooms(), set(), set()

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = WRITES.match(sql)
        if found and (room := self.rooms.get(found[1])):
            self.seen.add(found[1])
            callers = [name for name in _callers() if name.startswith(OF_THE_HOUSE)]  # none: the scene itself
            if callers and not any(name.startswith(room) for name in callers):
                self.strangers.add(f"{found[1]}: {callers[0]}")
        return execute(sql, *rest)


def test_nobody_writes_into_the_tables_of_another_app(world: None, tmp_path: Path) -> None:
    watch = _Watch()

    with connection.execute_wrapper(watch):
        _stir(set_scene(tmp_path), tmp_path)
        _work_off()

    assert watch.strangers == set()
    assert {"orgs_org", "people_person", "accounts_grant", "honours_conferral"} <= watch.seen
