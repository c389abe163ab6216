"""Jobs and reactions: matching after the commit, following the tree, the search index."""

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events.outbox import reactions_to
from jiangxin.kernel.jobs import registered_jobs
from jiangxin.kernel.search import Query, drain, engine
from jiangxin.orgs.tests.factories import make_region
from jiangxin.people import actions, jobs
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.queries.register import RegisterQuery, find_public
from jiangxin.people.tests.factories import PassportEntryFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def _found(text: str, **options) -> list[int]:
    drain()
    return engine().search(Query(kind="person", text=text, **options)).ids


def test_matching_proposes_once_however_often_it_runs():
    first, second = (PersonFactory(name="隋见山", unit_text="天山棉纺厂") for _number in range(2))

    for _run in range(2):
        jobs.propose_links.call(ids=[first.pk, second.pk])

    (proposal,) = LinkProposal.objects.all()
    assert (proposal.first, proposal.second, proposal.state) == (first, second, "proposed")
    assert {item["kind"] for item in proposal.evidence} >= {"name", "unit_same"}


def test_a_new_record_is_matched_after_the_commit():
    names = {reaction.code for reaction in reactions_to("people.person_added")}

    assert "people.look_for_the_same_person" in names
    assert {"people.propose_links", "people.propose_all_links"} <= set(registered_jobs())


def test_records_follow_a_moved_organisation(tree):
    inside = PersonFactory(org=tree["branch"])
    outside = PersonFactory(org=tree["other_city"])

    for _run in range(2):
        moved = jobs.follow_moved_org.call(
            old_path=tree["enterprise"].path, new_path=tree["other_city"].path + "0009"
        )

    inside.refresh_from_db()
    outside.refresh_from_db()
    assert inside.opath == tree["other_city"].path + "0009" + tree["branch"].path[-4:]
    assert (outside.opath, moved) == (tree["other_city"].path, 0)


def test_records_of_a_merged_organisation_go_along(tree):
    person = PersonFactory(org=tree["branch"])

    jobs.follow_merged_org.call(from_uid=tree["branch"].uid, into_uid=tree["enterprise"].uid)

    person.refresh_from_db()
    assert (person.org, person.opath) == (tree["enterprise"], tree["enterprise"].path)


def test_a_worker_is_found_by_name_pinyin_unit_and_achievement():
    person = actions.add_person(
        name="单小满", unit_text="宏远重工有限公司", source=SourceFactory(), by=SYSTEM
    )
    actions.add_to_passport(
        person, kind="people.milestone", title="某市劳动模范", year=2019, source=SourceFactory(), by=SYSTEM
    )

    found = [_found(text) for text in ("单小满", "shan", "宏远", "劳动模范")]

    assert found == [[person.pk]] * 4


def test_a_dotted_name_is_found_without_its_dot():
    person = actions.add_person(name="买买提·艾力", source=SourceFactory(), by=SYSTEM)

    assert _found("买买提艾力") == [person.pk]


def test_a_character_outside_the_basic_plane_is_found():
    person = actions.add_person(name="𠅤小舟", source=SourceFactory(), by=SYSTEM)

    assert _found("𠅤小") == [person.pk]


def test_the_public_register_holds_public_records_only():
    shown = actions.add_person(name="林小满", source=SourceFactory(), by=SYSTEM)
    actions.add_person(name="林大满", by=SYSTEM)
    drain()

    assert find_public(RegisterQuery(text="林")).people == [shown]


def test_what_is_hidden_from_the_page_is_hidden_from_search():
    person = actions.add_person(name="林小满", source=SourceFactory(), by=SYSTEM)
    actions.add_to_passport(person, kind="people.milestone", title="秘密任务", year=2019, by=SYSTEM)

    assert _found("秘密任务") == []


def test_facets_narrow_by_year_and_region():
    region = make_region("230102", "道里区")
    person = actions.add_person(name="林小满", region=region, source=SourceFactory(), by=SYSTEM)
    PassportEntryFactory(
        person=person, year=2019, source=SourceFactory(), evidence={"honour": "national-model"}
    )
    other = actions.add_person(name="周敏", source=SourceFactory(), by=SYSTEM)
    drain()

    def narrowed(**facets: str) -> list[Person]:
        return find_public(RegisterQuery(**facets)).people

    assert narrowed(region="23") == narrowed(region="2301") == narrowed(region="230102") == [person]
    assert narrowed(year="2019") == narrowed(honour="national-model") == [person]
    assert narrowed() == [other, person]


def test_a_linked_record_leaves_the_index_and_comes_back():
    first, second = (
        actions.add_person(name="隋见山", unit_text=unit, source=SourceFactory(), by=SYSTEM)
        for unit in ("甲厂", "乙矿")
    )
    proposal = actions.propose_link(first, second=second, score=70, evidence=[], by=SYSTEM)
    before = sorted(_found("隋见山"))

    actions.confirm_link(proposal, by=SYSTEM)
    linked = _found("隋见山")
    actions.undo_link(proposal, by=SYSTEM)

    assert (before, linked, sorted(_found("隋见山"))) == (
        [first.pk, second.pk],
        [first.pk],
        [first.pk, second.pk],
    )


def test_a_limited_record_leaves_the_index():
    person = actions.add_person(name="林小满", source=SourceFactory(), by=SYSTEM)
    before = _found("林小满")

    actions.limit_person(person, reason="本人请求", by=SYSTEM)

    assert (before, _found("林小满")) == ([person.pk], [])
