"""The passport: entries are added and corrected, never changed; the worker decides what is public."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.people import actions
from jiangxin.people.models import PassportEntry
from jiangxin.people.queries.passport import public_timeline, timeline
from jiangxin.people.tests.factories import PassportEntryFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def _titles(person) -> list[str]:
    return [item.entry.title for item in timeline(person, SYSTEM)]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "别的"},
        {"title": ""},
        {"detail": "别的"},
        {"evidence": {"a": 1}},
        {"year": 1999},
        {"title": "已删除", "year": 1999},
        {"is_public": False},
    ],
)
def test_an_entry_cannot_be_changed_behind_its_back(change):
    entry = PassportEntryFactory(title="某市劳动模范", detail="说明", evidence={"b": 2}, year=2020)

    with pytest.raises(DatabaseError), transaction.atomic():
        PassportEntry.objects.filter(pk=entry.pk).update(**change)

    assert PassportEntry.objects.filter(pk=entry.pk).values().get() == {
        **PassportEntry.objects.filter(pk=entry.pk).values().get(),
        "title": "某市劳动模范",
        "detail": "说明",
        "evidence": {"b": 2},
        "year": 2020,
        "is_public": True,
    }


def test_only_its_words_may_go_when_the_worker_is_erased():
    entry = PassportEntryFactory(title="带徒十人", detail="说明", issuer="某厂", evidence={"b": 2}, year=2020)

    PassportEntry.objects.filter(pk=entry.pk).update(title="已删除", detail="", issuer="", evidence={})

    entry.refresh_from_db()
    assert (entry.title, entry.detail, entry.issuer, entry.evidence, entry.year) == (
        "已删除",
        "",
        "",
        {},
        2020,
    )


def test_an_entry_cannot_be_deleted():
    entry = PassportEntryFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()

    assert PassportEntry.objects.count() == 1


def test_a_correction_takes_the_place_and_keeps_the_old_entry():
    person = PersonFactory()
    entry = actions.add_to_passport(person, kind="people.milestone", title="获评技师", year=2018, by=SYSTEM)

    actions.correct_entry(entry, year=2019, reason="年份印错", by=SYSTEM)

    (item,) = timeline(person, SYSTEM)
    assert (item.entry.year, [old.year for old in item.replaced]) == (2019, [2018])
    assert item.entry.evidence["reason"] == "年份印错"


def test_an_entry_is_corrected_once_only():
    entry = PassportEntryFactory()
    actions.correct_entry(entry, title="新标题", reason="改正", by=SYSTEM)

    with pytest.raises(Refused) as refusal:
        actions.correct_entry(entry, title="又一个", reason="改正", by=SYSTEM)

    assert refusal.value.code == "already_corrected"


def test_a_withdrawn_entry_stays_visible_as_withdrawn_but_not_to_strangers():
    person = PersonFactory(is_public=True)
    source = SourceFactory()
    entry = actions.add_to_passport(
        person, kind="people.milestone", title="获奖", year=2018, source=source, by=SYSTEM
    )

    actions.retract_entry(entry, reason="评选作废", by=SYSTEM)

    (item,) = timeline(person, SYSTEM)
    assert item.withdrawn_by.evidence == {"reason": "评选作废"}
    assert public_timeline(person) == []


def test_a_fact_before_birth_is_refused():
    person = PersonFactory(birth_on=datetime.date(1990, 5, 1))

    with pytest.raises(Refused) as refusal:
        actions.add_to_passport(person, kind="people.milestone", title="获评技师", year=1988, by=SYSTEM)

    assert str(refusal.value) == "这一条的年份是 1988 年，不晚于出生年份 1990 年，请核对。"
    assert PassportEntry.objects.count() == 0


def test_an_undeclared_kind_is_a_programming_error():
    with pytest.raises(ValueError, match=r"nowhere\.thing"):
        actions.add_to_passport(PersonFactory(), kind="nowhere.thing", title="x", by=SYSTEM)


def test_timeline_runs_from_latest_to_earliest():
    person = PersonFactory()
    for year in (2011, 2020, 2015):
        actions.add_to_passport(person, kind="people.milestone", title=f"{year}", year=year, by=SYSTEM)

    assert _titles(person) == ["2020", "2015", "2011"]


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_asks_the_same_number_of_questions(count, django_assert_num_queries):
    person = PersonFactory()
    for year in range(count):
        PassportEntryFactory(person=person, year=2000 + year, source=SourceFactory())

    with django_assert_num_queries(2):
        timeline(person, SYSTEM)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole, and rightly so"
)
def test_a_passport_is_found_by_indexes_alone():
    person = PersonFactory()

    with CaptureQueriesContext(connection) as queries:
        public_timeline(person)
        timeline(person, SYSTEM)

    plans = [_plan(query["sql"]) for query in queries]
    assert [line for plan in plans for line in plan if line.startswith("SCAN people_")] == []


def _plan(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + statement)
        return [row[3] for row in cursor.fetchall()]
