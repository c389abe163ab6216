"""Writes the generated pages of docs/ (settings, permissions, events, floors, commands, jobs, flows, API): python -m scripts.make_docs."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiangxin.kernel.modules import EventType

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTE = "<!-- written by `make docs`; a test compares it -->\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    from jiangxin.config.environment import Environment

    rows = []
    for name, field in Environment.model_fields.items():
        shown = "" if name == "secret_key" else str(field.default)
        rows.append([f"`{name.upper()}`", f"`{shown}`" if shown else "", field.description or ""])
    return (
        f"# Settings\n\n{NOTE}\nAll come from the environment; a wrong one ends the start with one line and exit code 2.\n\n"
        + _table(["name", "default", "meaning"], rows)
    )


def permissions_page() -> str:
    from django.utils import translation

    from jiangxin.kernel.modules import installed_modules, roles

    out = [f"# Permissions and roles\n\n{NOTE}"]
    with translation.override("en"):
        out.append(
            "## Roles\n\n"
            + _table(
                ["id", "中文", "English"], [[f"`{r.id}`", _zh(r.title), r.title_en] for r in roles().values()]
            )
        )
        for module in installed_modules():
            if module.permissions:
                rows = [
                    [
                        f"`{p.code}`",
                        _zh(p.title),
                        "everyone" if p.public else ", ".join(p.roles),
                        "own" if p.own else "",
                        "yes" if p.veto else "",
                    ]
                    for p in module.permissions
                ]
                out.append(
                    f"## {module.app}\n\n" + _table(["code", "中文", "held by", "also on", "veto"], rows)
                )
    return "\n".join(out)


def _zh(text: object) -> str:
    from django.utils import translation

    with translation.override("zh-hans"):
        return str(text)


def events_page() -> str:
    from jiangxin.kernel.events import registered_reactions
    from jiangxin.kernel.modules import installed_modules

    listeners: dict[str, list[str]] = {}
    for reaction in registered_reactions().values():
        for name in reaction.names:
            listeners.setdefault(name, []).append(reaction.code)
    rows = [
        [f"`{e.name}`", _payload(e), "<br>".join(sorted(listeners.get(e.name, [])))]
        for module in installed_modules()
        for e in module.events
    ]
    starred = "A field with a star speaks of a person; the log can forget it (ADR 17).\n\n"
    return f"# Announcements\n\n{NOTE}\n{starred}" + _table(["name", "payload", "who reacts"], rows)


def _payload(event: EventType) -> str:
    return ", ".join(f"`{field}`*" if field in event.personal else f"`{field}`" for field in event.fields)


def floors_page() -> str:
    from jiangxin.kernel.modules import installed_modules

    out = [f"# Floors\n\n{NOTE}"]
    for module in installed_modules():
        offers = {
            "permissions": len(module.permissions),
            "announcements": len(module.events),
            "navigation": len(module.nav),
            "to-dos": len(module.todos),
            "search kinds": len(module.search),
            "sheets": len(module.sheets),
            "sections": len(module.sections),
        }
        said = ", ".join(f"{count} {what}" for what, count in offers.items() if count)
        out.append(f"## {module.app} — {_zh(module.title)}\n\nOffers {said or 'nothing yet'}.\n")
    return "\n".join(out)


def commands_page() -> str:
    import click

    from jiangxin.config.cli.main import COMMANDS, main

    context = click.Context(main, info_name="jiangxin")
    out = [
        f"# The `jiangxin` command\n\n{NOTE}\nExit codes: 0 done, 1 the answer is no, 2 wrong use or setting, 3 stopped on the way; `verify` has its own, below.\n"
    ]
    for name in COMMANDS:
        command = main.get_command(context, name)
        if command is not None:
            out += _command_parts(command, name)
    return "\n".join(out)


def _command_parts(command: Any, name: str) -> list[str]:
    """The help of a command and of those below it."""
    import click

    text = command.get_help(click.Context(command, info_name=f"jiangxin {name}"))
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [
        f"## {name}\n\n```text\n{text}\n```\n",
        *(part for each in below for part in _command_parts(each, f"{name} {each.name}")),
    ]


def jobs_page() -> str:
    from jiangxin.kernel.jobs import registered_jobs, registered_schedules

    schedules = registered_schedules()
    rows = [
        [f"`{code}`", _when(schedules.get(code)), str(job.retries), _first_sentence(job.func)]
        for code, job in sorted(registered_jobs().items())
        if ".tests." not in job.func.__module__
    ]
    return f"# Background work\n\n{NOTE}\n" + _table(["job", "due", "retries", "what it does"], rows)


def _when(schedule: Any) -> str:
    if schedule is None:
        return "when queued"
    return f"every {schedule.every}" if schedule.every else f"daily at {schedule.daily:%H:%M}"


def _first_sentence(function: Callable[..., Any]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]


def _load_flows() -> None:
    """Import every file that declares flows, so that the page does not depend on what ran before."""
    from django.apps import apps

    for config in apps.get_app_configs():
        for room in ("states", "flow"):
            if config.name.startswith("jiangxin.") and find_spec(f"{config.name}.{room}"):
                import_module(f"{config.name}.{room}")


def flows_page() -> str:
    _load_flows()
    from jiangxin.kernel.states import flows

    parts = [
        f"## {name}\n\n```mermaid\n{flow.drawing()}\n```\n"
        for name, flow in sorted(flows().items())
        if not name.startswith("test.")
    ]
    return f"# Flows\n\n{NOTE}\n" + "\n".join(parts)


def openapi_page() -> str:
    from jiangxin.config.urls import API

    return (
        json.dumps(
            API.get_openapi_schema(path_prefix="/api/v1/"),
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
            default=str,
        )
        + "\n"
    )


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "permissions.md": permissions_page,
    "events.md": events_page,
    "floors.md": floors_page,
    "commands.md": commands_page,
    "jobs.md": jobs_page,
    "flows.md": flows_page,
    "openapi.json": openapi_page,
}


def main() -> None:
    os.environ.setdefault("JX_HOME", tempfile.mkdtemp(prefix="jx-docs-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiangxin.config.settings"
    import django

    django.setup()
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(name)
    _list_components()


def _list_components() -> None:
    """The components in the README beside them."""
    from jiangxin.kernel.ui.reference import README, readme_text

    README.write_text(readme_text(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(README.name)


if __name__ == "__main__":
    main()
