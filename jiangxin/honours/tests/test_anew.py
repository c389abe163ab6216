"""A holder has a credential issued anew: with a hash of the identity number or without, and with the name."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jiangxin.accounts.models import User
from jiangxin.honours.actions import issue_anew, issue_credential, suspend_conferral
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.issuing import Told, told_in
from jiangxin.honours.queries.proving import bundle_file, verify_text
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM
from jiangxin.kernel.access import Refused
from jiangxin.people.tests.factories import invented_number

pytestmark = pytest.mark.django_db
ADDRESS = "/me/credentials/"


@pytest.fixture
def numbered(conferral: Conferral) -> Conferral:
    """Its holder's identity number is known."""
    conferral.person.id_number, conferral.person.id_number_index = invented_number(5), "a" * 64
    conferral.person.save()
    return conferral


@pytest.fixture
def old(numbered: Conferral) -> Credential:
    return issue_credential(numbered, by=SYSTEM)


@pytest.fixture
def own(worker: User, old: Credential, sign_in: SignIn) -> Client:
    return sign_in(worker)


def latest() -> Credential:
    return Credential.objects.order_by("-pk")[0]


def test_the_old_one_ends_and_leads_to_the_one_with_the_hash(own: Client, old: Credential) -> None:
    answer = own.post(ADDRESS, {"conferral": old.conferral.uid, "identity": "1"}, follow=True)

    verdict = verify_text(old.document.encode())
    assert "新凭证已签发，旧的不再有效。" in answer.content.decode()
    assert told_in(latest()) == Told(name=True, identity=True)
    assert (verdict.code, verdict.replaced_by.rpartition("/verify/")[2]) == ("replaced", f"{latest().uid}/")
    assert verify_text(latest().document.encode()).code == "valid"
    assert len(bundle_file()["successors"]) == 1


def test_the_hash_may_go_again(own: Client, old: Credential) -> None:
    own.post(ADDRESS, {"conferral": old.conferral.uid, "identity": "1"})
    offered = own.get(ADDRESS).content.decode()
    own.post(ADDRESS, {"conferral": old.conferral.uid})

    assert ("旧文件收不回" in offered, 'name="identity" value="1" checked' in offered) == (True, True)
    assert (told_in(latest()), Credential.objects.count()) == (Told(name=True, identity=False), 3)


def test_what_says_so_already_stays(own: Client, old: Credential) -> None:
    answer = own.post(ADDRESS, {"conferral": old.conferral.uid}, follow=True)

    assert "没有要改的内容" in answer.content.decode()
    assert Credential.objects.get() == old


def test_a_name_that_was_left_out_comes_in(worker: User, conferral: Conferral, sign_in: SignIn) -> None:
    conferral.person.is_public = False
    conferral.person.save()
    issue_credential(conferral, by=SYSTEM)
    own = sign_in(worker)
    offered = own.get(ADDRESS).content.decode()
    own.post(ADDRESS, {"conferral": conferral.uid})

    assert ("没有写您的姓名" in offered, 'name="identity"' in offered) == (True, False)
    assert told_in(latest()) == Told(name=True, identity=False)


def test_without_a_number_there_is_nothing_to_change(
    worker: User, credential: Credential, sign_in: SignIn
) -> None:
    own = sign_in(worker)
    page = own.get(ADDRESS).content.decode()
    own.post(ADDRESS, {"conferral": credential.conferral.uid, "identity": "1"})

    assert ("换发凭证" in page, Credential.objects.get()) == (False, credential)


def test_only_the_holder_decides_what_stands_in_it(old: Credential, officer: User) -> None:
    with pytest.raises(Refused) as refused:
        issue_anew(old, with_identity=True, by=officer)

    assert (refused.value.code, Credential.objects.get()) == ("not_own", old)


def test_an_honour_that_is_suspended_has_no_new_credential(own: Client, old: Credential) -> None:
    suspend_conferral(old.conferral, reason="调查期间暂停使用，等待核实。", by=SYSTEM)
    answer = own.post(ADDRESS, {"conferral": old.conferral.uid, "identity": "1"}, follow=True)

    assert "目前不在有效状态" in answer.content.decode()
    assert (Credential.objects.get().pk, "换发凭证" in answer.content.decode()) == (old.pk, False)


def test_nobody_fills_the_status_lists(own: Client, worker: User, old: Credential) -> None:
    for number in range(4):
        own.post(ADDRESS, {"conferral": old.conferral.uid} | ({} if number % 2 else {"identity": "1"}))
    on_the_day = Credential.objects.count()
    Credential.objects.exclude(ended_at=None).update(ended_at=timezone.now() - timedelta(days=1, minutes=1))
    issue_anew(latest(), with_identity=False, by=worker)

    assert (on_the_day, Credential.objects.count()) == (4, 5)


def test_asked_with_an_old_page_the_one_in_force_counts(worker: User, old: Credential) -> None:
    made = issue_anew(old, with_identity=True, by=worker)

    assert issue_anew(Credential.objects.get(pk=old.pk), with_identity=True, by=worker) == made
