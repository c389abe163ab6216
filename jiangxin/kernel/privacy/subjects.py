"""Copy, and delete or anonymise, everything the house holds about one person (PIPL articles 45 and 47)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jiangxin.kernel.access import Actor
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules import Module, installed_modules, named


@dataclass(frozen=True)
class Kept:
    """Something that stays after an erasure, and the reason the person is told."""

    what: Label
    reason: Label


@dataclass(frozen=True)
class Erasure:
    """What one app did: rows deleted, rows made anonymous, and what must be kept."""

    deleted: int = 0
    anonymised: int = 0
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """What an erasure would do in one app, named before anybody confirms it: what goes, and what stays and why."""

    goes: tuple[Label, ...] = ()
    stays: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class SubjectPart:
    """What an app offers for one person; its Module names it in `subject_parts` as "package.module:NAME".

    `export(subject_uid)` returns plain JSON values of this person only; `erase(subject_uid, by)` removes what may go;
    `outlook(subject_uid)` says beforehand what that would be.
    """

    title: Label
    export: Callable[[str], Any]
    erase: Callable[[str, Actor], Erasure]
    outlook: Callable[[str], Outlook] | None = None


def subject_parts(modules: Iterable[Module] | None = None) -> dict[str, SubjectPart]:
    """The parts by app that the installed apps (or the given modules) declare, in the order of INSTALLED_APPS."""
    declared = {each.app: each.subject_parts for each in modules or installed_modules() if each.subject_parts}
    return {app: _resolve(path) for app, path in declared.items()}


def export_subject(subject_uid: str, *, modules: Iterable[Module] | None = None) -> dict[str, dict[str, Any]]:
    """Gather everything held about one person: {app: {"title", "content"}}."""
    return {
        app: {"title": str(part.title), "content": part.export(subject_uid)}
        for app, part in subject_parts(modules).items()
    }


def erasure_outlook(subject_uid: str, *, modules: Iterable[Module] | None = None) -> dict[str, Outlook]:
    """What erasing one person would do in each app that can tell; changes nothing."""
    parts = subject_parts(modules).items()
    return {app: part.outlook(subject_uid) for app, part in parts if part.outlook is not None}


def erase_subject(
    subject_uid: str, *, by: Actor, modules: Iterable[Module] | None = None
) -> dict[str, Erasure]:
    """Erase one person in every app in one transaction, upper floors first; return what each app did and kept."""
    with transaction.atomic():
        return {app: part.erase(subject_uid, by) for app, part in reversed(subject_parts(modules).items())}


def _resolve(path: str) -> SubjectPart:
    part = named(path)
    if not isinstance(part, SubjectPart):
        raise TypeError(f"{path} is not a SubjectPart")
    return part
