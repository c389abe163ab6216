"""Actors: whoever does something, be it a person with an account or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """Anyone who acts. `actor_id` is stable ("user:7", "system:import"); `actor_label` is for readers."""

    @property
    def actor_id(self) -> str: ...

    @property
    def actor_label(self) -> str: ...

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody signed in; false for a visitor and for the system itself."""
        ...

    def has_perm(self, perm: str, obj: object | None = None) -> bool: ...

    def paths_for(self, code: str) -> tuple[str, ...]:
        """Paths of the organisations on which a role gives this permission; "" stands for the whole country."""
        ...


@dataclass(frozen=True)
class SystemActor:
    """The system acting by itself (schedule, reaction, command line); may do everything, and is named in the log."""

    name: str
    is_authenticated: bool = False

    @property
    def actor_id(self) -> str:
        return f"system:{self.name}"

    @property
    def actor_label(self) -> str:
        return f"系统（{self.name}）"

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return True

    def paths_for(self, code: str) -> tuple[str, ...]:
        return ("",)


@dataclass(frozen=True)
class Anonymous:
    """A visitor without an account; holds no permission."""

    is_authenticated: bool = False
    actor_id: str = "anonymous"
    actor_label: str = "访客"

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return False

    def paths_for(self, code: str) -> tuple[str, ...]:
        return ()
