"""Regions, identity numbers and telephones as officers type them: what is taken, what is told, what is refused."""

import datetime

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.urls import reverse

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.text.identity import check_digit
from jiangxin.orgs.models import RegionSuccession
from jiangxin.orgs.tests.factories import make_region
from jiangxin.people import actions
from jiangxin.people.forms.fields import RegionField
from jiangxin.people.models import Person
from jiangxin.people.queries.facts import identity_remark
from jiangxin.people.rules import check_phone
from jiangxin.people.tests.conftest import make_officer, signed_in
from jiangxin.people.tests.factories import PersonFactory, invented_number

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
ENDED = datetime.date(2021, 4, 9)


@pytest.fixture
def regions(tree):
    """江州省 临江市 with 东城区, and 旧城区 that went over into it; 大县 that was split in two."""
    province = make_region("590000", "江州省")
    city = make_region("590100", "临江市", parent=province)
    now = make_region("590102", "东城区", parent=city)
    old = make_region("590103", "旧城区", parent=city, valid_to=ENDED)
    split = make_region("590104", "大县", parent=city, valid_to=ENDED)
    halves = [make_region(code, name, parent=city) for code, name in (("590105", "南县"), ("590106", "北县"))]
    for before, after, kind in ((old, now, "merged"), *((split, half, "split") for half in halves)):
        RegionSuccession.objects.create(old=before, new=after, kind=kind, on=ENDED)
    return {"now": now, "city": city}


def _number(region: str) -> str:
    first_17 = f"{region}19850305002"
    return first_17 + check_digit(first_17)


@pytest.mark.parametrize("text", ["59", "5901", "59010", "5901022", "590199"])
def test_part_of_a_region_code_is_refused(regions, text):
    with pytest.raises(forms.ValidationError) as refused:
        RegionField().clean(text)

    sentence = "六位数字" if len(text) != 6 else "没有区划代码 590199"
    assert sentence in str(refused.value)


@pytest.mark.parametrize(("text", "key"), [("590102", "now"), ("江州省临江市", "city"), ("590100", "city")])
def test_a_whole_code_or_a_name_is_taken(regions, text, key):
    field = RegionField()

    assert (field.clean(text), field.note) == (regions[key], "")


def test_a_code_of_an_earlier_time_leads_to_its_successor_and_says_so(regions):
    field = RegionField()

    assert field.clean("590103") == regions["now"]
    assert "旧城区 已于 2021 年停用，今为 东城区" in field.note


def test_a_code_that_was_split_needs_a_choice(regions):
    with pytest.raises(forms.ValidationError) as refused:
        RegionField().clean("590104")

    assert ("南县、北县" in str(refused.value), "请填写现在的地区" in str(refused.value)) == (True, True)


def test_the_page_tells_to_which_region_an_old_code_was_led(regions, tree):
    officer = make_officer("city_officer", tree["city"])
    person = PersonFactory(org=tree["enterprise"])

    sent = signed_in(officer).post(
        reverse("people:work_edit", args=[person.uid]),
        {
            "name": person.name,
            "org": tree["enterprise"].name,
            "region": "590103",
            "id_number": _number("580101"),
        },
    )

    told = [str(message) for message in get_messages(sent.wsgi_request)]
    person.refresh_from_db()
    assert (sent.status_code, person.region, person.id_number) == (302, regions["now"], _number("580101"))
    assert ("今为 东城区" in told[1], "前六位不对应任何地区" in told[2]) == (True, True)


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ("590102", ""),
        ("590103", "已于 2021 年停用，今为 东城区"),
        ("580101", "前六位不对应任何地区"),
        ("", ""),
    ],
)
def test_the_region_of_an_identity_number_is_remarked_on_and_never_refused(regions, region, told):
    number = _number(region) if region else ""

    assert told in identity_remark(number)
    assert (identity_remark(number) == "") is (told == "")
    assert actions.add_person(name="林小满", id_number=number, by=SYSTEM).id_number == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800001234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("010-62345678", "010-62345678"),
        ("(0452) 2345678", "0452-2345678"),
        ("0452-2345678-802", "0452-2345678-802"),
        ("  ", ""),
    ],
)
def test_telephones_of_the_mainland_are_taken_in_one_form(typed, kept):
    assert check_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["1380000123", "12800001234", "62345678", "010-1234567", "电话不详", "1" * 30]
)
def test_a_telephone_that_cannot_be_is_refused_in_one_sentence(typed):
    person = PersonFactory()

    for call in (
        lambda: actions.add_person(name="周敏", phone=typed, by=SYSTEM),
        lambda: actions.correct_person(person, changes={"phone": typed}, by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert (refused.value.field, "固定电话请带区号" in str(refused.value)) == ("phone", True)
    assert Person.objects.count() == 1


def test_a_wrong_telephone_loses_nothing_of_the_form(tree):
    officer = make_officer("city_officer", tree["city"])

    sent = signed_in(officer).post(
        reverse("people:work_add"),
        {
            "name": "周敏",
            "org": tree["enterprise"].name,
            "phone": "62345678",
            "id_number": invented_number(4),
        },
    )

    assert (sent.status_code, "周敏" in sent.content.decode(), Person.objects.count()) == (400, True, 0)
