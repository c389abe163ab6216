"""The check page and what issuers publish: what strangers see, without JavaScript."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from jiangxin.honours.actions import revoke_conferral
from jiangxin.honours.models import Credential
from jiangxin.honours.tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


class TestVerifyPage:
    """Anybody checks a credential: number, text or file."""

    def post(self, client: Client, **data: Any) -> str:
        return client.post(reverse("honours:verify"), data).content.decode()

    def test_a_pasted_credential_is_answered_in_plain_words(
        self, client: Client, credential: Credential
    ) -> None:
        page = self.post(client, text=credential.document)

        assert "凭证有效：由临江市总工会签发，内容完整，未被撤销。" in page
        assert ("林小满" in page, "临江市劳动模范" in page) == (True, True)

    def test_an_uploaded_file_with_one_altered_character_is_refused_and_nothing_of_it_is_printed(
        self, client: Client, credential: Credential
    ) -> None:
        altered = credential.document.replace("林小满", "林小漫").encode()

        page = self.post(client, file=SimpleUploadedFile("c.json", altered))

        assert "内容与签名不符：这份文件在签发之后被改动过。" in page
        assert "林小漫" not in page

    def test_a_revoked_credential_says_so_with_the_day(self, client: Client, credential: Credential) -> None:
        conferral = credential.conferral
        revoke_conferral(conferral, grounds="criminal", reason=REASON, is_reason_public=True, by=SYSTEM)

        page = self.post(client, text=credential.document)

        assert "这份凭证已被签发机构撤销，不再有效。" in page
        assert ("受到刑事处罚" in page, REASON in page) == (True, False)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("<b>x</b>", "这不是凭证文件，或者内容没有粘贴完整。"), ("{}", "这是一个 JSON 文件，但不是可验证凭证。"),
         ('{"a":1,"a":2}', "文件里同一个字段出现了两次，不予认可。")],
    )  # fmt: skip
    def test_what_is_no_credential_is_answered_too(self, client: Client, text: str, sentence: str) -> None:
        page = self.post(client, text=text)

        assert (sentence in page, 'proof-word">不是凭证<' in page) == (True, True)
        assert f">\n{escape(text)}</textarea>" in page

    def test_an_empty_form_asks_for_something(self, client: Client) -> None:
        response = client.post(reverse("honours:verify"), {})

        assert response.status_code == 400
        assert "请粘贴凭证内容，或选择一个凭证文件。" in response.content.decode()

    def test_the_number_or_the_printed_address_leads_to_the_check_page(
        self, client: Client, credential: Credential
    ) -> None:
        url = reverse("honours:verify_credential", args=[credential.uid])
        for text in (credential.uid, credential.uid.lower(), f"http://localhost:8000{url}"):
            assert client.post(reverse("honours:verify"), {"text": text}).headers["Location"] == url
        assert client.get(reverse("honours:credential", args=[credential.uid])).headers["Location"] == url

        assert "凭证有效" in client.get(url).content.decode()

    def test_an_unknown_number_is_one_sentence(self, client: Client) -> None:
        response = client.get(reverse("honours:verify_credential", args=["01J9Z3M6Y8ABCDEFGHJKMNPQRS"]))

        assert response.status_code == 404
        assert "本系统没有签发过编号为 01J9Z3M6Y8ABCDEFGHJKMNPQRS 的凭证" in response.content.decode()

    def test_too_many_checks_are_slowed_down(self, client: Client) -> None:
        for _attempt in range(60):
            client.post(reverse("honours:verify"), {"text": "{}"})

        assert client.post(reverse("honours:verify"), {"text": "{}"}).status_code == 429

    def test_english_readers_get_english(self, client: Client, credential: Credential) -> None:
        client.cookies["django_language"] = "en"

        assert "Valid: issued by 临江市总工会, unaltered and not revoked." in self.post(
            client, text=credential.document
        )


class TestPublished:
    """What the verifiers of others read."""

    def test_controller_document_and_status_lists_are_open_to_everybody(
        self, client: Client, credential: Credential
    ) -> None:
        issuer = credential.key.issuer

        document = client.get(f"/issuers/{issuer.uid}/did.json")
        status = client.get(f"/status/{credential.revocation_list.uid}")

        assert document.json()["id"] == issuer.did
        assert (status.content.decode(), status["Content-Type"]) == (
            credential.revocation_list.document, "application/vc+json")  # fmt: skip
        assert (
            document["Access-Control-Allow-Origin"],
            client.get(f"/issuers/{issuer.uid}").status_code,
        ) == ("*", 200)

    def test_unknown_issuers_and_lists_do_not_exist(self, client: Client, db: None) -> None:
        assert [client.get(url).status_code for url in ("/issuers/x/did.json", "/status/x")] == [404, 404]

    def test_the_bundle_holds_every_issuer_and_list(self, client: Client, credential: Credential) -> None:
        bundle = client.get(reverse("honours:bundle")).json()

        assert [entry["name"] for entry in bundle["controllers"]] == ["临江市总工会"]
        assert len(bundle["statusLists"]) == 2
