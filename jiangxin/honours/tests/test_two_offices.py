"""Officers of two cities: what one brings in, the other neither reads nor changes."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours import jobs
from jiangxin.honours.actions import import_list_rows, open_rechecks, pass_recheck, settle_title
from jiangxin.honours.actions.importing import ListRow
from jiangxin.honours.models import Conferral, HonourList, Nominee, Recheck, UnknownTitle
from jiangxin.honours.queries.conferrals import collective_addressed
from jiangxin.honours.queries.work import list_addressed, lists_for, rows_of
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.kernel.access import Refused
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
NOTICE = ListRow(
    number=1,
    list_title="2026年公示名单",
    honour="临江市劳动模范",
    name="林小满",
    unit="宏远重工",
    source_url="https://example.org/notice",
    is_nominee=True,
)
AWARDED = replace(NOTICE, is_nominee=False, year=2024, list_complete=True)


@pytest.fixture
def here(tree: dict[str, Org]) -> User:
    make_honour()
    return accounts.make_officer("city_officer", tree["city"], username="here")


@pytest.fixture
def there(tree: dict[str, Org]) -> User:
    return accounts.make_officer("city_officer", tree["other_city"], username="there")


def brought_in(officer: User, *rows: ListRow) -> list[str]:
    return [each.code for each in import_list_rows(rows, org=officer.org, by=officer)]


def test_nominees_are_read_where_they_were_brought_in_and_above(
    here: User, there: User, tree: dict[str, Org]
) -> None:
    county = accounts.make_officer("county_officer", tree["county"])
    above = accounts.make_officer("province_officer", tree["province"])
    brought_in(here, NOTICE)

    seen = [Nominee.objects.visible_to(each).count() for each in (here, there, county, above)]

    assert (Nominee.objects.get().opath, seen) == (tree["city"].path, [1, 0, 0, 1])


def test_a_list_does_not_exist_for_the_other_city(here: User, there: User, sign_in: SignIn) -> None:
    brought_in(here, NOTICE)
    url = reverse("honours:work_list", args=[HonourList.objects.get().uid])

    own, strange = sign_in(here).get(url), sign_in(there).get(url)
    overview = sign_in(there).get(reverse("honours:work_lists")).content.decode()

    assert ("林小满" in own.content.decode(), strange.status_code) == (True, 404)
    assert "2026年公示名单" not in overview


def test_an_editor_reads_the_list_but_no_nominee(here: User, tree: dict[str, Org], sign_in: SignIn) -> None:
    editor = accounts.make_officer("editor", tree["city"])
    brought_in(here, NOTICE, replace(AWARDED, name="赵铁生"))

    page = sign_in(editor).get(reverse("honours:work_list", args=[HonourList.objects.get().uid]))

    assert ("赵铁生" in page.content.decode(), "林小满" in page.content.decode()) == (True, False)


def test_two_cities_in_one_list_see_and_count_their_own_rows(here: User, there: User) -> None:
    brought_in(here, NOTICE, AWARDED)
    brought_in(there, replace(NOTICE, name="丁一"))
    found = list_addressed(there, HonourList.objects.get().uid)
    assert found is not None

    counted = [(each.conferred, each.nominated) for each in (*lists_for(here), *lists_for(there))]
    rows = rows_of(found, there)

    assert counted == [(1, 1), (0, 1)]
    assert ([each.name for each in rows.nominees], list(rows.conferrals)) == (["丁一"], [])


def test_the_answer_to_a_row_does_not_tell_whom_another_office_has_nominated(here: User, there: User) -> None:
    brought_in(here, NOTICE)

    assert (brought_in(there, NOTICE), brought_in(there, NOTICE)) == (["nominated"], ["known"])


def test_a_row_of_the_same_list_never_writes_into_the_other_citys_worker(here: User, there: User) -> None:
    medal = make_honour("city-medal", "临江市五一劳动奖章")
    brought_in(here, AWARDED)

    brought_in(there, replace(AWARDED, honour=medal.title))

    first, second = Person.objects.order_by("pk")
    held = [Conferral.objects.filter(person=each).count() for each in (first, second)]
    assert (first.name, second.name, second.org, held) == ("林小满", "林小满", there.org, [1, 1])


def test_what_is_known_of_a_list_is_changed_by_its_own_office(here: User, there: User) -> None:
    brought_in(here, AWARDED)

    brought_in(there, replace(AWARDED, name="丁一等40名同志", list_complete=False))

    kept = HonourList.objects.get()
    assert (kept.is_complete, kept.announced_count) == (True, None)


def test_unknown_titles_wait_for_the_office_whose_list_printed_them(
    here: User, there: User, tree: dict[str, Org], sign_in: SignIn
) -> None:
    brought_in(here, replace(AWARDED, honour="临江劳模奖"))
    unknown = UnknownTitle.objects.get()
    honour = make_honour("x", "丁市劳动模范", opath=tree["other_city"].path)
    url = reverse("honours:work_titles")

    pages = [sign_in(each).get(url).content.decode() for each in (here, there)]
    data = {"intent": "settle", "title": str(unknown.pk), "honour": str(honour.pk)}
    posted: Client = sign_in(there)

    assert ["临江劳模奖" in page for page in pages] == [True, False]
    assert posted.post(url, data).status_code == 400
    with pytest.raises(Refused) as refusal:
        settle_title(unknown, honour=honour, by=there)
    assert refusal.value.code == "not_yours"


def test_collectives_of_the_same_name_do_not_stand_in_each_others_way(
    here: User, there: User, tree: dict[str, Org]
) -> None:
    teams = {name: make_collective(opath=tree[name].path) for name in ("city", "other_city")}

    found = [collective_addressed(each, "宏远重工焊接一班") for each in (here, there)]

    assert found == [teams["city"], teams["other_city"]]
    assert collective_addressed(there, teams["city"].uid) is None


def test_nobody_answers_the_recheck_of_an_own_honour(tree: dict[str, Org]) -> None:
    person = PersonFactory(org=tree["city"])
    officer = accounts.make_officer("city_officer", tree["city"], person=person)
    make_conferral(person, make_honour(), 2020)
    open_rechecks(year=2025, by=SYSTEM)

    with pytest.raises(Refused):
        pass_recheck(Recheck.objects.get(), by=officer)


def test_moved_and_merged_offices_take_what_they_brought_in_along(
    here: User, there: User, tree: dict[str, Org]
) -> None:
    brought_in(here, NOTICE, replace(NOTICE, honour="从未见过的称号"))
    brought_in(there, NOTICE, replace(NOTICE, name="丁一"), replace(NOTICE, honour="从未见过的称号"))
    nation = tree["province"].path[:4]

    jobs.follow_merged_org.call(from_uid=tree["other_city"].uid, into_uid=tree["city"].uid)
    jobs.follow_moved_org.call(old_path=tree["city"].path, new_path=f"{nation}00090001")

    placed = set(Nominee.objects.values_list("name", "opath"))
    assert placed == {("林小满", f"{nation}00090001"), ("丁一", f"{nation}00090001")}
    assert UnknownTitle.objects.get().opath == HonourList.objects.get().opath == f"{nation}00090001"
