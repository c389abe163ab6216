"""The shapes of what an app may declare; callables are given as dotted strings "package.module:name"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiangxin.kernel.access import Permission, Role
from jiangxin.kernel.access.permissions import Label


@dataclass(frozen=True)
class EventType:
    """An announcement `app.thing_past` and the names of its plain-value payload fields.

    `personal` names the fields whose words the log must be able to forget when the person they speak of is erased.
    """

    name: str
    fields: tuple[str, ...] = ()
    title: Label = ""
    personal: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavItem:
    """A link that a layout places. `area` is public, worker, workbench, account, visitor or footer.

    Shown with `permission` if given, and where `when`, (actor) -> bool, holds; `count` is (actor) -> int, how much is new
    there, for the header of each page.
    """

    title: Label
    url_name: str
    area: str
    permission: str = ""
    icon: str = ""
    order: int = 100
    count: str = ""
    when: str = ""


@dataclass(frozen=True)
class Todo:
    """Something that waits for the actor. `count` is (actor) -> int; `url_name` leads to the list."""

    title: Label
    url_name: str
    count: str
    permission: str = ""
    area: str = "workbench"
    order: int = 100


@dataclass(frozen=True)
class SearchKind:
    """A searchable kind. `documents` is (ids: list[int]) -> Iterable[Doc]; `ids` is () -> Iterable[int], for a rebuild."""

    kind: str
    title: Label
    documents: str
    ids: str = ""


@dataclass(frozen=True)
class Moment:
    """How an app tells of a moment today: `reads` has the reader's language for words that were written.

    `resting` is the word for one that does not count for now; strangers are not shown it.
    """

    reads: Mapping[str, str] = field(default_factory=dict)
    resting: str = ""


@dataclass(frozen=True)
class TimelineKind:
    """A kind of moment an app writes into the timeline of a subject, e.g. "apples.picked".

    `told` names (ids of the moments' objects) -> {id: Moment}, for those of which there is more to say than was written.
    """

    kind: str
    title: Label
    icon: str = ""
    told: str = ""


@dataclass(frozen=True)
class PublicSection:
    """A part other apps put on a page. `place` names the page ("people.person"); `render` is (thing, actor) -> dict for `template`."""

    place: str
    template: str
    render: str
    order: int = 100


@dataclass(frozen=True)
class SheetOffer:
    """A spreadsheet that can be imported or exported. `sheet` points to a kernel.sheets Sheet.

    `onward` is (actor) -> [(words, address), …]: where to go on once such a file has been imported.
    """

    name: str
    title: Label
    sheet: str
    permission: str
    onward: str = ""


@dataclass(frozen=True)
class Metric:
    """A figure for dashboards. `measure` is (opath) -> number or mapping."""

    name: str
    title: Label
    measure: str


@dataclass(frozen=True)
class Module:
    """Everything one app offers the house.

    `scopes` is (actor, permission) -> [(path, name)]: the organisations on which the actor may choose to act.
    `security` names what the app writes into the log about safety itself: (name, title).
    """

    app: str
    title: Label
    permissions: tuple[Permission, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[EventType, ...] = ()
    security: tuple[tuple[str, Label], ...] = ()
    nav: tuple[NavItem, ...] = ()
    todos: tuple[Todo, ...] = ()
    search: tuple[SearchKind, ...] = ()
    timeline_kinds: tuple[TimelineKind, ...] = ()
    sections: tuple[PublicSection, ...] = ()
    sheets: tuple[SheetOffer, ...] = ()
    metrics: tuple[Metric, ...] = ()
    purposes: tuple[Any, ...] = ()
    retentions: tuple[Any, ...] = ()
    subject_parts: str = ""
    sealed: str = ""
    api: str = ""
    scopes: str = ""
    public_urls: tuple[str, ...] = ()
    own_urls: tuple[str, ...] = ()
