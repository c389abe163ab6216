"""Ready-made records for tests here and on upper floors; every name is invented."""

import datetime
import random
from typing import Any

import factory

from jiangxin.kernel.text.identity import invented_identity
from jiangxin.people.models import Employment, PassportEntry, Person, SkillLevel, Source
from jiangxin.people.rules import write_name
from jiangxin.people.words import SkillRoute, SourceKind

SURNAMES = "严华金魏陶姜谢邹喻柏窦蒋"  # of nobody in the cast, so that no ready-made worker is a namesake
GIVEN = ("小满", "铁生", "敏", "砚秋", "长河", "一帆", "青禾", "望舒", "见山", "云起", "亦舟", "知行")


def invented_name(number: int) -> str:
    """A plausible invented name that no test spells out; 144 different ones."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]


def invented_number(
    seed: int, *, birth_on: datetime.date = datetime.date(1985, 3, 5), sex: str = "female"
) -> str:
    """A valid identity number that was never given out."""
    source = random.Random(seed)  # noqa: S311 - repeatable, guards nothing
    return invented_identity(source, birth_on=birth_on, sex=sex)


class SourceFactory(factory.django.DjangoModelFactory):
    """A published list."""

    class Meta:
        model = Source

    kind = SourceKind.LIST
    title = factory.Sequence(lambda n: f"某市第 {n} 批表彰名单")
    url = factory.Sequence(lambda n: f"https://example.org/list/{n}")


class PersonFactory(factory.django.DjangoModelFactory):
    """A worker without organisation, identity number or source; name keys follow the name."""

    class Meta:
        model = Person

    name = factory.Sequence(invented_name)
    unit_text = "宏远重工有限公司"
    post_text = "焊工"

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        kwargs = {**write_name(kwargs["name"]), **kwargs}
        if kwargs.get("org") is not None:
            kwargs.setdefault("opath", kwargs["org"].path)
        if kwargs.get("birth_on") is not None:
            kwargs.setdefault("birth_precision", "day")
        return super()._create(model_class, *args, **kwargs)


class EmploymentFactory(factory.django.DjangoModelFactory):
    """A current spell."""

    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory)
    unit_text = "宏远重工有限公司"
    post = "焊工"


class SkillLevelFactory(factory.django.DjangoModelFactory):
    """A senior technician's certificate."""

    class Meta:
        model = SkillLevel

    person = factory.SubFactory(PersonFactory)
    occupation_text = "焊工"
    level = 6
    how = SkillRoute.EXAM


class PassportEntryFactory(factory.django.DjangoModelFactory):
    """A milestone of 2020 without a source."""

    class Meta:
        model = PassportEntry

    person = factory.SubFactory(PersonFactory)
    kind = "people.milestone"
    title = "完成首件大型压力容器焊接"
    year = 2020
    created_by = "system:test"
