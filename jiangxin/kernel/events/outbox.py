"""The outbox: reactions to announcements, delivered after the commit, each effect once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiangxin.kernel.events.models import Event

Effect = Callable[["Event"], None]
RETRIES = 8


@dataclass(frozen=True)
class Reaction:
    """One function that cares for some announcements; `code` is "app.function"."""

    code: str
    names: tuple[str, ...]
    effect: Effect
    retries: int = RETRIES


_reactions: dict[str, Reaction] = {}


def on(*names: str, retries: int = RETRIES) -> Callable[[Effect], Effect]:
    """Register a reaction to the announcements `names`; it gets the Event and calls actions, nothing else.

    It runs in the worker inside a transaction of its own; that transaction also writes the receipt, so repeats and
    crashes have no second effect. An exception rolls it back and it is tried again, at most `retries` times more.
    """

    def register(effect: Effect) -> Effect:
        code = _code_of(effect)
        if code in _reactions and _source(_reactions[code].effect) != _source(effect):
            raise ValueError(f"two reactions are called {code}")
        _reactions[code] = Reaction(code, names, effect, retries)
        return effect

    return register


def registered_reactions() -> dict[str, Reaction]:
    """Every registered reaction by its code."""
    return dict(_reactions)


def reactions_to(name: str) -> list[Reaction]:
    """The reactions that care for an announcement, in the order of their registration."""
    return [reaction for reaction in _reactions.values() if name in reaction.names]


def _code_of(effect: Effect) -> str:
    """jiangxin.people.reactions.refresh_search → people.refresh_search."""
    parts = [part for part in effect.__module__.split(".") if part not in ("jiangxin", "kernel", "reactions")]
    return ".".join([*parts, effect.__qualname__.rsplit(".", 1)[-1]])


def _source(effect: Effect) -> tuple[str | None, str]:
    return inspect.getsourcefile(effect), effect.__qualname__
