"""Gathers the links of all apps for the place a layout gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules import NavItem, installed_modules, named

#: The left rail by task: from which `order` on, and what the group is called; in the order shown.
BENCH_GROUPS = ((0, 20, ""), (40, 70, _("审核与答复")), (20, 40, _("登记与查询")), (70, 1000, _("管理")))


@dataclass(frozen=True, slots=True)
class NavLink:
    """One link as a layout shows it."""

    title: Label
    url: str
    icon: str
    current: bool
    order: int = 0
    counter: str = ""
    count: int = 0


class Navigation:
    """The links of one request by area; each area is worked out when a template asks for it."""

    def __init__(self, path: str, actor: Actor) -> None:
        self.path = path
        self.actor = actor

    @cached_property
    def public(self) -> list[NavLink]:
        """Links on the public pages."""
        return self._links("public")

    @cached_property
    def worker(self) -> list[NavLink]:
        """Links of a worker's own pages."""
        return self._links("worker")

    @cached_property
    def workbench(self) -> list[NavLink]:
        """Links of the left rail."""
        return self._links("workbench")

    @property
    def bench(self) -> list[tuple[Label, list[NavLink]]]:
        """Links of the left rail in groups by task; groups without a link are left out."""
        groups = [
            (title, [link for link in self.workbench if first <= link.order < after])
            for first, after, title in BENCH_GROUPS
        ]
        return [(title, links) for title, links in groups if links]

    @cached_property
    def account(self) -> list[NavLink]:
        """Links of the account menu."""
        return self._links("account")

    @cached_property
    def counted(self) -> list[NavLink]:
        """Links of the account menu that say how much is new; one count each, nothing for a visitor."""
        return [
            replace(link, count=int(named(link.counter)(self.actor)))
            for link in self.account
            if link.counter and self.actor.is_authenticated
        ]

    @cached_property
    def visitor(self) -> list[NavLink]:
        """Links for who is not signed in."""
        return self._links("visitor")

    @cached_property
    def footer(self) -> list[NavLink]:
        """Links at the foot of the public pages."""
        return self._links("footer")

    def _links(self, area: str) -> list[NavLink]:
        items = [item for module in installed_modules() for item in module.nav if item.area == area]
        items = [item for item in items if self._offered(item)]
        items.sort(key=lambda item: item.order)
        placed = [(item, address) for item in items if (address := _address(item))]
        best = max((url for _item, url in placed if self._covers(url)), key=len, default="")
        return [
            NavLink(item.title, url, item.icon, url == best, item.order, item.count) for item, url in placed
        ]

    def _offered(self, item: NavItem) -> bool:
        if item.permission and not self.actor.has_perm(item.permission):
            return False
        return not item.when or bool(named(item.when)(self.actor))

    def _covers(self, url: str) -> bool:
        return self.path == url or (url != "/" and self.path.startswith(url))


def _address(item: NavItem) -> str:
    """Return the address; empty when the app that offers it is not part of this installation."""
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""
