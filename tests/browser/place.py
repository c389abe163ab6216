"""One address of the house and who opens it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from jiangxin.kernel.access import SystemActor

SYSTEM = SystemActor("test")
VISITOR = ""
TWICE_TOLD = "带徒十二人"
AUDITOR, OPERATOR = "songjianshan", "suzhixing"


@dataclass(frozen=True)
class Place:
    """One address, its name in the table of addresses, who opens it, the status it answers with."""

    name: str
    address: str
    who: str = VISITOR
    status: int = 200


def at(name: str, *args: object, who: str = VISITOR, query: str = "", status: int = 200) -> Place:
    """The address of this name, with its arguments."""
    return Place(name, reverse(name, args=args) + query, who, status)
