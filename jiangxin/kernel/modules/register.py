"""The register: every installed app's declarations, read once when apps are ready."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from jiangxin.kernel.access import Permission, Role
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules.declarations import EventType, Module

HOUSE = "jiangxin."


@cache
def installed_modules() -> tuple[Module, ...]:
    """The Module of each installed app that has a module.py, in the order of INSTALLED_APPS."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith(HOUSE)]
    found = [f"{name}.module" for name in names if find_spec(f"{name}.module")]
    return tuple(import_module(name).MODULE for name in found)


@cache
def permissions() -> dict[str, Permission]:
    """Every declared permission by code; a code declared twice is an error."""
    declared: dict[str, Permission] = {}
    for module in installed_modules():
        for item in module.permissions:
            if item.code in declared:
                raise ValueError(f"permission declared twice: {item.code}")
            declared[item.code] = item
    return declared


def permission(code: str) -> Permission:
    """The declared permission; KeyError names an unknown code."""
    return permissions()[code]


@cache
def roles() -> dict[str, Role]:
    """Every declared role by its stable id."""
    return {role.id: role for module in installed_modules() for role in module.roles}


@cache
def _event_types() -> dict[str, EventType]:
    return {event.name: event for module in installed_modules() for event in module.events}


def event_type(name: str) -> EventType:
    """The declared announcement; KeyError names an undeclared one."""
    return _event_types()[name]


@cache
def entry_titles() -> dict[str, Label]:
    """What the names that stand in the log say in words: deeds (permissions), announcements, matters of safety."""
    titles: dict[str, Label] = {code: item.title for code, item in permissions().items()}
    titles |= {name: event.title for name, event in _event_types().items() if event.title}
    for module in installed_modules():
        titles |= dict(module.security)
    return titles


def named(reference: str) -> Any:
    """What a declaration's "package.module:name" points to; ImportError names what is not there."""
    return import_string(reference.replace(":", "."))


def load_rooms() -> None:
    """Import each app's reactions.py and jobs.py, so that they are registered."""
    for config in apps.get_app_configs():
        if not config.name.startswith(HOUSE):
            continue
        for room in ("reactions", "jobs"):
            if find_spec(f"{config.name}.{room}"):
                import_module(f"{config.name}.{room}")
