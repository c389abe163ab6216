"""The decorator every verb wears: it asks for permission, opens the transaction, names the actor and writes the log."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.events import acting, record_action, record_refusal
from jiangxin.kernel.events.context import current_action

P = ParamSpec("P")
R = TypeVar("R")
_registered: dict[str, Action] = {}


@dataclass(frozen=True)
class Action:
    """What is known of one verb: its permission, and the function itself."""

    name: str
    permission: str
    function: Callable[..., Any]


class _Marked(Protocol):
    action: Action


def registered_actions() -> dict[str, Action]:
    """Every verb that has been imported, by `module.function`."""
    return dict(_registered)


def action(permission: str, *, on: str = "", label: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb of the house.

    The permission is asked of `by` on the first argument (the thing), or on the argument named `on`.
    The check is made at the outermost verb only; verbs it calls inherit its authority and stand in its chain.
    Raises Refused when the permission is missing. The log gets one event for the outermost verb.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def verb(*args: P.args, **kwargs: P.kwargs) -> R:
            bound = signature.bind(*args, **kwargs)
            by = cast(Actor, bound.arguments["by"])
            thing = bound.arguments.get(on) if on else (args[0] if args else None)
            if current_action() is not None:
                with acting(by, action=permission), transaction.atomic():
                    return function(*args, **kwargs)
            return _outermost(lambda: function(*args, **kwargs), permission=permission, thing=thing, by=by)

        if "by" not in signature.parameters:
            raise TypeError(f"{name}: a verb names its actor as by=")
        known = Action(name=name, permission=permission, function=function)
        _registered[name] = known
        cast(_Marked, verb).action = known
        return verb

    return decorate


def _outermost(call: Callable[[], R], *, permission: str, thing: object, by: Actor) -> R:
    with acting(by, action=permission):
        if not by.has_perm(permission, thing):
            refusal = Refused(_("您没有做这件事的权限。请联系本单位工会管理员。"), code="no_permission")
            record_refusal(permission, thing, by=by, reason=refusal.code)
            raise refusal
        with transaction.atomic():
            result = call()
            subject = result if isinstance(result, models.Model) else thing
            record_action(permission, subject, by=by)
            return result
