"""Issuers and their keys: who sees them, turning one, withdrawing one and replacing what it signed."""

import pytest
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import (
    issue_credential,
    replace_credential,
    revoke_conferral,
    suspend_conferral,
    withdraw_key,
)
from jiangxin.honours.credentials.keystore import load_key
from jiangxin.honours.models import Conferral, Credential, Issuer, IssuerKey
from jiangxin.honours.queries.issuers import key_folder
from jiangxin.honours.queries.proving import verify_text
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs import Progress, drain
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "私钥文件疑似外泄，立即停用。"


@pytest.fixture
def admin(tree: dict[str, Org]) -> User:
    return accounts.make_officer("system_admin", tree["province"].parent or tree["province"])


@pytest.fixture
def issuer(credential: Credential) -> Issuer:
    return credential.key.issuer


def code(credential: Credential) -> str:
    return verify_text(credential.document.encode()).code


def test_who_sees_issuers(
    issuer: Issuer, admin: User, officer: User, worker: User, tree: dict[str, Org], sign_in: SignIn
) -> None:
    elsewhere = accounts.make_officer("city_officer", tree["other_city"])
    county = accounts.make_officer("county_officer", tree["county"])
    urls = [reverse("honours:work_issuers"), reverse("honours:work_issuer", args=[issuer.uid])]

    seen = [
        [sign_in(each).get(url).status_code for url in urls]
        for each in (admin, officer, elsewhere, county, worker)
    ]

    assert seen == [[200, 200], [200, 200], [200, 404], [404, 404], [404, 404]]


def test_only_administrators_turn_and_withdraw_keys(issuer: Issuer, officer: User, sign_in: SignIn) -> None:
    key = issuer.keys.get()
    client = sign_in(officer)

    answers = [
        client.post(reverse("honours:work_rotate", args=[issuer.uid])),
        client.post(reverse("honours:work_withdraw", args=[issuer.uid, key.pk]), {"reason": REASON}),
        client.post(reverse("honours:work_replace", args=[issuer.uid, key.pk])),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert "更换密钥" not in client.get(reverse("honours:work_issuer", args=[issuer.uid])).content.decode()
    assert issuer.keys.get().state == "active"


def test_a_rotation_keeps_old_credentials_signs_new_ones_and_the_lists_anew(
    issuer: Issuer, credential: Credential, admin: User, sign_in: SignIn, conferral: Conferral
) -> None:
    before = list(issuer.status_lists.order_by("pk").values_list("document", flat=True))

    sign_in(admin).post(reverse("honours:work_rotate", args=[issuer.uid]))
    made = issue_credential(
        make_conferral(PersonFactory(org=conferral.person.org), conferral.honour), by=SYSTEM
    )

    after = list(issuer.status_lists.order_by("pk").values_list("document", flat=True))
    assert [code(credential), code(made)] == ["valid", "valid"]
    assert made.key != credential.key
    assert [made.key.public_multibase in text for text in after] == [True, True]
    assert [made.key.public_multibase in text for text in before] == [False, False]
    assert Event.objects.filter(kind="action", name="honours.rotate_key", actor=admin.actor_id).count() == 1


def test_withdrawing_needs_a_reason_and_happens_once(
    issuer: Issuer, credential: Credential, admin: User, sign_in: SignIn
) -> None:
    client, url = sign_in(admin), reverse("honours:work_withdraw", args=[issuer.uid, credential.key.pk])

    short = client.post(url, {"reason": "外泄"}).status_code
    client.post(url, {"reason": REASON})
    again = client.post(url, {"reason": REASON}).status_code

    assert (short, again, code(credential)) == (400, 404, "key_revoked")
    assert sorted(issuer.keys.values_list("state", flat=True)) == ["active", "compromised"]
    with pytest.raises(Refused):
        withdraw_key(IssuerKey.objects.get(state="compromised"), reason=REASON, by=SYSTEM)


def test_everything_a_withdrawn_key_signed_is_replaced_with_progress(
    issuer: Issuer, credential: Credential, conferral: Conferral, admin: User, sign_in: SignIn
) -> None:
    old = credential.key
    other = make_conferral(PersonFactory(org=conferral.person.org), conferral.honour, 2019)
    revoked = make_conferral(PersonFactory(org=conferral.person.org), conferral.honour, 2018)
    for each in (other, revoked):
        issue_credential(each, by=SYSTEM)
    revoke_conferral(revoked, grounds="criminal", reason=REASON, by=SYSTEM)
    withdraw_key(old, reason=REASON, by=SYSTEM)
    client, url = sign_in(admin), reverse("honours:work_replace", args=[issuer.uid, old.pk])

    answer = client.post(url)
    drain()

    task = Progress.objects.get()
    assert answer.headers["Location"] == reverse("honours:work_task", args=[task.uid])
    assert (task.state, task.total, task.done, task.message) == ("done", 2, 2, "已换发 2 份。")
    assert [code(each.credentials.get(state="valid")) for each in (conferral, other)] == ["valid", "valid"]
    assert revoked.credentials.get().state == "revoked"
    assert "已换发 2 份。" in client.get(answer.headers["Location"]).content.decode()
    assert client.post(url).headers["Location"] == reverse("honours:work_issuer", args=[issuer.uid])


def test_replacing_a_key_in_use_is_refused(issuer: Issuer, admin: User, sign_in: SignIn) -> None:
    url = reverse("honours:work_replace", args=[issuer.uid, issuer.keys.get().pk])

    assert (sign_in(admin).post(url).status_code, Progress.objects.count()) == (404, 0)


def test_what_was_suspended_stays_suspended_and_a_name_stays_in_it(tree: dict[str, Org]) -> None:
    person = PersonFactory(name="何砚秋", org=tree["enterprise"], is_public=False)
    holder = accounts.make_user("he", person=person)
    from_list = make_conferral(person, make_honour())
    old = issue_credential(from_list, by=holder)
    suspend_conferral(from_list, reason=REASON, by=SYSTEM)
    old.refresh_from_db()

    made = replace_credential(old, by=SYSTEM)

    assert (made.state, code(made), code(old)) == ("suspended", "suspended", "replaced")
    assert "何砚秋" in made.document


def test_an_officer_opens_the_issuer_of_the_own_office_and_no_other(
    officer: User, tree: dict[str, Org], sign_in: SignIn
) -> None:
    client, url = sign_in(officer), reverse("honours:work_issuers")

    strange = client.post(url, {"org": tree["other_city"].uid}).status_code
    client.post(url, {"org": tree["city"].uid})

    assert (strange, Issuer.objects.get().org) == (404, tree["city"])
    assert 'name="org"' not in client.get(url).content.decode()


def test_a_missing_key_file_is_seen_on_the_page(issuer: Issuer, admin: User, sign_in: SignIn) -> None:
    for file in key_folder(issuer).iterdir():
        file.unlink()
    load_key.cache_clear()

    page = sign_in(admin).get(reverse("honours:work_issuer", args=[issuer.uid])).content.decode()

    assert "私钥文件不在本机" in page
