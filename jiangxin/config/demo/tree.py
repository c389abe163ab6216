"""About 400 union organisations of a national tree, with the employers they stand in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from random import Random

from jiangxin.config.demo import names
from jiangxin.kernel.text.credit_code import invented_credit_code
from jiangxin.kernel.text.units import normalise_unit
from jiangxin.orgs.models import Employer, Industry, Org, Region, UnitName
from jiangxin.orgs.models.paths import segment

UNITS_PER_COUNTY = 8
CAST_COUNTY, CAST_UNIT = "230202", "齐齐哈尔宏远重工有限公司"
BRANCH_SHARE = 0.35
Posts = tuple[tuple[str, str], ...]


@dataclass
class Grove:
    """What the tree builder leaves for the rest of the demo world."""

    national: Org
    provinces: list[Org] = field(default_factory=list)
    cities: list[Org] = field(default_factory=list)
    counties: list[Org] = field(default_factory=list)
    units: list[tuple[Org, Employer, Posts]] = field(default_factory=list)


class TreeBuilder:
    """Grows the tree in memory with its paths, level by level, and saves each level in one go."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.children: dict[str, int] = {}
        self.regions = {r.code: r for r in Region.objects.filter(valid_to__isnull=True)}
        self.industries = {i.code: i for i in Industry.objects.all()}
        self.used: set[str] = set()

    def org(
        self, name: str, kind: str, parent: Org | None, *, region: Region | None = None, short: str = ""
    ) -> Org:
        """One organisation below its parent (already saved), at the next free place."""
        above = parent.path if parent else ""
        self.children[above] = self.children.get(above, 0) + 1
        place = above + segment(self.children[above])
        founded = datetime.date(self.random.randint(1950, 2005), 5, 1)
        made = Org(
            name=name,
            short_name=short,
            kind=kind,
            parent=parent,
            path=place,
            depth=len(place) // 4,
            region=region,
            founded_on=founded,
        )
        made.save()
        return made

    def unit_name(self, place: str, suffix: str) -> str:
        """A name no other unit has."""
        while True:
            name = f"{place}{self.random.choice(names.UNIT_NAMES)}{suffix}"
            if name not in self.used:
                self.used.add(name)
                return name

    def employer(self, county: Org, place: str) -> tuple[Employer, Posts]:
        """One invented employer in a county, with its trade's posts; the first of the cast's county is the cast's."""
        of_cast = (
            county.region is not None and county.region.code == CAST_COUNTY and CAST_UNIT not in self.used
        )
        division, suffix, ownership, posts = names.TRADES[0] if of_cast else self.random.choice(names.TRADES)
        name = CAST_UNIT if of_cast else self.unit_name(place, suffix)
        self.used.add(name)
        made = Employer.objects.create(
            name=name,
            uscc=invented_credit_code(self.random),
            ownership=ownership,
            size=self.random.choice(["large", "medium", "medium", "small"]),
            industry=self.industries.get(division),
            region=county.region,
        )
        return made, posts


def grow(random: Random) -> Grove:
    """Build and save the tree; returns its levels."""
    builder = TreeBuilder(random)
    national = builder.org("全国总工会（演示）", "national", None, short="全总（演示）")
    grove = Grove(national)
    for name in names.INDUSTRY_UNIONS:
        builder.org(f"{name}工会（演示）", "industry", national)
    for code, province_name, cities in names.PLACES:
        province = builder.org(
            f"{province_name}省级总工会（演示）", "province", national, region=builder.regions.get(code)
        )
        grove.provinces.append(province)
        for city_code, city_name, county_codes in cities:
            city = builder.org(
                f"{city_name}市总工会（演示）", "city", province, region=builder.regions.get(city_code)
            )
            grove.cities.append(city)
            for county_code in county_codes:
                _grow_county(builder, grove, city, city_name, county_code)
    _finish(grove, builder)
    return grove


def _grow_county(builder: TreeBuilder, grove: Grove, city: Org, city_name: str, code: str) -> None:
    region = builder.regions[code]
    county = builder.org(f"{city_name}市{region.name}总工会（演示）", "county", city, region=region)
    grove.counties.append(county)
    for _ in range(UNITS_PER_COUNTY):
        employer, posts = builder.employer(county, city_name)
        union = builder.org(f"{employer.name}工会", "enterprise", county, region=region)
        union.employer = employer
        grove.units.append((union, employer, posts))
        if builder.random.random() < BRANCH_SHARE:
            builder.org(f"{builder.random.choice(names.BRANCHES)}分会", "branch", union, region=region)


def _finish(grove: Grove, builder: TreeBuilder) -> None:
    """Tie employers to their unions, give them printed names, and count the children of each organisation."""
    employers, aliases = [], []
    for union, employer, _ in grove.units:
        employer.org, employer.opath = union, union.path
        employers.append(employer)
        aliases.append(
            UnitName(
                employer=employer,
                name=employer.name,
                normalized=normalise_unit(employer.name),
                kind="current",
            )
        )
        short = employer.name.replace("有限公司", "").replace("股份", "")
        if short != employer.name:
            aliases.append(
                UnitName(employer=employer, name=short, normalized=normalise_unit(short), kind="short")
            )
    Employer.objects.bulk_update(employers, ["org", "opath"])
    Org.objects.bulk_update([union for union, _, _ in grove.units], ["employer"])
    UnitName.objects.bulk_create(aliases)
    parents = list(Org.objects.filter(path__in=[path for path in builder.children if path]))
    for parent in parents:
        parent.last_child = builder.children[parent.path]
    Org.objects.bulk_update(parents, ["last_child"])
