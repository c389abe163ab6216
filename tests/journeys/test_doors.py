"""Doors: every address × everybody of the cast, with real things of one city behind them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from jiangxin.kernel.events import Event
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.people.models import Person
from tests.cast import CITY_OFFICER, OUTSIDER, persona, signed_in
from tests.house.doors import doors
from tests.journeys.entrants import PERSONAS, STRANGER, who_enters
from tests.journeys.scene import COLLEAGUE, ID_NUMBER, Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
OF_OTHERS = ("api-v1:", "account_", "mfa_", "usersessions_")  # signing in, and the API: tried below
BROKEN = {400: "in", 409: "409", 403: "403", 500: "500"}
PAGES_OF_SIGNING_IN = {200, 302, 404, 405}
PROVING_AGAIN = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
ENDED_ALREADY = "accounts:end_session"  # one sentence, whether a sign-in is somebody else's or has ended


def _browser(letter: str) -> Client:
    """Somebody's browser."""
    if letter == STRANGER:
        return Client(raise_request_exception=False)
    client = signed_in(PERSONAS[letter])
    client.raise_request_exception = False
    return client


def _knock(client: Client, method: str, address: str) -> str:
    """How somebody fares: in, sent to sign in, told that nothing is there, wrong method; whatever it did is undone."""
    cookies = client.cookies.output()
    kept = {key: morsel.value for key, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    if answer.streaming:
        answer.getvalue()  # to its end, as a browser does: the client then closes it without closing the database
    if client.cookies.output() != cookies:
        client.cookies.load(kept)
    if answer.status_code == 302 and answer["Location"].startswith("/account/login/"):
        return "sign in"
    return {404: "nothing", 405: "no such method"}.get(
        answer.status_code, BROKEN.get(answer.status_code, "in")
    )


def _fares(client: Client, address: str) -> list[str]:
    """How somebody fares looking and sending an empty form, without the method a page does not know."""
    outcomes = [_knock(client, method, address) for method in ("get", "post")]
    return [each for each in outcomes if each != "no such method"]


def test_the_table_names_every_address_of_the_house_once() -> None:
    named = [name for name, _ in doors() if not name.startswith(OF_OTHERS)]

    assert sorted(who_enters()) == sorted(set(named))


@pytest.mark.parametrize("letter", [STRANGER, *PERSONAS])
def test_everybody_enters_where_the_rules_say_and_nowhere_else(scene: Scene, letter: str) -> None:
    client, wrong = _browser(letter), {}
    for name, wanted in doors():
        if name.startswith(OF_OTHERS):
            continue
        forget_limits()
        fares = _fares(client, scene.address(name, wanted))
        if letter in who_enters()[name]:
            is_right = fares[0] == "in" and not {"403", "500"} & set(fares)
        else:
            refusal = "sign in" if letter == STRANGER else "409" if name == ENDED_ALREADY else "nothing"
            is_right = set(fares) == {refusal}
        if not is_right:
            wrong[name] = fares

    assert wrong == {}


@pytest.mark.parametrize("letter", [STRANGER, "W", "X"])
def test_pages_of_signing_in_answer_everybody_calmly(scene: Scene, letter: str) -> None:
    wrong = {}
    for name, wanted in doors():
        if not name.startswith(OF_OTHERS[1:]) or name in PROVING_AGAIN:  # the cast has no password to type
            continue
        address = reverse(name, kwargs=dict.fromkeys(wanted, 1 if "pk" in wanted else "none"))
        for method in ("get", "post"):
            with transaction.atomic():
                status = getattr(_browser(letter), method)(address).status_code
                transaction.set_rollback(True)
            if status not in PAGES_OF_SIGNING_IN:
                wrong[name] = status

    assert wrong == {}


LISTS = (
    "people:work_people",
    "people:work_links",
    "people:work_disputes",
    "honours:work_honours",
    "honours:work_proposals",
    "honours:work_rechecks",
    "accounts:grants",
    "accounts:users",
    "accounts:claims",
    "accounts:lockouts",
    "sheets:imports",
    "insights:work",
)


def _traces(scene: Scene) -> list[str]:
    """What gives the cast's records away: addresses and, of those who are not public, the name."""
    return [
        scene.welder.uid,
        scene.colleague.uid,
        scene.conferral.uid,
        scene.proposal.uid,
        scene.dispute.uid,
        COLLEAGUE,
        *(PERSONAS[letter] for letter in "TCROE"),
        *(scene.arguments[name]["uid"] for name in ("sheets", "accounts:end_grant", "accounts:decide_claim")),
    ]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "林小满", COLLEAGUE, ID_NUMBER, "linxiaoman"])
def test_no_list_of_another_city_shows_or_counts_the_casts_records(
    scene: Scene, name: str, query: str
) -> None:
    page = _browser("X").get(reverse(name), {"q": query} if query else {}).content.decode()

    shown = page.replace(f'value="{query}"', "") if query else page
    assert [trace for trace in _traces(scene) if trace in shown.replace(query or "\0", "")] == []


def test_the_officer_of_the_city_finds_what_the_other_does_not(scene: Scene) -> None:
    found = {}
    for letter in "OX":
        page = _browser(letter).get(reverse("people:work_people"), {"q": ID_NUMBER}).content.decode()
        found[letter] = scene.welder.uid in page

    assert found == {"O": True, "X": False}


def test_an_export_holds_nobody_of_another_city(scene: Scene) -> None:
    sent = {"uid": [scene.welder.uid, scene.colleague.uid], "reason": "核对名单"}

    answers = {letter: _browser(letter).post(reverse("people:work_export"), sent) for letter in "OX"}

    bodies = {letter: answer.getvalue().decode("utf-8-sig") for letter, answer in answers.items()}
    assert {letter: COLLEAGUE in body for letter, body in bodies.items()} == {"O": True, "X": False}


def _foreign_things(scene: Scene) -> dict[str, tuple[str, dict[str, Any]]]:
    """Forms of the outsider's own, with a thing of the cast's city written into a field."""
    own = persona(OUTSIDER).org
    assert own is not None
    chair = persona(PERSONAS["C"])
    return {
        "a record opened in their union": (
            reverse("people:work_add"),
            {"name": "顾见山", "org": scene.union.name, "unit_text": "宏远重工"},
        ),
        "an honour for their worker": (
            reverse("honours:work_confer"),
            {"person": scene.welder.uid, "honour": scene.conferral.honour_id, "year": "2020"},
        ),
        "a role in their union": (
            reverse("accounts:give_grant"),
            {"user": chair.username, "role": "grassroots_officer", "org": scene.union.name},
        ),
        "an own union moved below theirs": (
            reverse("orgs:move", args=[own.uid]) + f"?to={scene.union.uid}",
            {"seen": own.stamp},
        ),
        "an own union merged into theirs": (
            reverse("orgs:merge", args=[own.uid]) + f"?to={scene.union.uid}",
            {"seen": own.stamp},
        ),
    }


def test_things_of_another_city_cannot_be_named_in_a_form(scene: Scene) -> None:
    client, before = _browser("X"), _deeds()

    statuses = {what: client.post(*sent).status_code for what, sent in _foreign_things(scene).items()}

    assert {what for what, status in statuses.items() if status not in {200, 400, 404, 422}} == set()
    assert _deeds() == before
    assert not Person.objects.filter(name="顾见山", org=scene.union).exists()


def _deeds() -> int:
    """How many verbs the outsider has carried out."""
    return Event.objects.filter(kind="action", actor=persona(OUTSIDER).actor_id, outcome="done").count()


@pytest.mark.parametrize("letter", ["O", "X"])
def test_a_token_of_an_officer_opens_public_facts_only(scene: Scene, letter: str) -> None:
    owner = persona(PERSONAS[letter])
    _made, secret = make_token(owner, label="程序", scopes=["register:read"], by=owner)
    headers = {"Authorization": f"Bearer {secret}"}
    hidden = scene.colleague

    one = Client().get(f"/api/v1/people/{hidden.uid}", headers=headers)
    listed = Client().get("/api/v1/people", {"q": hidden.name}, headers=headers)

    assert (one.status_code, hidden.uid in listed.content.decode()) == (404, False)
    assert CITY_OFFICER not in listed.content.decode()
