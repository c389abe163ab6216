"""What leaves the house when an officer exports a list of organisations or employers as she filtered it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import Column, Sheet
from jiangxin.orgs.models import Employer, Org
from jiangxin.orgs.queries.leaving import employers_in_steps, employers_leaving, orgs_in_steps, orgs_leaving
from jiangxin.orgs.queries.units import employers_found
from jiangxin.orgs.sheets.importing import COLUMNS as TAKEN_IN


@dataclass(frozen=True)
class Listing:
    """A list that may leave: its columns, the keys an actor's filters find, and the rows of such keys."""

    sheet: Sheet
    keys: Callable[..., list[int]]
    rows: Callable[[Sequence[int]], Iterator[dict[str, Any]]]


def _public(*columns: tuple[str, Any]) -> tuple[Column, ...]:
    return tuple(Column(name, header, privacy=PrivacyClass.PUBLIC) for name, header in columns)


# The first columns are those of the sheet that goes in, so that the file can be mended and imported again.
ORGS_LIST = Sheet(
    "orgs_list",
    _("组织名单"),
    columns=(
        *_public(*((each.name, each.header) for each in TAKEN_IN)),
        *_public(("parent", _("上级")), ("region", _("地区")), ("state", _("状态")), ("uid", _("系统编号"))),
    ),
)


def export_employers(actor: Actor, **filters: Any) -> Iterator[dict[str, Any]]:
    """The employers an actor may see, by name; filters as of `employers_found`."""
    yield from employer_rows(list(employers_found(actor, **filters).values_list("pk", flat=True)))


EMPLOYERS_LIST = Sheet(
    "employers",
    _("单位名单"),
    export=export_employers,
    columns=_public(
        ("name", _("单位名称")),
        ("uscc", _("统一社会信用代码")),
        ("ownership", _("所有制")),
        ("size", _("规模")),
        ("industry_code", _("行业代码")),
        ("industry", _("行业")),
        ("region_code", _("区划代码")),
        ("region", _("地区")),
        ("org", _("所属工会")),
        ("parent", _("上级单位")),
        ("successor", _("承继单位")),
        ("other_names", _("用过的名称")),
        ("uid", _("系统编号")),
    ),
)


def org_rows(pks: Sequence[int]) -> Iterator[dict[str, Any]]:
    """One row an organisation, in the order of the keys."""
    for org in orgs_in_steps(pks):
        yield {
            "code": org.code,
            "name": org.name,
            "kind": org.get_kind_display(),
            "parent_code": org.parent.code if org.parent else "",
            "short_name": org.short_name,
            "region_code": org.region.code if org.region else "",
            "founded_on": org.founded_on,
            "parent": org.parent.name if org.parent else "",
            "region": org.region.name if org.region else "",
            "state": org.get_state_display(),
            "uid": org.uid,
        }


def employer_rows(pks: Sequence[int]) -> Iterator[dict[str, Any]]:
    """One row an employer, in the order of the keys."""
    for employer in employers_in_steps(pks):
        yield _employer_row(employer)


def _employer_row(employer: Employer) -> dict[str, Any]:
    industry, region = employer.industry, employer.region
    others = sorted(each.name for each in employer.names.all() if each.name != employer.name)
    return {
        "name": employer.name,
        "uscc": employer.uscc,
        "ownership": employer.get_ownership_display(),
        "size": employer.get_size_display(),
        "industry_code": industry.code if industry else "",
        "industry": industry.shown_name if industry else "",
        "region_code": region.code if region else "",
        "region": region.name if region else "",
        "org": _named(employer.org),
        "parent": _named(employer.parent),
        "successor": _named(employer.successor),
        "other_names": "；".join(others),
        "uid": employer.uid,
    }


def _named(thing: Org | Employer | None) -> str:
    return thing.name if thing else ""


LISTINGS = {
    "orgs": Listing(ORGS_LIST, orgs_leaving, org_rows),
    "employers": Listing(EMPLOYERS_LIST, employers_leaving, employer_rows),
}
"""By the word that stands in the log for what left."""
