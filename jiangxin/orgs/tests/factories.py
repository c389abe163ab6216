"""Organisations, regions and employers for tests of this app and of the apps above it."""

import datetime

from jiangxin.kernel.text.units import unit_key
from jiangxin.orgs.models import Employer, Industry, Org, Region, UnitName
from jiangxin.orgs.models.paths import parent_path, segment
from jiangxin.orgs.words.choices import OrgKind, RegionLevel, UnitNameKind

EARLY = datetime.date(1949, 10, 1)


def make_region(
    code: str = "110000", name: str = "", *, parent: Region | None = None, **fields: object
) -> Region:
    """A region in force since 1949 unless said otherwise; its level follows its code."""
    level = RegionLevel.COUNTY
    if code.endswith("00"):
        level = RegionLevel.PROVINCE if code.endswith("0000") else RegionLevel.CITY
    values = {"valid_from": EARLY, "source": "test", "level": level, **fields}
    return Region.objects.create(code=code, name=name or f"第{code}区", parent=parent, **values)


def make_org(name: str = "全国总工会", *, parent: Org | None = None, **fields: object) -> Org:
    """An active organisation as the next child of `parent`; a root without one."""
    above = parent.path if parent else ""
    siblings = Org.objects.filter(parent=parent).count()
    path = str(fields.pop("path", "")) or above + segment(siblings + 1)
    values = {"kind": OrgKind.ENTERPRISE if parent else OrgKind.NATIONAL, "depth": len(path) // 4, **fields}
    org = Org.objects.create(name=name, parent=parent, path=path, **values)
    if parent:
        Org.objects.filter(pk=parent.pk).update(last_child=siblings + 1)
        parent.last_child = siblings + 1
    assert parent_path(path) == above
    return org


def make_tree() -> dict[str, Org]:
    """National → 江州省 → 临江市 → 东城县 → 宏远重工 → 焊接分会, and a second city 望海市; by short key."""
    tree = {"national": make_org("中华全国总工会")}
    tree["province"] = make_org("江州省总工会", parent=tree["national"], kind=OrgKind.PROVINCE)
    tree["city"] = make_org("临江市总工会", parent=tree["province"], kind=OrgKind.CITY)
    tree["other_city"] = make_org("望海市总工会", parent=tree["province"], kind=OrgKind.CITY)
    tree["county"] = make_org("东城县总工会", parent=tree["city"], kind=OrgKind.COUNTY)
    tree["enterprise"] = make_org("宏远重工工会", parent=tree["county"], kind=OrgKind.ENTERPRISE)
    tree["branch"] = make_org("焊接分会", parent=tree["enterprise"], kind=OrgKind.BRANCH)
    return tree


def make_industry(
    code: str = "C", name: str = "制造业", name_en: str = "Manufacturing", **fields: object
) -> Industry:
    """An industry section."""
    return Industry.objects.create(code=code, name=name, name_en=name_en, **fields)


def make_employer(name: str = "宏远重工有限公司", *, org: Org | None = None, **fields: object) -> Employer:
    """An employer with its current name in the list of names."""
    employer = Employer.objects.create(name=name, org=org, opath=org.path if org else "", **fields)
    UnitName.objects.create(
        employer=employer, name=name, normalized=unit_key(name), kind=UnitNameKind.CURRENT
    )
    return employer
