"""Published lists: what becomes of each kind of row, and that a second time changes nothing."""

from collections import Counter
from dataclasses import replace

import pytest

from jiangxin.honours.actions import import_list_rows, load_catalogue, settle_title
from jiangxin.honours.actions.importing import Became, ListRow
from jiangxin.honours.models import (
    Collective,
    Conferral,
    Honour,
    HonourAlias,
    HonourList,
    Nominee,
    Prerequisite,
    UnknownTitle,
)
from jiangxin.honours.queries.catalogue import catalogue, honour_coded, neighbours, unknown_titles
from jiangxin.honours.rules import title_key
from jiangxin.honours.tests.factories import SYSTEM, make_honour
from jiangxin.honours.words import HonourKind
from jiangxin.orgs.tests.factories import make_org, make_region
from jiangxin.people.models import Employment, LinkProposal, PassportEntry, Person, Source

pytestmark = pytest.mark.django_db

ROW = ListRow(
    number=1,
    list_title="临江市2024年劳动模范",
    honour="临江市劳动模范",
    name="林小满",
    year=2024,
    sex="女",
    unit="宏远重工有限公司焊接车间",
    job_title="电焊工",
    source_url="https://example.org/list",
    list_complete=True,
)


def take(*rows: ListRow) -> list[str]:
    return [answer.code for answer in import_list_rows(rows, by=SYSTEM)]


def counts() -> dict[str, int]:
    models = (
        Conferral,
        Person,
        Collective,
        HonourList,
        Nominee,
        PassportEntry,
        Source,
        Employment,
        UnknownTitle,
        LinkProposal,
    )
    return {model.__name__: model._default_manager.count() for model in models}


def test_a_row_becomes_a_record_with_its_honour_and_its_source() -> None:
    make_honour()
    org = make_org()

    (answer,) = import_list_rows([ROW], org=org, by=SYSTEM)

    person = Person.objects.get()
    assert (answer.became, answer.person) == (Became.CONFERRED, person)
    assert (person.name, person.sex, person.ethnic, person.region, person.org) == (
        "林小满",
        "female",
        "",
        None,
        org,
    )
    assert (person.is_public, person.unit_text, person.post_text) == (
        True,
        "宏远重工有限公司焊接车间",
        "电焊工",
    )
    conferral = Conferral.objects.get()
    assert (conferral.person, conferral.year, conferral.source.url) == (
        person,
        2024,
        "https://example.org/list",
    )
    assert PassportEntry.objects.get().source == conferral.source
    assert HonourList.objects.get().is_complete


def test_taking_the_same_rows_twice_changes_nothing() -> None:
    make_honour()
    rows = [ROW, replace(ROW, number=2, name="赵铁生", unit=""), replace(ROW, number=3, honour="从未见过的称号"),
            replace(ROW, number=4, name="周敏", is_nominee=True)]  # fmt: skip
    first = take(*rows)
    before = counts()

    again = take(*rows)

    assert first == ["conferred", "conferred", "unknown_title", "nominated"]
    assert again == ["known", "known", "unknown_title", "known"]
    assert counts() == before
    assert UnknownTitle.objects.get().times == 1


def test_same_name_and_unit_in_one_list_is_one_record_and_in_another_list_is_a_question() -> None:
    make_honour()
    make_honour("city-medal", "临江市五一劳动奖章")
    other_list = replace(ROW, list_title="临江市2024年五一劳动奖章", honour="临江市五一劳动奖章", year=2023)

    take(ROW, replace(ROW, honour="临江市五一劳动奖章"), replace(ROW, unit="望海造船厂"), other_list)

    assert Conferral.objects.count() == 4
    assert Person.objects.filter(name="林小满").count() == 3
    assert Person.objects.filter(canonical__isnull=False).count() == 0


def test_nominees_are_kept_apart() -> None:
    make_honour()

    take(replace(ROW, is_nominee=True))

    assert (Nominee.objects.get().name, Person.objects.count(), Conferral.objects.count()) == ("林小满", 0, 0)


def test_unknown_titles_are_listed_and_taken_once_an_officer_has_said_what_they_mean() -> None:
    honour = make_honour()
    row = replace(ROW, honour="临江劳模奖")
    assert take(row) == ["unknown_title"]

    settle_title(unknown_titles(SYSTEM).get(), honour=honour, by=SYSTEM)

    assert take(row) == ["conferred"]
    assert Conferral.objects.get().printed_title == "临江劳模奖"
    assert unknown_titles(SYSTEM).count() == 0


def test_collectives_are_found_again_by_name() -> None:
    make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)
    team = replace(
        ROW,
        honour="临江市工人先锋号",
        name="宏远重工(集团)有限公司林小满劳模创新工作室",
        unit="",
        is_collective=True,
    )

    take(team, replace(team, list_title="另一份名单", year=2023))

    assert (Collective.objects.count(), Conferral.objects.count(), Person.objects.count()) == (1, 2, 0)


def test_x_and_others_is_one_person_and_an_incomplete_list() -> None:
    make_honour()

    take(replace(ROW, name="林小满等100名同志"))

    honour_list = HonourList.objects.get()
    assert Person.objects.get().name == "林小满"
    assert (honour_list.is_complete, honour_list.announced_count) == (False, 100)


def test_names_with_spaces_dots_and_rare_characters_stay_themselves() -> None:
    make_honour()

    take(*(replace(ROW, name=name) for name in ("林　满", "迪丽娜尔・艾力", "赵𠅤")))

    assert sorted(Person.objects.values_list("name", flat=True)) == ["林满", "赵𠅤", "迪丽娜尔·艾力"]


def test_a_refused_row_leaves_the_others_alone() -> None:
    make_honour()

    answers = take(replace(ROW, name="！！！"), ROW, replace(ROW, name="周敏", year=1800))

    assert answers == ["name_impossible", "conferred", "year_impossible"]
    assert (Person.objects.count(), HonourList.objects.count()) == (1, 1)


def test_a_region_that_is_clear_is_taken_and_one_that_is_not_stays_empty() -> None:
    make_honour()
    region = make_region("330000", "浙江省")

    answers = import_list_rows(
        [replace(ROW, region="浙江省"), replace(ROW, name="周敏", region="某地")], by=SYSTEM
    )

    assert Person.objects.get(name="林小满").region == region
    assert Person.objects.get(name="周敏").region is None
    assert "地区“某地”未能识别，留空。" in answers[1].sentence


@pytest.mark.parametrize(
    ("printed", "key"),
    [("“全国五一”劳动奖章", "全国五一劳动奖章"), ("2024年大国工匠培育对象", "大国工匠培育对象"), ("第五届 齐鲁大工匠", "齐鲁大工匠"),
     ("全国劳动模范荣誉称号", "全国劳动模范"), ("全国劳模(先进工作者)", "全国劳模（先进工作者）")],
)  # fmt: skip
def test_printed_forms_of_one_title_have_one_key(printed: str, key: str) -> None:
    assert title_key(printed) == key


class TestCatalogue:
    """The shipped table."""

    def test_loading_twice_writes_once(self) -> None:
        first = load_catalogue(by=SYSTEM)

        assert (first, load_catalogue(by=SYSTEM), Honour.objects.count()) == (44, 0, 44)

    def test_every_title_and_alias_is_known_once_and_has_english(self) -> None:
        load_catalogue(by=SYSTEM)

        assert HonourAlias.objects.count() == len(set(HonourAlias.objects.values_list("name_key", flat=True)))
        assert [
            each.code for each in Honour.objects.all() if not each.title_en.isascii() or not each.source
        ] == []

    def test_levels_stand_in_order_of_rank(self) -> None:
        load_catalogue(by=SYSTEM)

        ranks = [line.honour.rank for group in catalogue() for line in group.lines]

        assert ranks == sorted(ranks)

    def test_prerequisites_follow_lines_and_levels(self) -> None:
        load_catalogue(by=SYSTEM)

        medal = neighbours(honour_coded("national-may-day-medal"))
        model = neighbours(honour_coded("national-model-worker"))

        assert {each.code for each in medal.needs_hard} >= {"zhejiang-medal", "sichuan-model"}
        assert [each.level for each in model.needs_hard] == []
        assert {each.level for each in model.needs_generally} == {"province", "ministry"}
        assert [each.code for each in medal.opens] == ["most-beautiful-worker"]
        assert Counter(Prerequisite.objects.values_list("strength", flat=True))["generally"] > 0
