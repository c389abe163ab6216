"""Records of workers: names, identity numbers, birth dates, employment and skills as they come in real life."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.people import actions
from jiangxin.people.models import Employment, Person, PersonName
from jiangxin.people.queries.record import current_employments, highest_skills
from jiangxin.people.rules import shared_path, write_name
from jiangxin.people.tests.factories import EmploymentFactory, PersonFactory, SourceFactory, invented_number
from jiangxin.people.words import PersonState, SkillRoute

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def _refusal(call) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(
    ("typed", "kept", "key"),
    [
        ("林 小满", "林小满", "林小满"),
        ("张　伟", "张伟", "张伟"),
        ("买买提•艾力", "买买提·艾力", "买买提艾力"),
        ("阿依古丽．吐尔逊", "阿依古丽·吐尔逊", "阿依古丽吐尔逊"),
        ("龙𬭊", "龙𬭊", "龙𬭊"),
        ("𠅤小舟", "𠅤小舟", "𠅤小舟"),
    ],
)
def test_a_name_is_kept_in_one_written_form(typed, kept, key):
    person = actions.add_person(name=typed, by=SYSTEM)

    assert (person.name, person.name_key) == (kept, key)


@pytest.mark.parametrize("typed", ["", "   ", "合计", "123", "<script>alert(1)</script>", "=HYPERLINK(1)"])
def test_what_is_no_name_is_refused(typed):
    refusal = _refusal(lambda: actions.add_person(name=typed, by=SYSTEM))

    assert refusal.field == "name"
    assert Person.objects.count() == 0


def test_surname_reading_comes_first():
    person = actions.add_person(name="单小满", by=SYSTEM)

    assert (person.pinyin, person.initials) == ("shanxiaoman", "sxm")


def test_identity_number_is_sealed_and_fills_in_birth_and_sex():
    number = invented_number(1, birth_on=datetime.date(1988, 2, 29), sex="male")

    person = Person.objects.get(pk=actions.add_person(name="赵铁生", id_number=number, by=SYSTEM).pk)

    assert (person.id_number, person.birth_on, person.birth_precision, person.sex) == (
        number,
        datetime.date(1988, 2, 29),
        "day",
        "male",
    )
    stored = Person.objects.filter(pk=person.pk).values_list("id_number", flat=True)[0]
    assert number not in stored


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("59010119850305", "id_number_length"),
        ("59010119850230123X", "id_number_calendar"),
        ("5901011985030501AB", "id_number_characters"),
    ],
)
def test_an_impossible_identity_number_is_refused_with_a_sentence(number, code):
    refusal = _refusal(lambda: actions.add_person(name="周敏", id_number=number, by=SYSTEM))

    assert (refusal.code, refusal.field) == (code, "id_number")
    assert Person.objects.count() == 0


def test_a_wrong_check_digit_names_the_right_one():
    number = invented_number(3)
    wrong = number[:17] + ("0" if number[17] != "0" else "1")

    refusal = _refusal(lambda: actions.add_person(name="周敏", id_number=wrong, by=SYSTEM))

    assert str(refusal) == f"身份证号第 18 位应为 {number[17]}，请核对。"


def test_one_identity_number_belongs_to_one_record():
    actions.add_person(name="周敏", id_number=invented_number(2), by=SYSTEM)

    refusal = _refusal(lambda: actions.add_person(name="周敏", id_number=invented_number(2), by=SYSTEM))

    assert refusal.code == "id_number_taken"
    assert Person.objects.count() == 1


def test_birth_date_and_number_must_agree():
    number = invented_number(4, birth_on=datetime.date(1990, 7, 1))

    refusal = _refusal(
        lambda: actions.add_person(
            name="顾长河",
            id_number=number,
            birth_on=datetime.date(1991, 1, 1),
            birth_precision="year",
            by=SYSTEM,
        )
    )

    assert refusal.code == "birth_contradicts_id_number"


def test_birth_in_the_future_is_refused():
    refusal = _refusal(
        lambda: actions.add_person(name="顾长河", birth_on=datetime.date(2999, 1, 1), by=SYSTEM)
    )

    assert refusal.code == "birth_in_future"


def test_two_people_may_share_one_name():
    first = actions.add_person(name="张伟", unit_text="宏远重工有限公司", by=SYSTEM)
    second = actions.add_person(name="张 伟", unit_text="江城公交集团", by=SYSTEM)

    assert first.name_key == second.name_key
    assert first.uid != second.uid


def test_a_published_source_makes_the_record_public():
    published = actions.add_person(name="苏望舒", source=SourceFactory(kind="list"), by=SYSTEM)
    typed = actions.add_person(name="沈见山", source=SourceFactory(kind="officer"), by=SYSTEM)

    assert (published.is_public, typed.is_public) == (True, False)


def test_renaming_keeps_the_former_name():
    person = PersonFactory(name="林小满")

    actions.rename_person(person, name="林大满", by=SYSTEM)

    assert Person.objects.get().name == "林大满"
    assert list(PersonName.objects.values_list("name", "kind")) == [("林小满", "former")]


def test_correcting_leaves_the_number_alone():
    person = actions.add_person(name="周敏", id_number=invented_number(2), by=SYSTEM)

    actions.correct_person(person, changes={"education": "60"}, by=SYSTEM)

    again = Person.objects.get(pk=person.pk)
    assert (again.education, again.id_number) == ("60", invented_number(2))


def test_unknown_fields_are_not_correctable():
    with pytest.raises(ValueError, match="canonical"):
        actions.correct_person(PersonFactory(), changes={"canonical": None}, by=SYSTEM)


def test_standing_moves_and_returns():
    person = PersonFactory()

    actions.change_standing(person, move="mark_retired", by=SYSTEM)
    refusal = _refusal(lambda: actions.change_standing(person, move="mark_retired", by=SYSTEM))
    actions.change_standing(person, move="return", note="返聘", by=SYSTEM)

    assert refusal.code == "wrong_state"
    assert Person.objects.get().state == PersonState.ACTIVE


def test_latest_unit_and_post_follow_the_spells():
    person = PersonFactory(unit_text="", post_text="")
    actions.add_employment(
        person,
        unit_text="旧厂",
        post="学徒",
        from_on=datetime.date(2001, 1, 1),
        to_on=datetime.date(2009, 1, 1),
        by=SYSTEM,
    )
    actions.add_employment(
        person, unit_text="新厂", post="焊工", from_on=datetime.date(2009, 2, 1), by=SYSTEM
    )

    person.refresh_from_db()

    assert (person.unit_text, person.post_text) == ("新厂", "焊工")


def test_a_second_current_unit_needs_a_note():
    person = EmploymentFactory(unit_text="新厂").person

    refusal = _refusal(lambda: actions.add_employment(person, unit_text="技师学院", by=SYSTEM))
    actions.add_employment(person, unit_text="技师学院", note="兼职教师", by=SYSTEM)

    assert refusal.code == "two_current_units"
    assert "新厂" in str(refusal)
    assert [spell.unit_text for spell in current_employments(person)] == ["新厂", "技师学院"]


def test_a_spell_cannot_end_before_it_starts():
    refusal = _refusal(
        lambda: actions.add_employment(
            PersonFactory(),
            unit_text="新厂",
            from_on=datetime.date(2010, 1, 1),
            to_on=datetime.date(2009, 1, 1),
            by=SYSTEM,
        )
    )

    assert refusal.code == "span_reversed"
    assert Employment.objects.count() == 0


def test_the_highest_valid_level_is_derived_for_each_occupation():
    person = PersonFactory()
    add = {"how": SkillRoute.EXAM, "by": SYSTEM}
    actions.add_skill(person, level=6, occupation_text="焊工", issued_on=datetime.date(2015, 1, 1), **add)
    actions.add_skill(
        person,
        level=7,
        occupation_text="焊工",
        issued_on=datetime.date(2018, 1, 1),
        valid_until=datetime.date(2020, 1, 1),
        **add,
    )
    actions.add_skill(person, level=4, occupation_text="钳工", **add)

    best = highest_skills(person, on=datetime.date(2024, 1, 1))

    assert {name: skill.level for name, skill in best.items()} == {"焊工": 6, "钳工": 4}


@given(st.text(max_size=40))
def test_any_text_is_a_name_or_refused_never_an_error(text):
    try:
        written = write_name(text)
    except Refused:
        return
    assert written["name_key"]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("000100020003", "000100020007", "00010002"),
        ("0001", "0001", "0001"),
        ("", "0001", "0001"),
        ("0001", "0002", ""),
    ],
)
def test_shared_path_is_the_organisation_above_both(first, second, shared):
    assert shared_path(first, second) == shared
