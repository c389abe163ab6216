"""Nouns of the union tree and of the codes every record refers to."""

from jiangxin.orgs.models.codes import Industry, Occupation
from jiangxin.orgs.models.employer import Employer, UnitName
from jiangxin.orgs.models.org import Org, OrgChange, OrgName, OrgQuerySet
from jiangxin.orgs.models.paths import PathField
from jiangxin.orgs.models.region import Region, RegionSuccession

__all__ = [
    "Employer",
    "Industry",
    "Occupation",
    "Org",
    "OrgChange",
    "OrgName",
    "OrgQuerySet",
    "PathField",
    "Region",
    "RegionSuccession",
    "UnitName",
]
