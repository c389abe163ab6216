"""Same person? What speaks for it, what against it, and that nothing is certain without an identity number."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.text.units import REASONS
from jiangxin.orgs.actions import rename_employer
from jiangxin.orgs.models import Employer, Region
from jiangxin.orgs.tests.factories import make_employer
from jiangxin.people.matching import HonourFact, Profile, Unit, compare
from jiangxin.people.matching.candidates import pairs_worth_asking
from jiangxin.people.matching.evidence import SENTENCES
from jiangxin.people.models import PersonName
from jiangxin.people.queries.links import judged
from jiangxin.people.tests.factories import PassportEntryFactory, PersonFactory, SourceFactory

NAME = "隋见山"
SYSTEM = SystemActor("test")


def _profile(number: int = 1, **changes) -> Profile:
    return Profile(id=number, **{"name": NAME, "name_key": NAME, "pinyin": "suijianshan", **changes})


def _kinds(a: Profile, b: Profile, **options) -> dict[str, int]:
    return {item.kind: item.weight for item in compare(a, b, **options).evidence}


@pytest.mark.parametrize(
    ("reason", "first", "second"),
    [
        ("same", "宏远重工有限公司", "宏远重工有限公司"),
        ("same_core", "宏远重工有限公司", "宏远重工股份有限公司"),
        ("parent_workshop", "宏远重工有限公司", "宏远重工有限公司第二车间"),
        ("contained", "云岭宏远重工有限公司", "宏远重工"),
        ("prefix", "宏远重工", "宏远重工云岭基业"),
        ("abbreviation", "一重", "第一重型机械有限公司"),
        ("same_parent", "宏远重工有限公司第一车间", "宏远重工有限公司第二车间"),
        ("chain", "远航沈东黎明动力", "远航黎明工装厂"),
        ("shared_words", "东华宏远机械制造", "西华宏远机械制造"),
    ],
)
def test_each_likeness_of_units_is_told_in_a_sentence(reason, first, second):
    found = compare(_profile(units=(Unit(first),)), _profile(2, units=(Unit(second),))).evidence

    assert [item.text for item in found if item.kind == f"unit_{reason}"]


def test_every_likeness_has_a_sentence():
    assert {f"unit_{reason}" for reason in REASONS} <= SENTENCES.keys()


def test_equal_identity_numbers_are_near_certain():
    assert compare(_profile(identity="x"), _profile(2, identity="x")).score == 100


def test_different_identity_numbers_rule_it_out():
    same = {"units": (Unit("宏远重工有限公司"),), "posts": ("焊工",)}

    verdict = compare(_profile(identity="x", **same), _profile(2, identity="y", **same))

    assert (verdict.score, verdict.is_worth_asking) == (0, False)


def test_without_identity_number_nothing_is_certain():
    everything = {
        "units": (Unit("宏远重工有限公司"),),
        "posts": ("焊工",),
        "region": "320102",
        "birth_on": datetime.date(1980, 1, 1),
        "birth_precision": "day",
        "sex": "male",
        "ethnic": "11",
    }

    assert compare(_profile(**everything), _profile(2, **everything)).score == 95


def test_a_workshop_and_its_company_are_worth_asking():
    verdict = compare(
        _profile(units=(Unit("宏远重工有限公司"),), region="320100"),
        _profile(2, units=(Unit("宏远重工有限公司铸造分厂"),), region="320102"),
    )

    assert verdict.is_worth_asking
    assert (
        _kinds(
            _profile(units=(Unit("宏远重工有限公司"),)),
            _profile(2, units=(Unit("宏远重工有限公司铸造分厂"),)),
        )["unit_parent_workshop"]
        == 26
    )


def test_a_former_name_of_the_unit_counts_as_the_unit():
    old = _profile(units=(Unit("江城第二机床厂", employer=7),))
    new = _profile(2, units=(Unit("江城精机股份有限公司", employer=7, aliases=("江城第二机床厂",)),))

    assert _kinds(old, new)["employer"] == 30


def test_a_rare_name_without_units_in_one_province_is_asked_but_stays_doubtful():
    verdict = compare(_profile(region="230000"), _profile(2, region="230200"))

    assert verdict.is_worth_asking
    assert verdict.score < 60


def test_a_common_name_elsewhere_is_not_asked():
    a, b = (
        _profile(units=(Unit("甲厂"),), region="110000"),
        _profile(2, units=(Unit("乙矿"),), region="440000"),
    )

    assert not compare(a, b, namesakes=80).is_worth_asking


def test_one_list_does_not_name_a_person_twice():
    fact = HonourFact("某市劳动模范", 2020, source=5)
    unit = {"units": (Unit("宏远重工有限公司"),)}

    verdict = compare(_profile(honours=(fact,), **unit), _profile(2, honours=(fact,), **unit))

    assert not verdict.is_worth_asking
    assert verdict.evidence[0].kind == "honour_same_list"


def test_two_lists_may_print_one_conferral():
    a = _profile(honours=(HonourFact("全国劳动模范", 2020, source=5),))
    b = _profile(2, honours=(HonourFact("全国劳动模范", 2020, source=6),))

    assert _kinds(a, b)["honour_same"] == 10


def test_a_lower_honour_before_a_higher_one_speaks_for_it():
    lower = _profile(honours=(HonourFact("某市劳动模范", 2010, 1, rank=30),))
    higher = _profile(2, honours=(HonourFact("全国劳动模范", 2020, 2, rank=2),))
    earlier = _profile(2, honours=(HonourFact("全国劳动模范", 2000, 2, rank=2),))

    assert "honour_order" in _kinds(lower, higher)
    assert "honour_order" not in _kinds(lower, earlier)


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ({"sex": "male"}, {"sex": "female"}, "sex_differs"),
        ({"ethnic": "01"}, {"ethnic": "11"}, "ethnic_differs"),
        (
            {"birth_on": datetime.date(1980, 1, 1), "birth_precision": "year"},
            {"birth_on": datetime.date(1979, 1, 1), "birth_precision": "day"},
            "birth_differs",
        ),
    ],
)
def test_a_contradiction_outweighs_an_equal_unit(one, two, kind):
    unit = {"units": (Unit("宏远重工有限公司"),)}

    verdict = compare(_profile(**unit, **one), _profile(2, **unit, **two))

    assert verdict.evidence[0].kind == kind
    assert verdict.score < 36


def test_birth_known_to_the_month_agrees_with_a_day_of_it():
    month = {"birth_on": datetime.date(1980, 3, 1), "birth_precision": "month"}
    day = {"birth_on": datetime.date(1980, 3, 17), "birth_precision": "day"}

    assert _kinds(_profile(**month), _profile(2, **day))["birth_month"] == 22


profiles = st.builds(
    Profile,
    id=st.integers(1, 9),
    name=st.sampled_from(["张伟", "买买提·艾力"]),
    name_key=st.sampled_from(["张伟", "买买提艾力"]),
    pinyin=st.sampled_from(["", "zhangwei"]),
    other_keys=st.frozensets(st.sampled_from(["张伟", "章伟"]), max_size=1),
    sex=st.sampled_from(["", "male", "female"]),
    ethnic=st.sampled_from(["", "01", "11"]),
    identity=st.sampled_from(["", "a", "b"]),
    region=st.sampled_from(["", "230000", "230102", "440100"]),
    posts=st.sampled_from([(), ("焊工",), ("高级焊工", "班长")]),
    units=st.sampled_from([(), (Unit("甲厂"),), (Unit("甲厂铸造车间", 3, 4),), (Unit("乙集团", 4),)]),
    honours=st.sampled_from(
        [(), (HonourFact("某市劳动模范", 2010, 1, 30),), (HonourFact("全国劳动模范", 2020, 1, 2),)]
    ),
)


@given(profiles, profiles)
def test_comparing_is_symmetric_and_explained(a, b):
    forth, back = compare(a, b), compare(b, a)

    assert forth.score == back.score
    assert 0 <= forth.score <= 100
    assert all(item.kind in SENTENCES and item.text for item in forth.evidence)


def _region(code: str, name: str, level: str, parent: Region | None = None) -> Region:
    return Region.objects.create(
        code=code, name=name, level=level, parent=parent, valid_from=datetime.date(1980, 1, 1), source="test"
    )


@pytest.mark.django_db
def test_candidates_share_a_name_whatever_its_dots_and_spaces():
    first = PersonFactory(name="买买提·艾力", unit_text="天山棉纺厂")
    second = PersonFactory(name="买买提艾力", unit_text="天山棉纺厂")
    PersonFactory(name="周敏", unit_text="天山棉纺厂")

    pairs = dict(pairs_worth_asking([second.pk]))

    assert list(pairs) == [(first.pk, second.pk)]


@pytest.mark.django_db
def test_a_former_name_makes_a_candidate():
    renamed = PersonFactory(name="林大满", unit_text="天山棉纺厂")
    PersonName.objects.create(person=renamed, name="林小满", name_key="林小满", kind="former")
    old = PersonFactory(name="林小满", unit_text="天山棉纺厂")

    assert [pair for pair, _verdict in pairs_worth_asking([old.pk])] == [(renamed.pk, old.pk)]


@pytest.mark.django_db
def test_two_people_of_one_list_are_not_candidates():
    source = SourceFactory()
    for _number in range(2):
        person = PersonFactory(name="张伟", unit_text="宏远重工有限公司")
        PassportEntryFactory(
            person=person, kind="honours.conferral", title="某市劳动模范", year=2020, source=source
        )

    assert list(pairs_worth_asking([person.pk])) == []


@pytest.mark.django_db
def test_linked_records_are_not_asked_again():
    first = PersonFactory(name="隋见山", unit_text="天山棉纺厂")
    second = PersonFactory(name="隋见山", unit_text="天山棉纺厂", canonical=first)

    assert list(pairs_worth_asking([first.pk, second.pk])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_finding_pairs_asks_the_same_number_of_questions(count, django_assert_max_num_queries):
    province = _region("230000", "黑龙江省", "province")
    people = [
        PersonFactory(name="隋见山", unit_text="天山棉纺厂", region=province) for _number in range(count + 1)
    ]

    with django_assert_max_num_queries(11):
        list(pairs_worth_asking([person.pk for person in people]))


@pytest.mark.django_db
def test_a_renamed_unit_and_its_successor_count_as_one_place() -> None:
    old = make_employer("临江第一机床厂")
    rename_employer(old, name="临江机床有限公司", by=SYSTEM)
    heir = make_employer("江州装备集团有限公司")
    Employer.objects.filter(pk=old.pk).update(successor=heir)
    people = [
        PersonFactory(name="隋见山", unit_text=unit)
        for unit in ("临江第一机床厂", "临江机床有限公司", "江州装备集团有限公司")
    ]

    found = [judged(people[0], other) for other in people[1:]]

    assert [
        next(item.kind for item in each.evidence if item.kind.startswith("employer")) for each in found
    ] == [
        "employer",
        "employer_family",
    ]
