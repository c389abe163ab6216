"""Lists of workers in bulk: who is new, who is known, what is never overwritten, rights row by row, taking back."""

import datetime

import pytest

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.search import pending
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.tests.factories import make_employer, make_org, make_region
from jiangxin.people import actions
from jiangxin.people.actions.bulk import ImportedPeople
from jiangxin.people.models import Employment, LinkProposal, Person, Source
from jiangxin.people.queries.importing import PersonRow
from jiangxin.people.queries.places import ImportedFrom
from jiangxin.people.rules import identity_index
from jiangxin.people.tests.conftest import make_officer

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
NUMBER = "590101198805210025"
OTHER = "590101199003071232"
UNIT = "宏远重工有限公司"


def rows(*values, first=2):
    return [PersonRow(number, **value) for number, value in enumerate(values, start=first)]


def worker(name="林小满", **more):
    return {"name": name, "unit": UNIT, **more}


def imported(org, *values, by=ME, uid="", is_trial=False):
    where = ImportedFrom(uid or new_uid(), "名单.csv", "ab" * 32, org, is_trial)
    return actions.import_people(where, rows=rows(*values), by=by)


def said(done):
    return [(each.row, each.column, each.code) for each in done.remarks]


def test_a_new_worker_is_opened_whole(tree):
    region = make_region("320102", "玄武区")

    done = imported(
        tree["county"], worker(id_number=NUMBER, phone="13800000000", post="电焊工", region="320102")
    )

    person = Person.objects.get()
    assert (done.new, done.same, done.refused, done.remarks) == ([2], [], [], [])
    assert (person.name, person.pinyin, person.initials, person.sex) == (
        "林小满",
        "linxiaoman",
        "lxm",
        "female",
    )
    assert (person.birth_on, person.birth_precision) == (datetime.date(1988, 5, 21), "day")
    assert (person.id_number, person.phone, person.email) == (NUMBER, "13800000000", "")
    assert person.id_number_index == identity_index(NUMBER)
    assert (person.region, person.org, person.opath) == (region, tree["county"], tree["county"].path)
    assert (person.unit_text, person.post_text, person.state, person.is_public) == (
        UNIT,
        "电焊工",
        "active",
        False,
    )
    spell = Employment.objects.get()
    assert (spell.person, spell.unit_text, spell.post, spell.source) == (
        person,
        UNIT,
        "电焊工",
        person.source,
    )
    assert (person.source.kind, person.source.title, person.source.sha256) == (
        "import",
        "名单.csv",
        "ab" * 32,
    )


def test_what_goes_in_at_once_equals_what_goes_in_one_by_one(tree):
    imported(tree["county"], worker("阿依古丽·买买提", id_number=NUMBER, phone="13800000000", post="车工"))
    single = actions.register_worker(
        name="阿依古丽·买买提", id_number=OTHER, phone="13800000000", org=tree["county"], unit_text=UNIT, post="车工",
        by=ME,
    )  # fmt: skip

    bulk = Person.objects.exclude(pk=single.pk).get()
    varying = {"id", "_state", "uid", "id_number", "id_number_index", "birth_on", "sex", "phone", "source_id"}
    varying |= {"created_at", "updated_at"}
    same = {name: value for name, value in vars(bulk).items() if name not in varying}
    assert same == {name: value for name, value in vars(single).items() if name in same}
    assert bulk.phone == single.phone


def test_the_same_rows_again_change_nothing(tree):
    values = [worker(id_number=NUMBER), worker("赵铁生"), worker("周敏", phone="13900000000")]
    imported(tree["county"], *values)
    before = list(Person.objects.order_by("pk").values())

    again = imported(tree["county"], *values)

    assert (again.new, again.changed, again.same, again.remarks) == ([], [], [2, 3, 4], [])
    assert list(Person.objects.order_by("pk").values()) == before
    assert (Employment.objects.count(), Source.objects.count()) == (3, 1)


def test_a_trial_tells_and_writes_nothing(tree):
    done = imported(tree["county"], worker(id_number=NUMBER), is_trial=True)

    assert done.new == [2]
    assert (Person.objects.count(), Source.objects.count(), pending("person")) == (0, 0, 0)


def test_blanks_are_filled_in_and_nothing_is_overwritten(tree):
    region = make_region("320102", "玄武区")
    imported(tree["county"], worker(id_number=NUMBER))

    done = imported(
        tree["county"],
        worker(id_number=NUMBER, phone="13800000000", region="320102", post="车工"),
    )

    person = Person.objects.get()
    assert (done.changed, person.phone, person.region) == ([2], "13800000000", region)
    again = imported(tree["county"], worker(id_number=NUMBER, phone="13911111111", region="320102"))
    assert (again.same, Person.objects.get().phone) == ([2], "13800000000")


def test_an_empty_batch_does_nothing(tree):
    assert imported(tree["county"]) == ImportedPeople()
    assert Source.objects.count() == 0


def test_a_known_worker_without_unit_takes_the_one_of_the_list(tree):
    known = actions.add_person(name="林小满", id_number=NUMBER, org=tree["county"], by=ME)

    done = imported(tree["county"], worker(id_number=NUMBER, post="电焊工"))

    known.refresh_from_db()
    assert (done.new, done.changed) == ([], [2])
    assert (known.unit_text, known.post_text, Employment.objects.get().source) == (
        UNIT,
        "电焊工",
        Source.objects.get(),
    )


def test_a_worker_with_another_current_unit_keeps_it_and_the_officer_is_told(tree):
    imported(tree["county"], worker(id_number=NUMBER))

    done = imported(tree["county"], {"name": "林小满", "unit": "开物电力公司", "id_number": NUMBER})

    assert (done.same, said(done)) == ([2], [(2, "unit", "other_unit")])
    assert (
        done.remarks[0].message == f"已登记的现单位是“{UNIT}”，本行的单位没有写入。如已调动，请在档案里登记。"
    )
    assert list(Employment.objects.values_list("unit_text", flat=True)) == [UNIT]


def test_a_number_of_another_name_and_a_sex_that_contradicts_it_are_refused(tree):
    imported(tree["county"], worker(id_number=NUMBER))

    done = imported(
        tree["county"],
        worker("赵铁生", id_number=NUMBER),
        worker("周敏", id_number=OTHER, sex="female"),
    )

    assert said(done) == [(2, "name", "other_name"), (3, "sex", "sex_contradicts_id_number")]
    assert done.refused == [2, 3]


def test_two_without_numbers_are_one_worker_only_under_one_name_unit_and_union(tree):
    imported(tree["county"], worker("张伟"))

    done = imported(
        tree["county"],
        worker("张伟"),
        {"name": "张伟", "unit": "别的厂"},
        worker("张伟", org=tree["enterprise"].name),
    )

    assert (done.same, done.new) == ([2], [3, 4])


def test_regions_come_by_code_by_name_and_by_code_of_former_times(tree):
    province = make_region("320000", "江苏省")
    city = make_region("320100", "南京市", parent=province)
    gone = make_region("320199", "旧区", parent=city, valid_to=datetime.date(2000, 1, 1))

    done = imported(
        tree["county"],
        worker("张一", region="320100"),
        worker("张二", region="江苏省南京市"),
        worker("张三", region="320199"),
        worker("张四", region="999999"),
        worker("张五", region="月球"),
    )

    people = Person.objects.order_by("pk").values_list("name", "region")
    assert list(people) == [("张一", city.pk), ("张二", city.pk), ("张三", gone.pk)]
    assert said(done) == [(5, "region", "unknown_region"), (6, "region", "unknown_region")]


def test_each_row_needs_the_right_at_its_own_organisation(tree):
    officer = make_officer("county_officer", tree["county"])
    values = [worker("张一"), worker("张二", org="焊接分会"), worker("张三", org=tree["other_city"].name)]

    done = imported(tree["county"], *values, by=officer)

    assert (done.new, said(done)) == ([2, 3], [(4, "org", "unknown_org")])
    assert done.remarks[0].message == f"在您管理的范围内没有名为“{tree['other_city'].name}”的工会组织。"
    with pytest.raises(Refused, match="权限"):
        imported(tree["other_city"], worker("张四"), by=officer)


def test_a_worker_kept_elsewhere_is_not_shown_to_a_strange_officer(tree):
    imported(tree["other_city"], worker(id_number=NUMBER))
    officer = make_officer("county_officer", tree["county"])

    done = imported(tree["county"], worker(id_number=NUMBER, phone="13800000000"), by=officer)

    assert (done.refused, said(done)) == ([2], [(2, "id_number", "kept_elsewhere")])
    assert Person.objects.get().phone == ""


def test_an_organisation_named_twice_has_to_be_given_by_its_number(tree):
    make_org("焊接分会", parent=tree["county"], code="HJ-2")

    done = imported(tree["county"], worker("张一", org="焊接分会"), worker("张二", org="HJ-2"))

    assert (done.new, said(done)) == ([3], [(2, "org", "unknown_org")])


def test_a_batch_is_announced_once_and_followed_part_by_part(tree):
    employer = make_employer(UNIT, org=tree["enterprise"])
    imported(tree["county"], worker("张一"), worker("张二"))

    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    told = Event.objects.filter(name="people.people_imported").values_list("payload", flat=True)
    uid = Source.objects.get().uid
    assert list(told) == [{"source": uid, "count": 2, "after": keys[0] - 1, "until": keys[-1]}]
    assert pending("person") == 2
    assert actions.find_employers(ids=keys, by=ME) == 2
    assert set(Employment.objects.values_list("employer", flat=True)) == {employer.pk}


def taken_back(uid, org, by=ME):
    return actions.take_back_import(ImportedFrom(uid, "名单.csv", "", org), by=by)


def test_an_import_is_taken_back_whole(tree):
    imported(tree["county"], worker("张一"))
    uid = new_uid()
    imported(tree["county"], worker("张一"), worker("张二"), worker("张三"), uid=uid)

    removed = taken_back(uid, tree["county"])

    assert removed == 2
    assert list(Person.objects.values_list("name", flat=True)) == ["张一"]
    assert Employment.objects.count() == 1
    assert taken_back(new_uid(), tree["county"]) == 0


def test_an_import_to_which_something_was_added_since_is_not_taken_back(tree):
    uid = new_uid()
    imported(tree["county"], worker("张一"), worker("张二"), uid=uid)
    first, second = Person.objects.order_by("pk")
    LinkProposal.objects.create(first=first, second=second, score=50)

    with pytest.raises(Refused, match="已有后续登记（同一人线索）"):
        taken_back(uid, tree["county"])

    assert Person.objects.count() == 2


def test_an_officer_takes_back_only_where_the_officer_has_a_say(tree):
    uid = new_uid()
    imported(tree["other_city"], worker("张一"), uid=uid)
    officer = make_officer("county_officer", tree["county"])

    with pytest.raises(Refused, match="不再管理的组织"):
        taken_back(uid, tree["county"], by=officer)
