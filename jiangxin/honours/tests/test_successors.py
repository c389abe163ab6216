"""A replaced credential leads to the one that counts, and never tells more than it told before."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jiangxin.honours.actions import issue_credential, replace_credential, revoke_conferral, withdraw_key
from jiangxin.honours.credentials import Verdict
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.proving import bundle_file, verify_file, verify_text
from jiangxin.honours.queries.successors import successor_of
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.honours.words import HonourKind
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def address(credential: Credential) -> str:
    return f"{credential.key.issuer.base_url}/verify/{credential.uid}/"


def page_of(credential: Credential) -> str:
    return Client().get(reverse("honours:verify_credential", args=[credential.uid])).content.decode()


def test_the_check_page_of_a_replaced_credential_leads_to_the_new_one(credential: Credential) -> None:
    new = replace_credential(credential, by=SYSTEM)

    page = page_of(credential)

    assert "这份凭证已由签发机构换发，请以新的凭证为准。" in page
    assert f'href="{address(new)}"' in page
    assert ('proof-word">已换发<' in page, 'proof-word">已撤销<' in page) == (True, False)
    assert "查看新的凭证" not in page_of(new)


def test_over_several_replacements_it_leads_to_the_last(credential: Credential) -> None:
    second = replace_credential(credential, by=SYSTEM)
    third = replace_credential(second, by=SYSTEM)

    found = [successor_of(each) for each in (credential, second, third)]

    assert [each.credential if each else None for each in found] == [third, third, None]


def test_the_answer_of_the_api_names_the_new_one(credential: Credential) -> None:
    new = replace_credential(credential, by=SYSTEM)
    body = {"credential": json.loads(credential.document)}

    answer = Client().post("/api/v1/verify", json.dumps(body), content_type="application/json").json()

    assert (answer["status"], answer["code"], answer["valid"]) == ("revoked", "replaced", False)
    assert answer["replaced_by"] == address(new)


def test_one_that_was_revoked_names_nothing(credential: Credential) -> None:
    revoke_conferral(credential.conferral, grounds="false_deeds", reason="主要事迹经核查不实。", by=SYSTEM)

    verdict = verify_text(credential.document.encode())

    assert (verdict.code, verdict.replaced_by) == ("revoked", "")


def _by_bundle(credential: Credential, folder: Path, **changes: object) -> tuple[int, Verdict]:
    """What a stranger without a network is told of the old credential by a bundle fetched now."""
    file, bundle = folder / "old.json", folder / "bundle.json"
    file.write_text(credential.document, encoding="utf-8")
    bundle.write_text(json.dumps({**bundle_file(), **changes}), encoding="utf-8")
    return verify_file(file, bundle)


def test_a_bundle_leads_to_the_last_of_several(credential: Credential, tmp_path: Path) -> None:
    second = replace_credential(credential, by=SYSTEM)
    third = replace_credential(second, by=SYSTEM)

    answers = [_by_bundle(each, tmp_path) for each in (third, second, credential)]

    assert [(code, verdict.code, verdict.replaced_by) for code, verdict in answers] == [
        (0, "valid", ""),
        (3, "replaced", address(third)),
        (3, "replaced", address(third)),
    ]


def test_a_bundle_names_no_credential_to_who_does_not_hold_the_old_one(credential: Credential) -> None:
    new = replace_credential(credential, by=SYSTEM)

    text = json.dumps(bundle_file()["successors"])

    assert len(bundle_file()["successors"]) == 1
    assert [each for each in (new.uid, credential.uid, "林小满") if each in text] == []


@pytest.mark.parametrize("successors", [{}, {"x": "y"}, "damaged"])
def test_without_a_usable_entry_a_bundle_tells_where_to_ask(
    credential: Credential, tmp_path: Path, successors: object
) -> None:
    replace_credential(credential, by=SYSTEM)
    if successors == "damaged":
        successors = dict.fromkeys(bundle_file()["successors"], "!")

    _code, verdict = _by_bundle(credential, tmp_path, successors=successors)

    assert (verdict.code, verdict.replaced_by) == ("revoked", "")
    assert verdict.asked_at == json.loads(credential.document)["id"]


def test_a_file_is_told_by_the_own_records_and_by_a_bundle_what_counts_now(
    credential: Credential, tmp_path: Path
) -> None:
    new = replace_credential(credential, by=SYSTEM)

    by_bundle, at_home = _by_bundle(credential, tmp_path), verify_file(tmp_path / "old.json")

    assert (at_home[0], at_home[1].code, at_home[1].replaced_by) == (3, "replaced", address(new))
    assert (by_bundle[0], by_bundle[1].code, by_bundle[1].replaced_by) == (3, "replaced", address(new))
    assert (at_home[1].asked_at, by_bundle[1].asked_at) == ("", "")


def test_what_a_withdrawn_key_signed_says_so_and_leads_on(credential: Credential) -> None:
    withdraw_key(credential.key, reason="密钥文件曾被复制到外部。", by=SYSTEM)
    new = replace_credential(credential, by=SYSTEM)

    verdict = verify_text(credential.document.encode())

    assert (verdict.code, verdict.replaced_by) == ("key_revoked", address(new))
    assert f'href="{address(new)}"' in page_of(credential)


class TestNothingMoreIsTold:
    """Who holds an old credential learns nothing from it that it did not say."""

    def test_a_name_that_did_not_stand_in_the_old_one_is_not_reached_from_it(
        self, tree: dict[str, Org]
    ) -> None:
        person = PersonFactory(name="林小满", org=tree["enterprise"], is_public=False)
        old = issue_credential(make_conferral(person, make_honour(), 2024), by=SYSTEM)
        person.is_public = True
        person.save(update_fields=["is_public"])
        new = replace_credential(Credential.objects.get(pk=old.pk), by=SYSTEM)

        page = page_of(old)

        assert bundle_file()["successors"] == {}
        assert verify_text(old.document.encode()).replaced_by == ""
        assert ("请向持有人索取新的凭证。" in page, new.uid in page, "林小满" in page) == (True, False, False)

    def test_a_limited_record_is_not_led_to(self, credential: Credential) -> None:
        new = replace_credential(credential, by=SYSTEM)
        person = credential.conferral.person
        assert person is not None
        person.limited_at = timezone.now()
        person.save(update_fields=["limited_at"])

        assert new.uid not in page_of(credential)
        assert bundle_file()["successors"] == {}

    def test_an_altered_old_one_is_not_led_on(self, credential: Credential) -> None:
        new = replace_credential(credential, by=SYSTEM)
        forged = credential.document.replace("林小满", "林小漫").encode()

        verdict = verify_text(forged)

        assert (verdict.code, verdict.replaced_by, verdict.asked_at) == ("bad_signature", "", "")
        assert new.state == "valid"

    def test_a_collective_has_nothing_to_hide(self, tree: dict[str, Org]) -> None:
        pioneer = make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)
        held: Conferral = make_conferral(make_collective(opath=tree["enterprise"].path), pioneer, 2024)
        old = issue_credential(held, by=SYSTEM)

        new = replace_credential(old, by=SYSTEM)

        assert verify_text(old.document.encode()).replaced_by == address(new)
