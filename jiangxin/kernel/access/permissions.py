"""Declarations of permissions and roles; apps list theirs in module.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

Predicate = Callable[[Any, Any], bool]
Label = str | Promise


class Scoped(Protocol):
    """A thing that belongs to an organisation; `opath` is that organisation's path, "" for the whole country."""

    @property
    def opath(self) -> str: ...


@dataclass(frozen=True)
class Permission:
    """One permission `app.verb_noun`.

    Granted when a role of the actor on an organisation covers the thing's `opath`, or when `own(actor, thing)`;
    taken away again when `veto(actor, thing)`. `public=True` means anyone may, even without an account.
    """

    code: str
    title: Label
    roles: tuple[str, ...] = ()
    own: Predicate | None = None
    veto: Predicate | None = None
    public: bool = False

    def __post_init__(self) -> None:
        app, dot, verb_noun = self.code.partition(".")
        if not (app and dot and "_" in verb_noun):
            raise ValueError(f"permission code must read app.verb_noun: {self.code}")


@dataclass(frozen=True)
class Role:
    """A named set of permissions with a stable id; which permissions it holds is said at each permission."""

    id: str
    title: Label
    title_en: str
    staff: bool = True
    excludes: frozenset[str] = field(default_factory=frozenset)
