"""Who is acting, in which verb and in which request: carried by context variables, read by the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from jiangxin.kernel.access import Actor

MOST_VERBS = 50  # of one deed that the log names


@dataclass(frozen=True)
class _Deed:
    """One deed: who acts now, the verbs open at this moment, and every verb called since the outermost began."""

    actor: Actor
    open_verbs: tuple[str, ...] = ()
    called: list[str] = field(default_factory=list)


_deed: ContextVar[_Deed | None] = ContextVar("deed", default=None)
_request_id: ContextVar[str] = ContextVar("request_id", default="")


@contextmanager
def acting(actor: Actor, *, action: str = "") -> Iterator[None]:
    """Name the actor, and the verb if there is one, for everything logged inside the block."""
    outer = _deed.get()
    open_verbs = outer.open_verbs if outer else ()
    called = outer.called if outer and outer.open_verbs else []
    if action:
        open_verbs = (*open_verbs, action)
        if len(called) < MOST_VERBS:
            called.append(action)
    token = _deed.set(_Deed(actor, open_verbs, called))
    try:
        yield
    finally:
        _deed.reset(token)


@contextmanager
def alone(actor: Actor) -> Iterator[None]:
    """Start afresh with this actor and no verb: for work that was queued by somebody else's deed."""
    token = _deed.set(_Deed(actor))
    try:
        yield
    finally:
        _deed.reset(token)


@contextmanager
def in_request(request_id: str) -> Iterator[None]:
    """Give everything logged inside the block this request id."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


def current_actor() -> Actor | None:
    """Whoever acts now, or None outside every deed."""
    deed = _deed.get()
    return deed.actor if deed else None


def current_action() -> str | None:
    """The permission code of the outermost verb, or None when no verb is open."""
    deed = _deed.get()
    return deed.open_verbs[0] if deed and deed.open_verbs else None


def current_chain() -> tuple[str, ...]:
    """The verbs open now, the outermost first."""
    deed = _deed.get()
    return deed.open_verbs if deed else ()


def called_verbs() -> tuple[str, ...]:
    """Every verb called since the outermost began, in order; what the outermost verb's log entry names."""
    deed = _deed.get()
    return tuple(deed.called) if deed else ()


def current_request_id() -> str:
    """The id of the request being answered, "" outside requests."""
    return _request_id.get()
