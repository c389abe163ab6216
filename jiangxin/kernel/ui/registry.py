"""Declares what a component is and keeps the list of all components."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final


class Required(Enum):
    """Marks an attribute without a default."""

    REQUIRED = "required"


REQUIRED: Final = Required.REQUIRED

#: What an attribute may hold; a quoted literal in a template must fit it.
KINDS: Final = ("text", "flag", "number", "list", "object")

Values = dict[str, Any]
Prepare = Callable[[Values], Mapping[str, Any]]


class ComponentError(ValueError):
    """A component was declared or used against its declaration."""


@dataclass(frozen=True, slots=True)
class Attr:
    """One declared attribute: its kind, default (REQUIRED for none) and, for texts, the allowed values."""

    name: str
    default: Any = REQUIRED
    kind: str = "text"
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            message = f"attribute {self.name}: kind must be one of {', '.join(KINDS)}"
            raise ComponentError(message)
        if self.choices and self.default is not REQUIRED and self.default not in self.choices:
            message = f"attribute {self.name}: the default is not among its choices"
            raise ComponentError(message)

    def describe(self) -> str:
        """Return the attribute as the reference shows it, for example ``kind="primary|quiet"``."""
        if self.choices:
            return f'{self.name}="{"|".join(self.choices)}"'
        if self.default is REQUIRED:
            return f"{self.name}: {self.kind}, required"
        return f"{self.name}: {self.kind}"


@dataclass(frozen=True, slots=True)
class Component:
    """A declared component; its template is ``ui/components/<name>.html``.

    ``slots`` are the blocks a caller may fill, ``body`` is the one filled by what stands outside of
    ``{% slot %}``. The first attributes in ``positional`` may be given without a name. ``passes`` lets
    ``hx_*``, ``data_*`` and ``aria_*`` through to the element. ``needs`` names context variables the template
    reads. ``prepare`` receives all values and returns further ones.
    """

    name: str
    doc: str
    example: str
    attrs: tuple[Attr, ...] = ()
    slots: tuple[str, ...] = ()
    needs_slots: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    passes: bool = False
    needs: tuple[str, ...] = ()
    prepare: Prepare | None = None
    by_name: Mapping[str, Attr] = field(init=False)
    defaults: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        by_name = {attr.name: attr for attr in self.attrs}
        unknown = [name for name in self.positional if name not in by_name]
        if unknown or len(by_name) != len(self.attrs):
            message = f"component {self.name}: attributes declared twice or positional ones unknown {unknown}"
            raise ComponentError(message)
        object.__setattr__(self, "by_name", by_name)
        defaults = {attr.name: attr.default for attr in self.attrs if attr.default is not REQUIRED}
        object.__setattr__(self, "defaults", defaults)

    @property
    def template_name(self) -> str:
        """Path of the component's template."""
        return f"ui/components/{self.name}.html"


_registry: dict[str, Component] = {}


def declare(*components: Component) -> None:
    """Add components to the register; a name may be taken once."""
    for component in components:
        if component.name in _registry:
            message = f"component {component.name} is declared twice"
            raise ComponentError(message)
        _registry[component.name] = component


def component_named(name: str) -> Component:
    """Return the component of that name, or raise ComponentError."""
    try:
        return _registry[name]
    except KeyError:
        message = f"there is no component called {name}"
        raise ComponentError(message) from None


def all_components() -> tuple[Component, ...]:
    """Return every declared component in alphabetical order."""
    return tuple(_registry[name] for name in sorted(_registry))


def reference() -> str:
    """Return the component list of the README as Markdown."""
    parts: list[str] = []
    for component in all_components():
        facts = [attr.describe() for attr in component.attrs]
        if component.slots:
            facts.append("slots: " + ", ".join(component.slots))
        if component.passes:
            facts.append("passes hx_*, data_*, aria_*")
        parts.append(f"### {component.name}\n\n{component.doc}\n\n```django\n{component.example}\n```\n")
        if facts:
            parts.append("`" + "` · `".join(facts) + "`\n")
    return "\n".join(parts)
