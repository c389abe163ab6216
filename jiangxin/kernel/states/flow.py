"""Flow: the table of a thing's states and moves, checked when it is declared and moved by one conditional update."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.text.sayings import say

_declared: dict[str, Flow] = {}


def flows() -> dict[str, Flow]:
    """Every flow that has been imported, by name."""
    return dict(_declared)


@dataclass(frozen=True)
class State:
    """One state. A final state needs no way out."""

    code: str
    title: str | Promise
    final: bool = False


@dataclass(frozen=True)
class Move:
    """One move between two states."""

    name: str
    source: str
    target: str
    title: str | Promise = ""


@dataclass(frozen=True)
class Flow:
    """States and moves of one field; the first state is where things begin."""

    name: str
    field: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        for fault in self.faults():
            raise ValueError(f"flow {self.name}: {fault}")
        _declared[self.name] = self

    def faults(self) -> Iterator[str]:
        """What is wrong with the table: unknown, unreachable or stuck states, doubled moves."""
        codes = [state.code for state in self.states]
        pairs = [(move.name, move.source) for move in self.moves]
        unknown = {code for move in self.moves for code in (move.source, move.target)} - set(codes)
        yield from (f"unknown state {code}" for code in sorted(unknown))
        yield from (f"move {pair} twice" for pair in sorted({p for p in pairs if pairs.count(p) > 1}))
        yield from (f"state {code} cannot be reached" for code in sorted(set(codes) - self._reachable()))
        leaving = {move.source for move in self.moves}
        yield from (
            f"state {s.code} has no way out" for s in self.states if not s.final and s.code not in leaving
        )

    def _reachable(self) -> set[str]:
        seen: set[str] = set()
        waiting = [self.states[0].code]
        while waiting:
            code = waiting.pop()
            if code not in seen:
                seen.add(code)
                waiting += [move.target for move in self.moves if move.source == code]
        return seen

    def choices(self) -> list[tuple[str, str | Promise]]:
        """(code, title) pairs for the model field."""
        return [(state.code, state.title) for state in self.states]

    def title(self, code: str) -> str:
        return str(next(state.title for state in self.states if state.code == code))

    def moves_from(self, code: str) -> list[Move]:
        return [move for move in self.moves if move.source == code]

    def move(self, thing: models.Model, name: str, *, by: Actor, note: str = "", **changes: Any) -> Move:
        """Move the thing, in one conditional UPDATE together with `changes`, and write the Step.

        Raises Refused when the move does not start at the thing's state, or when somebody was faster.
        """
        source = getattr(thing, self.field)
        found = next((move for move in self.moves if move.name == name and move.source == source), None)
        if found is None:
            raise Refused(
                say(_("现在的状态是“%(state)s”，不能这样做。"), state=say(self.title(source))),
                code="wrong_state",
            )
        with transaction.atomic():
            manager = type(thing)._default_manager
            done = manager.filter(pk=thing.pk, **{self.field: source}).update(
                **{self.field: found.target}, **changes
            )
            if not done:
                raise Refused(_("刚才已有人改动了这条记录，请刷新后再看。"), code="overtaken")
            self._write_step(thing, found, by=by, note=note)
        for field, value in {self.field: found.target, **changes}.items():
            setattr(thing, field, value)
        return found

    def _write_step(self, thing: models.Model, move: Move, *, by: Actor, note: str) -> None:
        from jiangxin.kernel.states.models import Step  # noqa: PLC0415 - app ready: flows come before models

        Step.objects.create(
            object_type=thing._meta.label_lower,
            object_id=str(thing.pk),
            flow=self.name,
            move=move.name,
            source=move.source,
            target=move.target,
            actor=by.actor_id,
            actor_label=by.actor_label,
            note=note,
        )

    def drawing(self) -> str:
        """The flow as a Mermaid state diagram, for README and guides."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.states[0].code}"]
        lines += [f"    {move.source} --> {move.target}: {move.name}" for move in self.moves]
        lines += [f"    {state.code} --> [*]" for state in self.states if state.final]
        return "\n".join(lines)
