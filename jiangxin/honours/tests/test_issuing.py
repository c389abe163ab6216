"""Issuing credentials, turning keys, publishing what strangers need."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from jiangxin.accounts.tests.factories import make_user
from jiangxin.honours.actions import (
    issue_credential,
    open_issuer,
    replace_credential,
    revoke_conferral,
    rotate_key,
    withdraw_key,
)
from jiangxin.honours.credentials.badge import is_subject
from jiangxin.honours.models import Conferral, Credential, Issuer
from jiangxin.honours.queries.proving import (
    bundle_file,
    controller_of,
    credential_of,
    issuer_addressed,
    verify_file,
    verify_text,
)
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.honours.words import HonourKind
from jiangxin.kernel.access import Refused
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.tests.factories import PersonFactory, invented_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def conferral() -> Conferral:
    person = PersonFactory(name="林小满", org=make_tree()["enterprise"], is_public=True)
    return make_conferral(
        person, make_honour(), 2024, decision_no="临政发〔2024〕3号", certificate_no="LJ-2024-001"
    )


def code(credential: Credential) -> str:
    return verify_text(credential.document.encode()).code


def test_a_credential_says_who_what_by_whom_on_which_decision(conferral: Conferral) -> None:
    credential = issue_credential(conferral, by=SYSTEM)

    document = json.loads(credential.document)
    subject = document["credentialSubject"]
    assert document["issuer"]["name"] == "临江市总工会"
    assert subject["identifier"][0]["identityHash"] == "林小满"
    assert (subject["licenseNumber"], subject["term"]) == ("LJ-2024-001", "2024")
    assert subject["achievement"]["creator"]["name"] == "临江市人民政府"
    assert document["evidence"][0]["name"] == "临政发〔2024〕3号"
    assert code(credential) == "valid"


def test_one_conferral_has_one_credential_in_force(conferral: Conferral) -> None:
    assert issue_credential(conferral, by=SYSTEM) == issue_credential(conferral, by=SYSTEM)


def identifiers(credential: Credential) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(credential.document)["credentialSubject"].get("identifier", [])
    return found


@pytest.fixture
def private() -> Conferral:
    """A conferral of a worker with an identity number who is not public."""
    person = PersonFactory(
        name="林小满", org=make_tree()["city"], id_number=invented_number(5), is_public=False
    )
    return make_conferral(person, make_honour())


@pytest.mark.parametrize("with_identity", [False, True])
def test_whoever_else_issues_it_nothing_of_the_identity_number_stands_in_it(
    private: Conferral, with_identity: bool
) -> None:
    credential = issue_credential(private, with_identity=with_identity, by=SYSTEM)

    assert identifiers(credential) == []


def test_the_holder_may_ask_for_a_salted_hash_which_a_new_credential_keeps(private: Conferral) -> None:
    holder = make_user("lin", person=private.person)
    number = private.person.id_number
    first = issue_credential(private, with_identity=True, by=holder)

    for credential in (first, replace_credential(first, by=SYSTEM)):
        name, identity = identifiers(credential)
        assert (name["identityHash"], number in credential.document) == ("林小满", False)
        assert is_subject(number, identity_hash=identity["identityHash"], salt=identity["salt"])
        assert not is_subject(
            invented_number(6), identity_hash=identity["identityHash"], salt=identity["salt"]
        )


def test_collectives_receive_credentials_too() -> None:
    make_tree()
    honour = make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)

    credential = issue_credential(make_conferral(make_collective(), honour), by=SYSTEM)

    assert code(credential) == "valid"
    assert (
        json.loads(credential.document)["credentialSubject"]["identifier"][0]["identityHash"]
        == "宏远重工焊接一班"
    )


def test_without_any_organisation_nobody_can_sign() -> None:
    with pytest.raises(Refused) as refused:
        issue_credential(make_conferral(PersonFactory(), make_honour()), by=SYSTEM)

    assert refused.value.code == "no_issuer"


def test_private_keys_are_files_only_their_owner_can_read(conferral: Conferral) -> None:
    credential = issue_credential(conferral, by=SYSTEM)
    folder = Path(settings.JX_HOME) / "keys" / "issuers" / credential.key.issuer.uid

    (file,) = folder.iterdir()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert file.name == f"{credential.key.public_multibase}.pem"


def test_after_a_rotation_old_and_new_credentials_verify(conferral: Conferral) -> None:
    old = issue_credential(conferral, by=SYSTEM)
    issuer = old.key.issuer

    fresh_key = rotate_key(issuer, by=SYSTEM)
    new = issue_credential(
        make_conferral(PersonFactory(org=conferral.person.org), conferral.honour), by=SYSTEM
    )

    assert (new.key, new.key == old.key) == (fresh_key, False)
    assert (code(old), code(new)) == ("valid", "valid")
    document = controller_of(issuer_addressed(issuer.uid))
    assert [("retired" in method) for method in document["verificationMethod"]] == [False, True]
    assert len(document["assertionMethod"]) == 2


def test_a_withdrawn_key_takes_its_credentials_with_it_until_they_are_replaced(conferral: Conferral) -> None:
    old = issue_credential(conferral, by=SYSTEM)

    withdraw_key(old.key, reason="私钥文件疑似外泄，立即停用。", by=SYSTEM)
    refused = code(old)
    new = replace_credential(old, by=SYSTEM)

    assert (refused, code(new)) == ("key_revoked", "valid")
    assert list(conferral.credentials.order_by("pk").values_list("state", flat=True)) == ["replaced", "valid"]


def test_opening_an_issuer_twice_gives_the_same_one() -> None:
    org = make_tree()["city"]

    assert open_issuer(org, by=SYSTEM) == open_issuer(org, by=SYSTEM)
    assert Issuer.objects.get().did == f"did:web:localhost%3A8000:issuers:{Issuer.objects.get().uid}"


def test_a_lost_key_file_is_one_clear_sentence(conferral: Conferral) -> None:
    issuer = open_issuer(conferral.person.org.parent.parent, by=SYSTEM)
    folder = Path(settings.JX_HOME) / "keys" / "issuers" / issuer.uid
    rotate_key(issuer, by=SYSTEM)
    for file in folder.iterdir():
        file.unlink()
    from jiangxin.honours.credentials.keystore import load_key

    load_key.cache_clear()
    with pytest.raises(Refused) as refused:
        issue_credential(conferral, by=SYSTEM)

    assert refused.value.code == "key_unavailable"


class TestOffline:
    """The exported bundle lets a stranger verify a file without a network."""

    @pytest.fixture
    def files(self, conferral: Conferral, tmp_path: Path) -> dict[str, Path]:
        credential = issue_credential(conferral, by=SYSTEM)
        paths = {name: tmp_path / f"{name}.json" for name in ("bundle", "credential", "altered", "broken")}
        paths["bundle"].write_text(json.dumps(bundle_file()), encoding="utf-8")
        paths["credential"].write_text(credential.document, encoding="utf-8")
        paths["altered"].write_text(credential.document.replace("林小满", "林小漫"), encoding="utf-8")
        paths["broken"].write_text(credential.document[:-9], encoding="utf-8")
        return paths

    def test_valid_altered_and_unreadable_are_told_apart(self, files: dict[str, Path]) -> None:
        answers = {
            name: verify_file(files[name], files["bundle"])[0] for name in ("credential", "altered", "broken")
        }

        assert answers == {"credential": 0, "altered": 1, "broken": 2}

    def test_a_newer_bundle_knows_of_the_revocation(
        self, files: dict[str, Path], conferral: Conferral
    ) -> None:
        revoke_conferral(conferral, grounds="criminal", reason="法院判决已生效，按规定撤销。", by=SYSTEM)
        before = verify_file(files["credential"], files["bundle"])
        files["bundle"].write_text(json.dumps(bundle_file()), encoding="utf-8")

        after = verify_file(files["credential"], files["bundle"])

        assert (before[0], after[0], after[1].code) == (0, 3, "revoked")
        assert after[1].status_as_of <= timezone.now()

    def test_an_empty_bundle_knows_nobody(self, files: dict[str, Path]) -> None:
        files["bundle"].write_text('{"type": "JiangxinVerificationBundle", "controllers": []}')

        assert verify_file(files["credential"], files["bundle"])[0] == 4

    def test_a_wrong_bundle_is_an_error_and_no_verdict(self, files: dict[str, Path]) -> None:
        with pytest.raises(ValueError, match=r"broken\.json"):
            verify_file(files["credential"], files["broken"])

    def test_the_installation_itself_is_the_default_bundle(
        self, files: dict[str, Path], conferral: Conferral
    ) -> None:
        exit_code, verdict = verify_file(files["credential"])

        assert (exit_code, verdict.issuer_name) == (0, "临江市总工会")
        assert credential_of(verdict).conferral == conferral
