"""Where the workers of a list belong: regions and organisations as a list names them, and the rights over them."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org, Region
from jiangxin.orgs.queries.regions import TABLE_VERSION, resolve_region, resolve_region_text

ADD = "people.add_person"
CHUNK = 300
PLACES_HOLD = 10.0  # seconds that regions, organisations and rights found for one import are trusted


@dataclass(frozen=True)
class ImportedFrom:
    """The file rows come from, and the organisation whose workers they are unless a row names another."""

    uid: str
    file_name: str
    sha256: str
    org: Org | None = None
    is_trial: bool = False

    @property
    def opath(self) -> str:
        """Path of the organisation the import is for."""
        return self.org.path if self.org else ""


class Remark(NamedTuple):
    """One sentence about one row; an error keeps the row out. `column` is a field of PersonRow."""

    row: int
    column: str
    code: str
    message: str
    is_error: bool = True


class Place(NamedTuple):
    """Where a row's worker belongs."""

    region_id: int | None
    org_id: int | None
    opath: str


class Places:
    """Regions and organisations by the texts that name them, each looked up once."""

    def __init__(self, where: ImportedFrom, by: Actor) -> None:
        self.made_at = time.monotonic()
        self._by = by
        self._home = where.org
        self._regions: dict[str, int | str] = dict(Region.objects.current().values_list("code", "pk"))
        self._orgs: dict[str, tuple[int | None, str] | str] = {"": self._at_home()}
        self._may: dict[tuple[str, str], bool] = {}

    def learn(self, named: Iterable[tuple[str, str]]) -> None:
        """Look up regions and organisations, in pairs, that no row before named."""
        regions, orgs = zip(*named, strict=True)
        for text in set(regions) - self._regions.keys() - {""}:
            self._regions[text] = _region_named(text)
        unknown = sorted(set(orgs) - self._orgs.keys())
        for start in range(0, len(unknown), CHUNK):
            self._learn_orgs(unknown[start : start + CHUNK])

    def place_of(self, region: str, org: str) -> Place | Remark:
        """The place that a row names, or the reason why it is none."""
        region_id = self._regions[region] if region else None
        if isinstance(region_id, str):
            return Remark(0, "region", "unknown_region", region_id)
        kept_by = self._orgs[org]
        if isinstance(kept_by, str):
            return Remark(0, "org", "unknown_org", kept_by)
        return Place(region_id, *kept_by)

    def may(self, code: str, opath: str) -> bool:
        """Whether the importing actor holds a permission at a path."""
        if (code, opath) not in self._may:
            self._may[code, opath] = self._by.has_perm(code, At(opath))
        return self._may[code, opath]

    def _at_home(self) -> tuple[int | None, str] | str:
        if not self._by.has_perm(ADD, self._home or At("")):
            return _("请在“所属工会”一列写明工会，或导入时选定您管理的组织。")
        return (self._home.pk, self._home.path) if self._home else (None, "")

    def _learn_orgs(self, texts: list[str]) -> None:
        named: dict[str, set[Org]] = {text: set() for text in texts}
        wanted = Q(code__in=texts) | Q(uid__in=texts) | Q(name__in=texts)
        for org in Org.objects.active().filter(wanted):
            for text in {org.code, org.uid, org.name} & named.keys():
                named[text].add(org)
        for text, orgs in named.items():
            self._orgs[text] = self._chosen(text, orgs)

    def _chosen(self, text: str, orgs: set[Org]) -> tuple[int | None, str] | str:
        mine = [org for org in orgs if self._by.has_perm(ADD, org)]
        if len(mine) == 1:
            return mine[0].pk, mine[0].path
        if len(mine) > 1:
            return say(_("名为“%(text)s”的工会组织不止一个，请填写它的编号。"), text=text[:60])
        return say(_("在您管理的范围内没有名为“%(text)s”的工会组织。"), text=text[:60])


class At(NamedTuple):
    """Some place in the tree, to ask a permission of."""

    opath: str


def _region_named(text: str) -> int | str:
    """The region's key, or the sentence that says why there is none; a code of an earlier time is kept as it is."""
    if text.isdigit():
        answer = resolve_region(text[:6] if len(text) in {9, 12} else text)
        return answer.region.pk if answer.region else answer.note
    region = resolve_region_text(text)
    if region is not None:
        return region.pk
    message = _("找不到地区“%(text)s”。请写六位代码，或从省写起的名称（区划表 %(version)s）。")
    return say(message, text=text[:40], version=TABLE_VERSION)


def places_for(where: ImportedFrom, by: Actor) -> Places:
    """The places found so far for one import by one actor; asked anew after ten seconds."""
    key = (where.uid, where.opath, where.is_trial, by.actor_id)
    places = _kept.get(key)
    if places is None or time.monotonic() - places.made_at > PLACES_HOLD:
        _kept.clear()
        places = _kept[key] = Places(where, by)
    return places


_kept: dict[tuple[str, str, bool, str], Places] = {}
