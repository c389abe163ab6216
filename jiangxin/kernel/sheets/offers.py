"""The register of sheets: what the apps offer in their module.py."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.modules import Module, SheetOffer, installed_modules, named
from jiangxin.kernel.sheets.columns import Sheet
from jiangxin.kernel.text.sayings import say

PERMISSION = "sheets.import_rows"

_added: dict[str, "OfferedSheet"] = {}


@dataclass(frozen=True)
class OfferedSheet:
    """A sheet with the permission that importing and exporting it needs, and what tells where to go on after an import."""

    sheet: Sheet
    permission: str
    onward: str = ""


def offered_sheets(modules: Iterable[Module] | None = None) -> dict[str, OfferedSheet]:
    """Every sheet of the installed apps (or of the given modules) by name."""
    declared = [offer for module in modules or installed_modules() for offer in module.sheets]
    return {**{offer.name: _resolve(offer) for offer in declared}, **_added}


def offered_sheet(name: str) -> OfferedSheet:
    """The sheet of this name; raises Refused when no app offers it."""
    found = offered_sheets().get(name)
    if found is None:
        raise Refused(say(_("没有名为“%(name)s”的表格。"), name=name), code="unknown_sheet")
    return found


def onward_after(name: str, actor: Actor) -> list[tuple[str, str]]:
    """Words and addresses of what this actor does next once a file of this sheet was imported, as its app tells."""
    offered = offered_sheets().get(name)
    return list(named(offered.onward)(actor)) if offered and offered.onward else []


def sheets_for(actor: Actor) -> dict[str, OfferedSheet]:
    """The sheets this actor may use somewhere."""
    return {name: offered for name, offered in offered_sheets().items() if actor.has_perm(offered.permission)}


def importable_for(actor: Actor) -> dict[str, OfferedSheet]:
    """The sheets this actor may import somewhere."""
    return {name: offered for name, offered in sheets_for(actor).items() if offered.sheet.apply is not None}


def scopes_for(actor: Actor) -> list[tuple[str, str]]:
    """Path and name of the organisations for which this actor may import, as the apps tell them."""
    declared = [module.scopes for module in installed_modules() if module.scopes]
    found = [scope for each in declared for scope in named(each)(actor, PERMISSION)]
    return found or [(path, path) for path in actor.paths_for(PERMISSION)]


@contextmanager
def also_offering(sheet: Sheet, *, permission: str) -> Iterator[None]:
    """Offer one more sheet for a while, beside those the apps declare."""
    before = dict(_added)
    _added[sheet.name] = OfferedSheet(sheet, permission)
    try:
        yield
    finally:
        _added.clear()
        _added.update(before)


def _resolve(offer: SheetOffer) -> OfferedSheet:
    sheet = named(offer.sheet)
    if not isinstance(sheet, Sheet):
        raise TypeError(f"{offer.sheet} is not a Sheet")
    return OfferedSheet(sheet, offer.permission, offer.onward)
