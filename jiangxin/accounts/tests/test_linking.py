"""From an account to a worker record: by invitation, or by a claim that an officer confirms."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from jiangxin.accounts.actions import (
    accept_invitation,
    claim_record,
    confirm_claim,
    invite_person,
    refuse_claim,
    withdraw_claim,
)
from jiangxin.accounts.models import Invitation, Notice, RecordClaim, User
from jiangxin.accounts.queries import open_claims, open_claims_count
from jiangxin.accounts.reactions import tell_officers_of_claim
from jiangxin.accounts.tests.factories import PASSWORD, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.privacy import blind_index
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import PersonFactory, invented_number

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
NUMBER = invented_number(7)


@pytest.fixture
def person(tree: dict[str, Org]) -> Person:
    index = blind_index(NUMBER, kind="id_number")
    return PersonFactory(name="林小满", org=tree["branch"], id_number_index=index)


def test_an_invitation_opens_one_account_on_the_record(tree: dict[str, Org], person: Person) -> None:
    officer = make_officer("grassroots_officer", tree["enterprise"])
    letter = invite_person(person, email="Lin@example.cn", by=officer)

    user = accept_invitation(letter.invitation, username="lin", password=PASSWORD, by=SYSTEM)

    assert (user.person, user.org, user.email) == (person, tree["branch"], "lin@example.cn")
    assert (user.check_password(PASSWORD), user.must_change_password) == (True, False)
    assert letter.secret not in str(Invitation.objects.values().get())
    assert (
        refusal(lambda: accept_invitation(letter.invitation, username="lin2", password=PASSWORD, by=SYSTEM))
        == "letter_spent"
    )
    assert refusal(lambda: invite_person(person, by=officer)) == "has_account"


def test_a_new_letter_makes_the_old_one_void(person: Person) -> None:
    first, second = invite_person(person, by=SYSTEM), invite_person(person, by=SYSTEM)

    code = refusal(lambda: accept_invitation(first.invitation, username="a1", password=PASSWORD, by=SYSTEM))

    assert code == "letter_spent"
    assert accept_invitation(second.invitation, username="a1", password=PASSWORD, by=SYSTEM).person == person


def test_a_letter_grows_old(person: Person) -> None:
    letter = invite_person(person, by=SYSTEM)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=15)):
        code = refusal(
            lambda: accept_invitation(letter.invitation, username="a1", password=PASSWORD, by=SYSTEM)
        )

    assert code == "letter_spent"


def test_a_weak_password_spends_neither_letter_nor_name(person: Person) -> None:
    letter = invite_person(person, by=SYSTEM)

    code = refusal(lambda: accept_invitation(letter.invitation, username="lin", password="123", by=SYSTEM))

    assert (code, User.objects.count()) == ("password_policy", 0)
    assert accept_invitation(letter.invitation, username="lin", password=PASSWORD, by=SYSTEM).person == person


def test_officers_elsewhere_do_not_invite(tree: dict[str, Org], person: Person) -> None:
    stranger = make_officer("city_officer", tree["other_city"])

    assert refusal(lambda: invite_person(person, by=stranger)) == "no_permission"


def test_the_letter_leads_from_mail_to_account(client: Client, tree: dict[str, Org], person: Person) -> None:
    client.force_login(make_officer("grassroots_officer", tree["enterprise"]))
    sent = client.post(f"/work/invite/{person.uid}/", {"email": "lin@example.cn"})
    link = re.search(r"http://localhost:\d+(/account/invitation/\S+)", mail.outbox[0].body)
    worker = Client()

    opened = worker.get(link.group(1)) if link else None
    form = {"username": "lin", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    wrong = worker.post("/account/invitation/", {**form, "password2": "other"})
    done = worker.post("/account/invitation/", form)

    assert (sent.status_code, opened and opened.headers["Location"]) == (200, "/account/invitation/")
    assert ("两次输入的密码不同" in wrong.content.decode(), done.headers["Location"]) == (
        True,
        "/account/login/",
    )
    assert User.objects.get(username="lin").person == person
    assert worker.get("/account/invitation/").status_code == 410


def test_a_wrong_secret_opens_nothing(client: Client, person: Person) -> None:
    invite_person(person, by=SYSTEM)
    client.get("/account/invitation/guessed/")

    assert client.get("/account/invitation/").status_code == 410


def test_a_claim_goes_to_the_records_union(tree: dict[str, Org], person: Person) -> None:
    officer = make_officer("county_officer", tree["county"])
    stranger = make_officer("city_officer", tree["other_city"])
    user = make_user()

    claim = claim_record(user, name="林 小满", id_number=NUMBER.lower(), by=user)
    tell_officers_of_claim(Event.objects.get(name="accounts.claim_made"))

    assert claim is not None
    assert (claim.person, claim.name_matches, claim.state) == (person, True, "proposed")
    assert (open_claims_count(officer), open_claims_count(stranger), open_claims_count(user)) == (1, 0, 0)
    assert [notice.user for notice in Notice.objects.all()] == [officer]


def test_a_confirmed_claim_ties_account_and_record(tree: dict[str, Org], person: Person) -> None:
    officer, user = make_officer("county_officer", tree["county"]), make_user()
    claim = claim_record(user, name="林小蛮", id_number=NUMBER, by=user)
    assert claim is not None

    confirm_claim(claim, by=officer, note="已电话核实")

    user.refresh_from_db()
    assert (user.person, user.org, claim.state, claim.name_matches) == (
        person,
        tree["branch"],
        "confirmed",
        False,
    )
    assert RecordClaim.objects.get().decided_by == officer
    assert refusal(lambda: confirm_claim(claim, by=officer)) == "wrong_state"
    assert refusal(lambda: claim_record(user, name="林小满", id_number=NUMBER, by=user)) == "linked_already"


def test_nothing_matching_makes_no_claim(person: Person) -> None:
    user, holder = make_user(), make_user()
    none = claim_record(user, name="林小满", id_number=invented_number(8), by=user)
    User.objects.filter(pk=holder.pk).update(person=person)

    taken = claim_record(user, name="林小满", id_number=NUMBER, by=user)

    assert (none, taken, RecordClaim.objects.count()) == (None, None, 0)


def test_a_claim_waits_alone_and_can_be_withdrawn(person: Person) -> None:
    user, other = make_user(), make_user()
    claim = claim_record(user, name="林小满", id_number=NUMBER, by=user)
    assert claim is not None

    second = refusal(lambda: claim_record(user, name="林小满", id_number=NUMBER, by=user))
    foreign = refusal(lambda: withdraw_claim(claim, by=other))
    withdraw_claim(claim, by=user)

    assert (second, foreign, claim.state) == ("claim_open", "no_permission", "withdrawn")
    assert claim_record(user, name="林小满", id_number=NUMBER, by=user) is not None


def test_a_refusal_gives_its_reason_and_nobody_decides_the_own_claim(
    tree: dict[str, Org], person: Person
) -> None:
    officer, chief = (
        make_officer("county_officer", tree["county"]),
        make_officer("city_officer", tree["city"]),
    )
    claim = claim_record(officer, name="林小满", id_number=NUMBER, by=officer)
    assert claim is not None

    own = refusal(lambda: confirm_claim(claim, by=officer))
    silent = refusal(lambda: refuse_claim(claim, note=" ", by=chief))
    refuse_claim(claim, note="经核实不是本人", by=chief)

    assert (own, silent, claim.state) == ("no_permission", "no_reason", "refused")
    assert list(open_claims(officer)) == []


def test_one_record_has_one_account(person: Person) -> None:
    make_user(person=person)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(person=person)


def test_two_claims_on_one_record_link_only_the_first(tree: dict[str, Org], person: Person) -> None:
    officer, users = make_officer("county_officer", tree["county"]), [make_user(), make_user()]
    claims = [claim_record(user, name="林小满", id_number=NUMBER, by=user) for user in users]
    assert claims[0] is not None
    assert claims[1] is not None

    confirm_claim(claims[0], by=officer)

    assert refusal(lambda: confirm_claim(claims[1], by=officer)) == "linked_already"
    assert RecordClaim.objects.get(pk=claims[1].pk).state == "proposed"


def test_an_account_linked_meanwhile_is_not_linked_again(person: Person) -> None:
    user, other = make_user(), PersonFactory(name="林小满")
    claim = claim_record(user, name="林小满", id_number=NUMBER, by=user)

    User.objects.filter(pk=user.pk).update(person=other)

    code = refusal(lambda: confirm_claim(claim, by=SYSTEM))

    assert (code, User.objects.get(pk=user.pk).person) == ("linked_already", other)
    assert RecordClaim.objects.get().state == "proposed"


def test_the_claim_page_answers_the_same_either_way(client: Client, person: Person) -> None:
    answers = []
    for number in (NUMBER, invented_number(9)):
        client.force_login(make_user())
        done = client.post("/account/claim/", {"name": "林小满", "id_number": number}, follow=True)
        answers.append([str(message) for message in done.context["messages"]])

    assert answers[0] == answers[1]
    assert RecordClaim.objects.count() == 1


def test_guessing_numbers_is_stopped(client: Client, person: Person) -> None:
    client.force_login(make_user())
    form = {"name": "林小满", "id_number": "1"}

    pages = [client.post("/account/claim/", form).status_code for _try in range(6)]

    assert pages == [302, 302, 302, 302, 302, 200]


def test_an_officer_decides_on_the_page(client: Client, tree: dict[str, Org], person: Person) -> None:
    officer, user = make_officer("county_officer", tree["county"]), make_user()
    claim = claim_record(user, name="林小满", id_number=NUMBER, by=user)
    assert claim is not None
    client.force_login(officer)
    page = f"/work/claims/{claim.uid}/"

    shown = client.get("/work/claims/").content.decode(), client.get(page).content.decode()
    silent = client.post(page, {"refuse": "1", "note": ""})
    done = client.post(page, {"confirm": "1", "note": ""})

    assert ("林小满" in shown[0], "林小满" in shown[1]) == (True, True)
    assert "请写明不予确认的原因" in silent.content.decode()
    assert (done.status_code, User.objects.get(pk=user.pk).person) == (302, person)
    assert client.get(page).status_code == 404


def test_claims_of_another_union_do_not_exist(client: Client, tree: dict[str, Org], person: Person) -> None:
    user = make_user()
    claim = claim_record(user, name="林小满", id_number=NUMBER, by=user)
    assert claim is not None
    client.force_login(make_officer("city_officer", tree["other_city"]))

    assert client.get(f"/work/claims/{claim.uid}/").status_code == 404
    assert client.get(f"/work/invite/{person.uid}/").status_code == 404


def test_a_user_withdraws_on_the_page(client: Client, person: Person) -> None:
    user = make_user()
    claim = claim_record(user, name="林小满", id_number=NUMBER, by=user)
    assert claim is not None
    client.force_login(user)

    assert f"/account/claim/{claim.uid}/withdraw/" in client.get("/account/").content.decode()
    assert client.post(f"/account/claim/{claim.uid}/withdraw/").status_code == 302
    assert RecordClaim.objects.get().state == "withdrawn"
