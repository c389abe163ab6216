"""Privacy across the house: masked until revealed with a reason, sealed to the row, copied whole, hidden when refused."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jiangxin.honours.actions import (
    confer_honour,
    correct_conferral,
    doubt_recheck,
    record_return,
    revoke_conferral,
)
from jiangxin.honours.models import Conferral, Honour, Recheck
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.privacy import export_subject
from jiangxin.kernel.privacy.keys import key_store
from jiangxin.kernel.privacy.purposes import personal_fields
from jiangxin.kernel.privacy.rotation import re_encrypt_all
from jiangxin.people.actions import (
    add_skill,
    ask_right,
    give_consent,
    refuse_dispute,
    refuse_right,
    withdraw_consent,
)
from jiangxin.people.models import Person
from tests.cast import CHAIR, CITY_OFFICER, DECIDER, OUTSIDER, WELDER, persona, signed_in
from tests.house.doors import doors
from tests.journeys.entrants import PERSONAS, STRANGER, who_enters
from tests.journeys.scene import COLLEAGUE, COLLEAGUE_NUMBER, EMAIL, ID_NUMBER, PHONE, SYSTEM, Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
BIRTH_DAYS = (
    "1991-05-21",
    "1991年5月21日",
    "1991/5/21",
    "1991.5.21",
    "21 May 1991",
    "May 21, 1991",
    "19910521",
)
PROTECTED = (ID_NUMBER, COLLEAGUE_NUMBER, PHONE, EMAIL, *BIRTH_DAYS)
OWN = {"people:passport", "people:entry", "honours:my_passport", "honours:my_document"}


def _told(client: Client, address: str) -> str:
    """Everything an answer says, with its headers and its own address."""
    answer = client.get(address, follow=True)
    return address + str(answer.headers) + answer.getvalue().decode("utf-8", "replace")


@pytest.mark.parametrize("letter", [STRANGER, *PERSONAS])
def test_no_page_shows_a_protected_value_that_nobody_asked_for(scene: Scene, letter: str) -> None:
    client, seen = (Client() if letter == STRANGER else signed_in(PERSONAS[letter])), {}
    for name, wanted in doors():
        if letter not in who_enters().get(name, "") or (letter == "W" and name in OWN):
            continue
        forget_limits()
        told = _told(client, scene.address(name, wanted))
        if found := [value for value in PROTECTED if value in told]:
            seen[name] = found

    assert seen == {}


@pytest.mark.parametrize("letter", ["C", "R", "O", "N"])
def test_the_record_is_masked_in_english_too(scene: Scene, letter: str) -> None:
    client = signed_in(PERSONAS[letter])
    client.cookies["django_language"] = "en"

    told = _told(client, reverse("people:work_person", args=[scene.welder.uid]))

    assert [value for value in PROTECTED if value in told] == []
    assert ID_NUMBER[-4:] in told


@pytest.mark.parametrize(
    ("field", "value"), [("id_number", ID_NUMBER), ("phone", PHONE), ("birth_on", "1991年5月21日")]
)
@pytest.mark.parametrize("username", [CHAIR, CITY_OFFICER, DECIDER])
def test_a_value_is_revealed_for_a_reason_which_the_worker_reads(
    scene: Scene, username: str, field: str, value: str
) -> None:
    address = reverse("people:work_reveal", args=[scene.welder.uid, field])
    officer = signed_in(username)

    without = officer.post(address, {"reason": " "}).content.decode()
    shown = officer.post(address, {"reason": f"核对{field}报名材料"}).content.decode()

    looks = signed_in(WELDER).get(reverse("people:looks")).content.decode()
    assert (value in without, value in shown) == (False, True)
    assert (f"核对{field}报名材料" in looks, persona(username).display_name in looks) == (True, True)
    assert value not in officer.get(reverse("people:work_person", args=[scene.welder.uid])).content.decode()


def test_nobody_of_another_city_reveals_anything(scene: Scene) -> None:
    address = reverse("people:work_reveal", args=[scene.welder.uid, "phone"])

    answer = signed_in(OUTSIDER).post(address, {"reason": "核对报名材料"})

    assert (answer.status_code, PHONE in answer.content.decode()) == (404, False)
    looks = signed_in(WELDER).get(reverse("people:looks")).content.decode()
    assert persona(OUTSIDER).display_name not in looks


def _swap_numbers(first: Person, second: Person) -> None:
    """Somebody with the database in hand gives each of two workers the other's sealed number."""
    sealed = dict(Person.objects.filter(pk__in=[first.pk, second.pk]).values_list("pk", "id_number"))
    with connection.cursor() as cursor:
        for mine, theirs in ((first, second), (second, first)):
            cursor.execute(
                "UPDATE people_person SET id_number = %s WHERE id = %s", [str(sealed[theirs.pk]), mine.pk]
            )


def test_a_number_moved_to_another_row_is_never_shown(scene: Scene) -> None:
    _swap_numbers(scene.welder, scene.colleague)
    officer, uid = signed_in(CITY_OFFICER), scene.welder.uid

    page = officer.get(reverse("people:work_person", args=[uid]))
    revealed = officer.post(reverse("people:work_reveal", args=[uid, "id_number"]), {"reason": "核对报名"})

    assert (page.status_code, revealed.status_code) == (200, 200)
    told = page.content.decode() + revealed.content.decode()
    assert [number for number in (ID_NUMBER, COLLEAGUE_NUMBER) if number in told] == []
    assert "无法解开" in revealed.content.decode()


@pytest.fixture
def own_ring() -> Iterator[None]:
    """The ring of keys comes back as it was, whatever a story does to it."""
    path = key_store.path()
    kept = path.read_bytes()
    yield
    path.write_bytes(kept)
    key_store.forget()


def test_reading_and_finding_go_on_while_keys_are_changed(scene: Scene, own_ring: None) -> None:
    officer, address = signed_in(CITY_OFFICER), reverse("people:work_people")

    def finds() -> tuple[bool, str]:
        page = officer.get(address, {"q": ID_NUMBER}).content.decode()
        return scene.welder.uid in page, Person.objects.get(pk=scene.welder.pk).id_number

    before = finds()
    key_store.rotate()
    between, moved = finds(), re_encrypt_all(batch=1)

    assert (before, between, finds()) == ((True, ID_NUMBER),) * 3
    assert moved >= 3


# What an export leaves out: keys under which things are found, digests of secrets, and notices about nobody's record.
NOT_COPIED = {
    "people.Person.id_number_index",
    "accounts.User.password",
    "accounts.PasswordHistory.password",
    "accounts.Notice.said",  # title and body once more, ready to be said in another language
    "accounts.Invitation.secret_digest",
    "http.ApiToken.digest",
    *(f"honours.Nominee.{each}" for each in ("name", "sex", "ethnic", "unit_text", "post_text", "region")),
}
ASKED, DECIDED, RETURNED = "暂不希望被推荐", "没有需要限制的情形", "奖章由本人送回"
MISPRINT = "印出的文号与决定原件不符，予以更正"
FINDING, REASON = "社保缴纳有一个月中断", "主要事迹与事实不符，予以撤销"
ANSWER, CERTIFICATE = "已核对原件", "Y900112"


def _fill_everything(scene: Scene) -> None:
    """Give the welder something in every field that is registered as personal."""
    officer = persona(CITY_OFFICER)
    higher = Conferral.objects.get(person=scene.welder, honour__level="province")
    add_skill(
        scene.welder, occupation_text="焊工", level=6, how="exam", certificate_no=CERTIFICATE, by=officer
    )
    refuse_dispute(scene.dispute, answer=ANSWER, by=officer)
    doubt_recheck(Recheck.objects.get(conferral=scene.conferral), note=FINDING, by=officer)
    correct_conferral(higher, decision_no="演示〔2020〕8号", reason=MISPRINT, by=persona(DECIDER))
    revoke_conferral(higher, grounds="false_deeds", reason=REASON, by=persona(DECIDER))
    record_return(higher.revocation, note=RETURNED, by=persona(DECIDER))
    asked = ask_right(scene.welder, kind="erase", text=ASKED, by=persona(WELDER))
    refuse_right(asked, answer=DECIDED, by=officer)
    welder = persona(WELDER)
    welder.email, welder.last_login = "welder@account.example", timezone.now()
    welder.save()


def _expected(scene: Scene) -> dict[str, str]:
    """For each personal field, what of it must be in the copy."""
    welder = persona(WELDER)
    return {
        "people.Person.id_number": ID_NUMBER,
        "people.Person.phone": PHONE,
        "people.Person.email": EMAIL,
        "people.Person.birth_on": "1991-05-21",
        "people.Person.ethnic": '"ethnic": "15"',
        "people.Person.political_status": '"political_status": "01"',
        "people.SkillLevel.certificate_no": CERTIFICATE,
        "people.Dispute.kind": '"kind": "wrong"',
        "people.Dispute.text": scene.dispute.text,
        "people.Dispute.state": '"state": "refused"',
        "people.Dispute.is_upheld": '"is_upheld": false',
        "people.Dispute.answer": ANSWER,
        "people.RightsRequest.kind": '"kind": "erase"',
        "people.RightsRequest.text": ASKED,
        "people.RightsRequest.state": '"state": "refused"',
        "people.RightsRequest.answer": DECIDED,
        "accounts.User.email": "welder@account.example",
        "accounts.User.last_login": welder.last_login.isoformat() if welder.last_login else "?",
        "accounts.Invitation.email": '"invitations"',
        "accounts.Notice.title": "给您的一封信",
        "accounts.Notice.body": '"body"',
        "honours.Credential.document": json.dumps(scene.credential.document, ensure_ascii=False),
        "honours.Revocation.reason": REASON,
        "honours.Revocation.medal_returned_on": '"medal_returned_on"',
        "honours.Revocation.bonus_returned_fen": '"bonus_returned_fen"',
        "honours.Revocation.return_note": RETURNED,
        "honours.Revocation.revoked_by": persona(DECIDER).display_name,
        "honours.Recheck.finding": FINDING,
        "honours.Correction.reason": MISPRINT,
    }


def test_a_copy_holds_every_personal_field_that_is_registered(scene: Scene) -> None:
    _fill_everything(scene)
    expected = _expected(scene)

    copy = json.dumps(export_subject(scene.welder.uid), ensure_ascii=False)

    assert personal_fields() - NOT_COPIED == set(expected)
    assert [field for field, value in expected.items() if value not in copy] == []


def test_a_copy_holds_nothing_of_others(scene: Scene) -> None:
    copy = json.dumps(export_subject(scene.welder.uid), ensure_ascii=False)

    others = Person.objects.exclude(pk=scene.welder.pk)
    traces = [*others.values_list("uid", flat=True), COLLEAGUE_NUMBER, COLLEAGUE]
    traces += Conferral.objects.exclude(person=scene.welder).values_list("uid", flat=True)
    assert [trace for trace in traces if trace in copy] == []


def _hidden_worker() -> tuple[Person, Conferral]:
    """A worker of the city with an honour from a form, who agrees to no publication."""
    worker = Person.objects.get(name=COLLEAGUE)
    honour = Honour.objects.get(code="demo-5")
    return worker, confer_honour(worker, honour=honour, year=2023, by=persona(CITY_OFFICER))


def test_refusing_publication_hides_the_person_and_does_not_stop_the_award(
    scene: Scene, client: Client
) -> None:
    worker, conferral = _hidden_worker()
    drain()

    public = {
        "page": client.get(reverse("people:person", args=[worker.uid])),
        "register": client.get(reverse("insights:register"), {"q": worker.name}),
        "export": client.get(reverse("insights:register_export"), {"q": worker.name}),
        "honour": client.get(reverse("honours:honour", args=[conferral.honour.code])),
        "api": client.get("/api/v1/people", {"q": worker.name}),
        "holders": client.get(f"/api/v1/honours/{conferral.honour.code}/holders"),
    }

    told = {where: answer.getvalue().decode() for where, answer in public.items()}
    asked = reverse(
        "people:person", args=[worker.uid]
    )  # what the visitor typed comes back as the way to other languages
    told["page"] = told["page"].replace(asked, "")
    assert public["page"].status_code == 404
    assert [where for where, text in told.items() if worker.uid in text] == []
    assert [where for where, text in told.items() if conferral.uid in text] == []
    kept = signed_in(CITY_OFFICER).get(reverse("honours:work_conferral", args=[conferral.uid]))
    assert (kept.status_code, worker.name in kept.content.decode()) == (200, True)


def test_withdrawing_consent_hides_what_rested_on_it_at_once(scene: Scene, client: Client) -> None:
    worker, conferral = _hidden_worker()
    address = reverse("people:person", args=[worker.uid])
    statuses = []

    for change in (give_consent, withdraw_consent):
        change(Person.objects.get(pk=worker.pk), purpose="profile", by=SYSTEM)
        statuses.append(client.get(address).status_code)

    conferral.refresh_from_db()
    assert (statuses, conferral.state) == ([200, 404], "conferred")
