"""Flows are checked when declared, and move a thing by one conditional update."""

from __future__ import annotations

import pytest

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.states import Flow, Move, State
from jiangxin.kernel.states.flow import flows
from jiangxin.kernel.states.models import Step

BY = SystemActor("test")
LAMP = Flow(
    "test.lamp",
    "label",
    (State("off", "关"), State("on", "开"), State("broken", "坏", final=True)),
    (Move("light", "off", "on"), Move("put_out", "on", "off"), Move("break", "on", "broken")),
)


@pytest.fixture
def lamp(db: None) -> ApiToken:
    return ApiToken.objects.create(owner_key=1, label="off", digest="0" * 64)


def test_a_move_changes_the_state_and_writes_a_step(lamp: ApiToken) -> None:
    LAMP.move(lamp, "light", by=BY, note="天黑了")

    lamp.refresh_from_db()
    step = Step.objects.of(lamp).get()
    assert lamp.label == "on"
    assert (step.source, step.target, step.actor, step.note) == ("off", "on", "system:test", "天黑了")
    assert str(step) == f"http.apitoken {lamp.pk}: off → on"


def test_a_move_that_does_not_start_here_is_refused(lamp: ApiToken) -> None:
    with pytest.raises(Refused) as refusal:
        LAMP.move(lamp, "break", by=BY)

    assert refusal.value.code == "wrong_state"
    assert "关" in str(refusal.value)
    assert Step.objects.count() == 0


def test_the_slower_of_two_officers_is_refused(lamp: ApiToken) -> None:
    same = ApiToken.objects.get(pk=lamp.pk)
    LAMP.move(lamp, "light", by=BY)

    with pytest.raises(Refused) as refusal:
        LAMP.move(same, "light", by=BY)

    assert refusal.value.code == "overtaken"
    assert Step.objects.count() == 1


def test_other_fields_change_in_the_same_update(lamp: ApiToken) -> None:
    LAMP.move(lamp, "light", by=BY, owner_key=7)

    lamp.refresh_from_db()
    assert lamp.owner_key == 7


@pytest.mark.parametrize(
    ("states", "moves", "fault"),
    [
        ((State("a", "a"),), (), "no way out"),
        ((State("a", "a", final=True), State("b", "b", final=True)), (), "cannot be reached"),
        ((State("a", "a"),), (Move("go", "a", "z"),), "unknown state z"),
        ((State("a", "a"),), (Move("go", "a", "a"), Move("go", "a", "a")), "twice"),
    ],
)
def test_a_wrong_table_is_refused_when_declared(states: tuple, moves: tuple, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Flow("test.wrong", "label", states, moves)


def test_a_declared_flow_is_found_by_its_name() -> None:
    assert flows()["test.lamp"] is LAMP


def test_the_drawing_names_each_move() -> None:
    drawing = LAMP.drawing()

    assert "    off --> on: light" in drawing.splitlines()
    assert "    broken --> [*]" in drawing.splitlines()
