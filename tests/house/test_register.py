"""The register: what is declared is used, what is used is declared."""

from __future__ import annotations

import ast
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, get_resolver

from jiangxin.kernel.actions import registered_actions
from jiangxin.kernel.modules import installed_modules, permissions, roles
from tests.house.tree import named, python_files, syntax

pytestmark = pytest.mark.house


def _calls(function: str) -> list[tuple[str, str]]:
    """(event name, place) of each call or decorator of `function` with a literal first argument."""
    found = []
    for path in python_files():
        for node in ast.walk(syntax(path)):
            if (
                not isinstance(node, ast.Call)
                or not isinstance(node.func, ast.Name)
                or node.func.id != function
            ):
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                found.append((node.args[0].value, f"{named(path)}:{node.lineno}"))
    return found


def test_every_announcement_is_declared_by_its_app() -> None:
    declared = {event.name for module in installed_modules() for event in module.events}

    assert [place for name, place in _calls("announce") + _calls("on") if name not in declared] == []


def test_every_declared_announcement_is_made_somewhere() -> None:
    declared = {event.name for module in installed_modules() for event in module.events}
    made = {name for name, _ in _calls("announce") + _calls("announce_many")}

    assert declared - made == set()


def test_what_the_log_says_about_safety_has_a_title() -> None:
    titled = {name for module in installed_modules() for name, _ in module.security}
    written = {name for name, _ in _calls("record_security")}

    assert written - titled == set()


def _asked() -> set[str]:
    """The permissions that verbs ask for."""
    for config in apps.get_app_configs():
        if config.name.startswith("jiangxin.") and find_spec(f"{config.name}.actions"):
            import_module(f"{config.name}.actions")
    return {item.permission for name, item in registered_actions().items() if ".tests." not in name}


def test_every_action_asks_for_a_declared_permission() -> None:
    assert sorted(_asked() - set(permissions())) == []


def test_every_permission_is_used_by_a_verb_or_a_door() -> None:
    """One that no verb asks for opens something to look at: it stands in the code beside its declaration."""
    looked_at = {
        node.value
        for path in python_files()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and path.name != "module.py"
    }
    in_menus = {item.permission for module in installed_modules() for item in (*module.nav, *module.todos)}

    assert sorted(set(permissions()) - _asked() - looked_at - in_menus) == []


def test_every_permission_is_held_by_somebody() -> None:
    known = set(roles())
    idle = [code for code, item in permissions().items() if not (item.roles or item.own or item.public)]
    strange = [
        f"{code}: {role}" for code, item in permissions().items() for role in item.roles if role not in known
    ]

    assert (idle, strange) == ([], [])


def test_every_navigation_item_and_todo_leads_somewhere() -> None:
    known = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    for namespace, (_, resolver) in get_resolver().namespace_dict.items():
        known |= {f"{namespace}:{key}" for key in resolver.reverse_dict if isinstance(key, str)}
    wanted = [item.url_name for module in installed_modules() for item in (*module.nav, *module.todos)]

    assert [name for name in wanted if name not in known] == []
    assert NoReverseMatch  # the resolver was built, so that every urls.py imports
