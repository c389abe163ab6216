"""Employers, their names, and which one a printed name means."""

import datetime
import random

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.credit_code import invented_credit_code
from jiangxin.orgs import actions, queries
from jiangxin.orgs.actions import EmployerFacts
from jiangxin.orgs.models import Employer, UnitName
from jiangxin.orgs.tests.factories import make_employer, make_region

pytestmark = pytest.mark.django_db
CODE = invented_credit_code(random.Random(7))  # noqa: S311 - an invented code


def best(text, **more):
    """Name and score of the best candidate; None when there is none."""
    found = queries.resolve_unit(text, **more)
    return (found[0].employer.name, found[0].score) if found else None


def test_an_employer_is_registered_with_its_name_and_place(tree, system):
    facts = EmployerFacts(uscc=CODE.lower(), ownership="public", size="large")

    employer = actions.add_employer(
        tree["enterprise"], name=" 宏远重工(集团) 有限公司", facts=facts, by=system
    )

    assert (employer.name, employer.uscc) == ("宏远重工（集团）有限公司", CODE)
    assert employer.opath == tree["enterprise"].path
    assert employer.names.get().kind == "current"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"uscc": CODE}, "taken_uscc"),
        ({"uscc": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")}, "checksum"),
        ({"uscc": "123"}, "length"),
        ({"ownership": "mixed"}, "ownership"),
        ({"size": "huge"}, "size"),
    ],
)
def test_wrong_facts_are_refused_with_a_sentence(tree, system, facts, code):
    actions.add_employer(None, name="先来的厂", facts=EmployerFacts(uscc=CODE), by=system)

    with pytest.raises(Refused) as refusal:
        actions.add_employer(None, name="后来的厂", facts=EmployerFacts(**facts), by=system)

    assert refusal.value.code == code
    assert Employer.objects.count() == 1


def test_an_employer_cannot_be_its_own_parent_or_successor_by_a_circle(tree, system):
    one, two = make_employer("甲公司"), make_employer("乙公司")
    actions.edit_employer(one, facts=EmployerFacts(parent=two, successor=two), org=None, by=system)

    for facts in (EmployerFacts(parent=one), EmployerFacts(successor=one)):
        with pytest.raises(Refused) as refusal:
            actions.edit_employer(two, facts=facts, org=None, by=system)
        assert refusal.value.code == "circle"


def test_an_employer_follows_its_union(tree, system):
    employer = make_employer()

    moved = actions.edit_employer(employer, facts=EmployerFacts(), org=tree["county"], by=system)

    assert (moved.org, moved.opath) == (tree["county"], tree["county"].path)


def test_a_rename_keeps_the_former_name_findable(system):
    employer = make_employer("红星机械厂")

    actions.rename_employer(employer, name="红星装备有限公司", on=datetime.date(2001, 3, 1), by=system)

    assert [(name.name, name.kind) for name in queries.unit_names_of(employer)] == [
        ("红星装备有限公司", "current"),
        ("红星机械厂", "former"),
    ]
    found = queries.resolve_unit("红星机械厂")[0]
    assert (found.employer, found.score, found.why) == (employer, 100, ("与曾用名“红星机械厂”完全相同",))
    with pytest.raises(Refused):
        actions.rename_employer(employer, name="红星装备有限公司", by=system)


def test_one_more_name_is_recorded_once(system):
    employer = make_employer("宏远重工有限公司")

    first = actions.add_unit_name(employer, name="宏远", kind="short", by=system)
    again = actions.add_unit_name(employer, name="宏 远", kind="printed", by=system)

    assert first == again
    assert UnitName.objects.filter(employer=employer).count() == 2
    with pytest.raises(Refused):
        actions.add_unit_name(employer, name="新名", kind="current", by=system)


def test_a_name_does_not_end_before_it_began(system):
    employer = make_employer("宏远重工有限公司")
    span = {"valid_from": datetime.date(2010, 1, 1), "valid_to": datetime.date(2009, 12, 31)}

    with pytest.raises(Refused) as refusal:
        actions.add_unit_name(employer, name="宏远", kind="short", by=system, **span)

    assert (refusal.value.code, employer.names.count()) == ("dates", 1)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("宏远重工有限公司", 100),
        ("宏远重工 有限公司", 100),
        ("宏远重工", 95),
        ("江苏省宏远重工股份有限公司", 95),
        ("宏远重工有限公司第二焊接车间", 85),
    ],
)
def test_printed_names_lead_to_the_employer(text, score):
    make_employer("宏远重工有限公司")
    make_employer("望海造船有限公司")

    assert best(text) == ("宏远重工有限公司", score)


@pytest.mark.parametrize("text", ["", "厂", "完全无关的学校", "'; DROP TABLE orgs_employer; --", "𠮷" * 3000])
def test_nothing_is_guessed_from_nothing(text):
    make_employer("宏远重工有限公司")

    assert queries.resolve_unit(text) == []


def test_place_and_time_weigh_and_are_said():
    here, there = make_region("230200", "临江市"), make_region("330100", "望海市")
    one = make_employer("红星机械厂", region=here)
    two = make_employer("红星机械厂", region=there)
    one.names.update(valid_to=datetime.date(1999, 12, 31))

    found = queries.resolve_unit("红星机械厂", region=there, on=datetime.date(2005, 1, 1))

    assert [(each.employer, each.score) for each in found] == [(two, 100), (one, 72)]
    assert found[1].why == ("与现名完全相同", "这一名称在 2005 年不在使用期内", "地区在另一省")


def test_an_import_takes_only_names_that_one_employer_has_borne():
    one = make_employer("宏远重工有限公司")
    make_employer("红星机械厂")
    make_employer("红星机械厂")

    found = queries.resolve_units(["宏远重工（有限公司）", "红星机械厂", "没有的厂", ""])

    assert found == {"宏远重工（有限公司）": one}


def test_a_successor_is_followed_to_the_end():
    last = make_employer("今日公司")
    middle = make_employer("中间公司", successor=last)
    first = make_employer("最早的厂", successor=middle)

    assert queries.present_employer(first) == last


def test_employers_are_narrowed(tree, system):
    make_employer("甲公司", org=tree["enterprise"], ownership="public")
    make_employer("乙公司", org=tree["other_city"], ownership="nonpublic", uscc=CODE)

    def found(**wanted):
        return [each.name for each in queries.employers_found(system, **wanted)]

    assert found() == sorted(["甲公司", "乙公司"])
    assert found(path=tree["city"].path) == ["甲公司"]
    assert found(ownership="nonpublic") == ["乙公司"]
    assert found(text=CODE.lower()) == ["乙公司"]
    assert queries.employer_coded(CODE).name == "乙公司"
