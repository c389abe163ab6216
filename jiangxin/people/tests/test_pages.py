"""Pages of people: what strangers, workers and officers see and can do, without JavaScript."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.search import drain
from jiangxin.people import actions
from jiangxin.people.models import Dispute, Employment, LinkProposal, PassportEntry, Person, SkillLevel
from jiangxin.people.queries.readings import who_looked
from jiangxin.people.tests.conftest import make_officer, make_worker, signed_in
from jiangxin.people.tests.factories import (
    PassportEntryFactory,
    PersonFactory,
    SourceFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
WHY = [{"kind": "name", "weight": 30, "text": "姓名相同：隋见山。", "values": {"name": "隋见山"}}]


@pytest.fixture
def worker(tree):
    person = PersonFactory(name="林小满", org=tree["enterprise"])
    return make_worker(person)


@pytest.fixture
def officer(tree):
    return make_officer("city_officer", tree["city"], display_name="许青禾")


def _published(**fields) -> Person:
    person = actions.add_person(name="林小满", source=SourceFactory(), by=SYSTEM, **fields)
    actions.add_to_passport(
        person, kind="people.milestone", title="某市劳动模范", year=2019, source=SourceFactory(), by=SYSTEM
    )
    return person


def _person_url(person: Person) -> str:
    return reverse("people:person", args=[person.uid])


def test_a_stranger_sees_public_facts_with_their_sources(client: Client):
    person = _published(id_number=invented_number(1), phone="13800001234", unit_text="宏远重工有限公司")
    actions.add_to_passport(person, kind="people.milestone", title="未公开的事", year=2020, by=SYSTEM)

    page = client.get(_person_url(person)).content.decode()

    assert ("某市劳动模范" in page, "https://example.org/list/" in page, "宏远重工有限公司" in page) == (
        True,
    ) * 3
    assert ("未公开的事" in page, invented_number(1) in page, "13800001234" in page) == (False,) * 3
    assert "noindex" not in page


@pytest.mark.parametrize("change", [{"is_public": False}, {"limited_at": "2025-01-01T00:00:00Z"}])
def test_a_hidden_page_does_not_exist(client: Client, change):
    person = _published()
    Person.objects.filter(pk=person.pk).update(**change)

    assert client.get(_person_url(person)).status_code == 404


def test_a_linked_record_leads_to_the_main_one(client: Client):
    main, linked = _published(), _published()
    proposal = actions.propose_link(main, second=linked, score=80, evidence=WHY, by=SYSTEM)
    actions.confirm_link(proposal, by=SYSTEM)

    assert client.get(_person_url(linked)).headers["Location"] == _person_url(main)


def test_the_public_page_asks_no_more_questions_for_more_facts(client: Client):
    person = _published()
    asked = []
    for count in (1, 3):
        for year in range(count):
            PassportEntryFactory(person=person, year=2000 + year, source=SourceFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(_person_url(person))
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("name", ["passport", "consents", "looks"])
def test_own_pages_ask_a_stranger_to_sign_in(client: Client, name):
    response = client.get(reverse(f"people:{name}"))

    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )


def test_an_account_without_record_is_told_what_to_do(db):
    page = signed_in(make_worker(None)).get(reverse("people:passport"))

    assert "还没有关联职工档案" in page.content.decode()


@pytest.mark.parametrize("name", ["consents", "looks"])
def test_other_own_pages_lead_an_account_without_record_there(db, name):
    response = signed_in(make_worker(None)).get(reverse(f"people:{name}"))

    assert (response.status_code, response.headers["Location"]) == (302, reverse("people:passport"))


def test_a_worker_reads_the_own_passport(worker):
    PassportEntryFactory(person=worker.person, title="带徒十人")

    page = signed_in(worker).get(reverse("people:passport")).content.decode()

    assert ("带徒十人" in page, "页面不公开" in page) == (True, True)


def test_a_worker_hides_and_shows_an_entry(worker):
    entry = PassportEntryFactory(person=worker.person)
    client, url = signed_in(worker), reverse("people:entry", args=[entry.uid])

    for intent, shown in (("hide", False), ("show", True)):
        assert client.post(url, {"intent": intent}).status_code == 302
        entry = PassportEntry.objects.get(pk=entry.pk)
        assert entry.visibility.is_public is shown


def test_a_worker_asks_and_takes_back(worker):
    entry = PassportEntryFactory(person=worker.person)
    client, url = signed_in(worker), reverse("people:entry", args=[entry.uid])

    client.post(url, {"intent": "dispute", "kind": "wrong", "text": "年份应为 2019"})
    opened = list(Dispute.objects.values_list("state", flat=True))
    client.post(url, {"intent": "withdraw"})

    assert (opened, list(Dispute.objects.values_list("state", flat=True))) == (["open"], ["closed"])


def test_an_empty_request_is_answered_with_a_sentence(worker):
    entry = PassportEntryFactory(person=worker.person)

    response = signed_in(worker).post(
        reverse("people:entry", args=[entry.uid]), {"intent": "dispute", "kind": "wrong", "text": "错"}
    )

    assert (response.status_code, "请简单写明理由。" in response.content.decode()) == (400, True)
    assert Dispute.objects.count() == 0


def test_somebody_elses_entry_does_not_exist_for_a_worker(worker):
    theirs = PassportEntryFactory()

    assert signed_in(worker).get(reverse("people:entry", args=[theirs.uid])).status_code == 404


def test_consent_is_given_and_withdrawn_with_one_button_each(worker):
    client, url = signed_in(worker), reverse("people:consents")

    client.post(url, {"purpose": "profile", "intent": "give"})
    given = Person.objects.get(pk=worker.person_id).is_public
    client.post(url, {"purpose": "profile", "intent": "withdraw"})

    assert (given, Person.objects.get(pk=worker.person_id).is_public) == (True, False)
    assert client.get(url).status_code == 200


def test_a_worker_sees_who_looked(worker, officer):
    actions.reveal(worker.person, field="phone", reason="通知领奖", by=officer)

    page = signed_in(worker).get(reverse("people:looks")).content.decode()

    assert ("许青禾" in page, "通知领奖" in page) == (True, True)


def test_a_worker_downloads_everything(worker):
    PassportEntryFactory(person=worker.person, title="带徒十人")

    response = signed_in(worker).post(reverse("people:my_export"))

    content = json.loads(response.content)
    assert (content["person"]["name"], [each["title"] for each in content["entries"]]) == (
        "林小满",
        ["带徒十人"],
    )
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["work_people", "work_links", "work_disputes", "work_add"])
def test_the_workbench_does_not_exist_for_a_worker(worker, name):
    assert signed_in(worker).get(reverse(f"people:{name}")).status_code == 404


def test_the_list_shows_people_of_the_own_city(officer, tree):
    PersonFactory(name="赵铁生", org=tree["enterprise"])
    PersonFactory(name="丁一", org=tree["other_city"])

    page = signed_in(officer).get(reverse("people:work_people")).content.decode()

    assert ("赵铁生" in page, "丁一" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(officer, tree, count, django_assert_max_num_queries):
    for _number in range(count):
        PersonFactory(org=tree["enterprise"])
    client = signed_in(officer)
    client.get(reverse("people:work_people"))

    with django_assert_max_num_queries(11):
        client.get(reverse("people:work_people"))


def test_the_list_is_searched_and_narrowed(officer, tree):
    found = actions.add_person(name="赵铁生", unit_text="宏远重工有限公司", org=tree["enterprise"], by=SYSTEM)
    other = actions.add_person(name="周敏", org=tree["county"], by=SYSTEM)
    actions.change_standing(other, move="mark_retired", by=SYSTEM)
    drain()
    client, url = signed_in(officer), reverse("people:work_people")

    def shown(**query: str) -> list[str]:
        return [person.name for person in client.get(url, query).context["page"].people]

    assert (
        shown(q="宏远")
        == shown(q="zhaotiesheng")
        == shown(state="active")
        == shown(org="宏远重工工会")
        == [found.name]
    )
    assert shown(state="retired") == ["周敏"]
    assert shown(q="没有这个人") == []


def test_pages_of_the_list_follow_each_other(officer, tree):
    for _number in range(23):
        PersonFactory(org=tree["enterprise"])
    client, url = signed_in(officer), reverse("people:work_people")

    first = client.get(url).context
    second = client.get(url + first["older_url"]).context

    assert [len(each["page"].people) for each in (first, second)] == [20, 3]
    assert not {p.pk for p in first["page"].people} & {p.pk for p in second["page"].people}


def test_a_former_name_finds_the_record(officer, tree):
    person = PersonFactory(name="林小满", org=tree["enterprise"])
    actions.rename_person(person, name="林大满", by=SYSTEM)

    page = signed_in(officer).get(reverse("people:work_people"), {"q": "林小满"}).context["page"]

    assert page.people == [person]


def test_an_identity_number_finds_the_record(officer, tree):
    person = actions.add_person(
        name="林小满", id_number=invented_number(7), org=tree["enterprise"], by=SYSTEM
    )

    page = signed_in(officer).get(reverse("people:work_people"), {"q": invented_number(7)}).context["page"]

    assert page.people == [person]


def test_a_selection_is_exported_with_a_reason(officer, tree):
    person = PersonFactory(name="赵铁生", unit_text="=1+1", org=tree["enterprise"])
    client, url = signed_in(officer), reverse("people:work_export")

    refused = client.post(url, {"uid": [person.uid], "reason": ""})
    exported = b"".join(client.post(url, {"uid": [person.uid], "reason": "上报推荐名单"})).decode("utf-8-sig")

    assert refused.status_code == 302
    assert ("赵铁生" in exported, "'=1+1" in exported) == (True, True)
    assert [reading.reason for reading in who_looked(person)] == ["上报推荐名单"]


def test_an_officer_opens_a_record(officer, tree):
    response = signed_in(officer).post(
        reverse("people:work_add"),
        {"name": "张　伟", "birth": "1985年3月", "sex": "male", "org": "宏远重工工会", "id_number": ""},
    )

    person = Person.objects.get()
    assert response.headers["Location"] == reverse("people:work_person", args=[person.uid])
    assert (person.name, person.birth_month, person.birth_precision, person.org) == (
        "张伟",
        "1985-03",
        "month",
        tree["enterprise"],
    )


def test_a_refused_form_keeps_what_was_typed(officer, tree):
    response = signed_in(officer).post(
        reverse("people:work_add"),
        {"name": "张伟", "id_number": "123", "org": "宏远重工工会", "phone": "13800001234"},
    )

    page = response.content.decode()
    assert (response.status_code, "身份证号应为 18 位" in page, "13800001234" in page) == (400, True, True)
    assert Person.objects.count() == 0


def test_a_form_never_shows_protected_values_and_keeps_them(officer, tree):
    person = actions.add_person(
        name="林小满", id_number=invented_number(7), phone="13800001234", org=tree["enterprise"], by=SYSTEM
    )
    client, url = signed_in(officer), reverse("people:work_edit", args=[person.uid])

    page = client.get(url).content.decode()
    client.post(url, {"name": "林大满", "org": "宏远重工工会", "education": "60", "sex": "female"})

    person = Person.objects.get()
    assert (invented_number(7) in page, "13800001234" in page) == (False, False)
    assert (person.name, person.education, person.phone, person.id_number) == (
        "林大满",
        "60",
        "13800001234",
        invented_number(7),
    )


def test_parts_of_a_record_are_added_by_forms(officer, tree):
    person = PersonFactory(org=tree["enterprise"])
    client = signed_in(officer)

    def send(name: str, **data: str) -> int:
        return client.post(reverse(f"people:{name}", args=[person.uid]), data).status_code

    sent = [
        send("work_employment", unit_text="新厂", post="焊工", from_on="2010-03-01"),
        send("work_skill", occupation_text="焊工", level="6", how="exam"),
        send("work_entry", kind="people.milestone", title="带徒十人", happened="2019年3月"),
        send("work_standing", move="mark_retired"),
    ]

    assert sent == [302, 302, 302, 302]
    assert (Employment.objects.get().unit_text, SkillLevel.objects.get().level) == ("新厂", 6)
    assert (PassportEntry.objects.get().year, Person.objects.get().state) == (2019, "retired")


def test_a_record_shows_masked_values_only(officer, tree):
    person = actions.add_person(
        name="林小满", id_number=invented_number(7), phone="13812341234", org=tree["enterprise"], by=SYSTEM
    )

    page = signed_in(officer).get(reverse("people:work_person", args=[person.uid])).content.decode()

    assert (invented_number(7) in page, "13812341234" in page, "138****1234" in page) == (False, False, True)


def test_a_value_is_shown_once_for_a_reason(officer, tree):
    person = actions.add_person(name="林小满", phone="13812341234", org=tree["enterprise"], by=SYSTEM)
    client, url = signed_in(officer), reverse("people:work_reveal", args=[person.uid, "phone"])

    silent = client.post(url, {"reason": ""}).content.decode()
    spoken = client.post(url, {"reason": "通知领奖"})

    assert ("13812341234" in silent, "13812341234" in spoken.content.decode()) == (False, True)
    assert "no-store" in spoken.headers["Cache-Control"]
    assert client.get(reverse("people:work_reveal", args=[person.uid, "opath"])).status_code == 404


@pytest.mark.parametrize(
    "name", ["work_person", "work_edit", "work_employment", "work_skill", "work_entry", "work_standing"]
)
def test_a_record_of_another_city_does_not_exist(officer, tree, name):
    theirs = PersonFactory(org=tree["other_city"])

    assert signed_in(officer).get(reverse(f"people:{name}", args=[theirs.uid])).status_code == 404


def _proposal(tree) -> LinkProposal:
    first, second = (
        PersonFactory(name="隋见山", unit_text=unit, org=tree["county"]) for unit in ("甲厂", "乙矿")
    )
    return actions.propose_link(first, second=second, score=70, evidence=WHY, by=SYSTEM)


def test_a_proposal_is_confirmed_and_undone(officer, tree):
    proposal = _proposal(tree)
    client, url = signed_in(officer), reverse("people:work_link", args=[proposal.uid])
    page = client.get(url).content.decode()

    client.post(url, {"decision": "confirm", "note": "查过原件"})
    proposal.refresh_from_db()
    confirmed = proposal.state
    client.post(url, {"decision": "undo"})
    proposal.refresh_from_db()

    assert ("甲厂" in page, "乙矿" in page, "姓名相同：隋见山。" in page) == (True, True, True)
    assert (confirmed, proposal.state) == ("confirmed", "undone")


def test_a_decision_leads_on_to_the_next_proposal(officer, tree):
    first, second = _proposal(tree), _proposal(tree)
    client = signed_in(officer)

    onward = client.post(reverse("people:work_link", args=[first.uid]), {"decision": "refuse"})
    last = client.post(reverse("people:work_link", args=[second.uid]), {"decision": "refuse"})

    assert onward.headers["Location"] == reverse("people:work_link", args=[second.uid])
    assert last.headers["Location"] == reverse("people:work_links")


@pytest.mark.parametrize("state", ["proposed", "confirmed", "refused", "undone"])
def test_the_queue_opens_in_every_state(officer, tree, state):
    _proposal(tree)

    response = signed_in(officer).get(reverse("people:work_links"), {"state": state})

    assert (response.status_code, "甲厂" in response.content.decode()) == (200, state == "proposed")


@pytest.mark.parametrize(("decision", "state"), [("uphold", "upheld"), ("refuse", "refused")])
def test_a_dispute_is_answered_and_closed(officer, tree, decision, state):
    entry = PassportEntryFactory(person=PersonFactory(org=tree["county"]))
    dispute = actions.open_dispute(entry.person, entry=entry, kind="wrong", text="年份不对。", by=SYSTEM)
    client, url = signed_in(officer), reverse("people:work_dispute", args=[dispute.uid])

    empty = client.post(url, {"decision": decision, "answer": ""}).status_code
    client.post(url, {"decision": decision, "answer": "已核对决定原件。"})
    dispute.refresh_from_db()
    answered = dispute.state
    client.post(url, {"decision": "close"})
    dispute.refresh_from_db()

    assert (empty, answered, dispute.state) == (400, state, "closed")
    assert "已核对决定原件。" in client.get(url).content.decode()


def test_the_public_api_answers_with_public_facts(client: Client):
    person = _published(id_number=invented_number(1))
    drain()

    listed = client.get("/api/v1/people", {"q": "林小满"}).json()
    shown = client.get(f"/api/v1/people/{person.uid}").json()

    assert [item["uid"] for item in listed["items"]] == [person.uid]
    assert [fact["title"] for fact in shown["facts"]] == ["某市劳动模范"]
    assert invented_number(1) not in json.dumps(shown)


def test_the_public_api_does_not_know_hidden_people(client: Client):
    hidden = PersonFactory()

    assert client.get(f"/api/v1/people/{hidden.uid}").status_code == 404
