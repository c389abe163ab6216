"""Honours, conferrals and lists for tests of this app and of the apps above it; every name is invented."""

from typing import Any

from jiangxin.honours.actions import confer_honour
from jiangxin.honours.models import Collective, Conferral, Honour, HonourAlias, Prerequisite
from jiangxin.honours.rules import title_key
from jiangxin.honours.words import Family, HonourKind, Level, Strength
from jiangxin.kernel.access import SystemActor
from jiangxin.people.models import Person

SYSTEM = SystemActor("test")


def make_honour(code: str = "city-model", title: str = "临江市劳动模范", **fields: Any) -> Honour:
    """A city honour for people unless said otherwise, known by its title."""
    values: dict[str, Any] = {
        "title_en": "Linjiang Model Worker",
        "level": Level.CITY,
        "granter": "临江市人民政府",
        "kind": HonourKind.PERSON,
        "family": Family.MODEL,
        "rank": 50,
        "source": "测试",
    }
    honour = Honour.objects.create(code=code, title=title, **{**values, **fields})
    HonourAlias.objects.create(honour=honour, name=title, name_key=title_key(title))
    return honour


def make_ladder(strength: str = Strength.HARD) -> tuple[Honour, Honour, Honour]:
    """City, province and nation, each needing the one below."""
    city = make_honour()
    province = make_honour(
        "province-model", "江州省劳动模范", level=Level.PROVINCE, granter="江州省人民政府", rank=40
    )
    nation = make_honour("nation-model", "全国示范劳动者", level=Level.NATIONAL, granter="国家", rank=10)
    Prerequisite.objects.create(honour=province, needs=city, strength=strength)
    Prerequisite.objects.create(honour=nation, needs=province, strength=strength)
    return city, province, nation


def make_conferral(
    holder: Person | Collective, honour: Honour, year: int | None = 2020, **fields: Any
) -> Conferral:
    """An honour conferred by the system."""
    return confer_honour(holder, honour=honour, year=year, by=SYSTEM, **fields)


def make_collective(name: str = "宏远重工焊接一班", **fields: Any) -> Collective:
    """A team."""
    return Collective.objects.create(name=name, name_key=name, **fields)
