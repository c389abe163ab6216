"""Pages of honours: what strangers, workers and officers see and can do, without JavaScript."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import open_rechecks, revoke_conferral
from jiangxin.honours.models import CascadeProposal, Conferral, Credential, Honour, Recheck, UnknownTitle
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.honours.words import HonourKind
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

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
        [("<b>x</b>", "这不是凭证文件：内容不是完整的 JSON。"), ("{}", "这是一个 JSON 文件，但不是可验证凭证。"),
         ('{"a":1,"a":2}', "文件里同一个字段出现了两次，不予认可。")],
    )  # fmt: skip
    def test_what_is_no_credential_is_answered_too(self, client: Client, text: str, sentence: str) -> None:
        assert sentence in self.post(client, text=text)

    def test_an_empty_form_asks_for_something(self, client: Client) -> None:
        response = client.post(reverse("honours:verify"), {})

        assert response.status_code == 400
        assert "请粘贴凭证内容，或选择一个凭证文件。" in response.content.decode()

    def test_the_number_or_the_printed_address_leads_to_the_check_page(
        self, client: Client, credential: Credential
    ) -> None:
        url = reverse("honours:verify_credential", args=[credential.uid])
        for text in (credential.uid, f"http://localhost:8000{url}"):
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


class TestCatalogue:
    """Honours and their holders."""

    def test_the_catalogue_lists_honours_by_level(self, client: Client, conferral: Conferral) -> None:
        page = client.get(reverse("honours:catalogue")).content.decode()

        assert ("临江市劳动模范" in page, "市级" in page) == (True, True)

    @pytest.mark.parametrize("count", [1, 3])
    def test_an_honour_asks_the_same_number_of_questions(
        self, client: Client, tree: dict[str, Org], count: int, django_assert_max_num_queries: Any
    ) -> None:
        honour = make_honour()
        for _number in range(count):
            make_conferral(PersonFactory(is_public=True), honour, 2024)
        with django_assert_max_num_queries(9):
            page = client.get(reverse("honours:honour", args=[honour.code]))

        assert page.status_code == 200

    def test_holders_who_are_not_public_are_not_listed(self, client: Client, conferral: Conferral) -> None:
        hidden = PersonFactory(name="何砚秋", is_public=False)
        make_conferral(hidden, conferral.honour, 2023)

        page = client.get(reverse("honours:honour", args=[conferral.honour.code])).content.decode()

        assert ("林小满" in page, "何砚秋" in page) == (True, False)

    @pytest.mark.parametrize(("year", "status"), [("2024", 200), ("none", 200), ("x", 404), ("20245", 404)])
    def test_years_narrow_the_list(
        self, client: Client, conferral: Conferral, year: str, status: int
    ) -> None:
        url = reverse("honours:honour", args=[conferral.honour.code])

        assert client.get(url, {"year": year}).status_code == status

    def test_the_graph_stands_beside(self, client: Client, db: None) -> None:
        city, province, nation = make_ladder()

        page = client.get(reverse("honours:honour", args=[province.code])).content.decode()

        assert (city.title in page, nation.title in page, "必须先获得以下之一" in page) == (True, True, True)


class TestWorker:
    """The holder's own credentials."""

    def test_a_worker_asks_for_a_credential_and_downloads_all_three_forms(
        self, worker: User, conferral: Conferral, sign_in: SignIn, client: Client
    ) -> None:
        own = sign_in(worker)
        own.post(reverse("honours:my_credentials"), {"conferral": conferral.uid})
        uid = Credential.objects.get().uid

        document = own.get(f"/me/credentials/{uid}.json")
        pdf = own.get(f"/me/credentials/{uid}.pdf")
        png = own.get(f"/me/credentials/{uid}.png")

        assert json.loads(document.content)["credentialSubject"]["identifier"][0]["identityHash"] == "林小满"
        assert (pdf.content[:5], png.content[1:4]) == (b"%PDF-", b"PNG")
        assert "attachment" in document["Content-Disposition"]
        assert "下载证书 PDF" in own.get(reverse("honours:my_credentials")).content.decode()

    def test_another_workers_credential_does_not_exist(
        self, credential: Credential, sign_in: SignIn, tree: dict[str, Org]
    ) -> None:
        other = sign_in(accounts.make_user("zhao", person=PersonFactory(name="赵铁生")))

        codes = [
            other.get(f"/me/credentials/{credential.uid}.{ending}").status_code
            for ending in ("json", "pdf", "png")
        ]

        assert codes == [404, 404, 404]
        assert (
            other.post(reverse("honours:my_credentials"), {"conferral": credential.conferral.uid}).status_code
            == 404
        )

    def test_the_passport_is_a_pdf(self, worker: User, sign_in: SignIn) -> None:
        response = sign_in(worker).get(reverse("honours:my_passport"))

        assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")

    def test_visitors_sign_in_first(self, client: Client, db: None) -> None:
        assert client.get(reverse("honours:my_credentials")).status_code == 302

    def test_honour_seals_stand_on_the_public_page(self, client: Client, conferral: Conferral) -> None:
        page = client.get(reverse("people:person", args=[conferral.person.uid])).content.decode()

        assert "honour-seals-title" in page


class TestWorkbench:
    """What officers do."""

    def confer(self, client: Client, **changes: str) -> Any:
        data = {"year": "2024", "unit_text": "", "post_text": "", **changes}
        return client.post(reverse("honours:work_confer"), data)

    def test_an_officer_confers_and_issues_in_one_go(
        self, officer: User, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        person, honour = PersonFactory(org=tree["branch"]), make_honour()

        response = self.confer(
            sign_in(officer), person=person.uid, honour=str(honour.pk), conferred_on="2024年4月28日", bonus="5000",
            with_credential="on",
        )  # fmt: skip

        conferral = Conferral.objects.get()
        assert response.headers["Location"] == reverse("honours:work_conferral", args=[conferral.uid])
        assert (conferral.person, conferral.bonus_fen, conferral.credentials.count()) == (person, 500_000, 1)

    def test_collectives_are_named_by_name(
        self, officer: User, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        team = make_collective(org=tree["branch"], opath=tree["branch"].path)
        honour = make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)

        self.confer(sign_in(officer), collective=team.name, honour=str(honour.pk))

        assert Conferral.objects.get().collective == team

    def test_faults_stand_beside_their_fields_and_nothing_is_lost(
        self, officer: User, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        _city, province, _nation = make_ladder()
        elsewhere = PersonFactory(org=tree["other_city"])
        here = PersonFactory(org=tree["city"])
        client = sign_in(officer)

        nobody = self.confer(client, honour=str(province.pk), decision_no="临政发〔2024〕3号")
        not_mine = self.confer(client, person=elsewhere.uid, honour=str(province.pk))
        no_basis = self.confer(client, person=here.uid, honour=str(province.pk))

        assert [each.status_code for each in (nobody, not_mine, no_basis)] == [400, 400, 400]
        assert "临政发〔2024〕3号" in nobody.content.decode()
        assert "在您管理的范围内没有这个编号的档案。" in not_mine.content.decode()
        assert "须先获得以下荣誉之一：临江市劳动模范。" in no_basis.content.decode()
        assert Conferral.objects.count() == 0

    def test_the_list_shows_own_organisations_only(self, officer: User, conferral: Conferral, tree: dict[str, Org],
                                                   sign_in: SignIn) -> None:  # fmt: skip
        other = make_conferral(PersonFactory(name="丁一", org=tree["other_city"]), conferral.honour, 2024)
        client = sign_in(officer)

        page = client.get(reverse("honours:work_honours")).content.decode()

        assert ("林小满" in page, "丁一" in page) == (True, False)
        assert client.get(reverse("honours:work_conferral", args=[other.uid])).status_code == 404

    @pytest.mark.parametrize(
        ("wanted", "found"), [({"q": "林小满"}, True), ({"q": "别人"}, False), ({"year": "2023"}, False),
                              ({"state": "conferred"}, True), ({"year": "abc"}, True)],
    )  # fmt: skip
    def test_filters_narrow_the_list(self, officer: User, conferral: Conferral, sign_in: SignIn,
                                     wanted: dict[str, str], found: bool) -> None:  # fmt: skip
        page = sign_in(officer).get(reverse("honours:work_honours"), wanted).content.decode()

        assert (reverse("honours:work_conferral", args=[conferral.uid]) in page) is found

    def test_suspend_lift_and_issue(self, officer: User, conferral: Conferral, sign_in: SignIn) -> None:
        client, url = sign_in(officer), reverse("honours:work_conferral", args=[conferral.uid])
        states = []
        for intent in ("issue", "suspend", "lift"):
            client.post(url, {"intent": intent, "reason": REASON})
            conferral.refresh_from_db()
            states.append((conferral.state, conferral.credentials.get().state))

        assert states == [("conferred", "valid"), ("suspended", "suspended"), ("conferred", "valid")]
        assert client.post(url, {"intent": "suspend", "reason": "短"}).status_code == 400
        assert client.get(reverse("honours:work_certificate", args=[conferral.uid])).content[:5] == b"%PDF-"

    def test_revoking_needs_grounds_and_shows_what_happened(
        self, officer: User, conferral: Conferral, sign_in: SignIn
    ) -> None:
        client, url = sign_in(officer), reverse("honours:work_revoke", args=[conferral.uid])

        without = client.post(url, {"reason": REASON})
        client.post(url, {"grounds": "false_deeds", "reason": REASON, "decided_on": "2026-05-01"})

        assert (without.status_code, client.get(url).status_code) == (400, 200)
        assert REASON in client.get(reverse("honours:work_conferral", args=[conferral.uid])).content.decode()

    def test_a_proposal_is_decided_by_the_province(
        self, tree: dict[str, Org], sign_in: SignIn, officer: User
    ) -> None:
        city, province, _nation = make_ladder()
        person = PersonFactory(org=tree["enterprise"])
        low, high = make_conferral(person, city, 2020), make_conferral(person, province, 2022)
        revoke_conferral(low, grounds="tax", reason=REASON, by=SYSTEM)
        url = reverse("honours:work_proposal", args=[CascadeProposal.objects.get().uid])
        decider = sign_in(accounts.make_officer("province_officer", tree["province"]))

        not_theirs = sign_in(officer).get(url).status_code
        listed = decider.get(reverse("honours:work_proposals")).content.decode()
        decider.post(url, {"decision": "revoke", "reason": REASON})

        high.refresh_from_db()
        assert (not_theirs, url in listed, high.state) == (404, True, "revoked")

    def test_a_recheck_is_answered(self, officer: User, tree: dict[str, Org], sign_in: SignIn) -> None:
        make_conferral(PersonFactory(org=tree["branch"]), make_honour(), 2020)
        open_rechecks(year=2025, by=SYSTEM)
        client, recheck = sign_in(officer), Recheck.objects.get()
        url = reverse("honours:work_recheck", args=[recheck.uid])

        assert url in client.get(reverse("honours:work_rechecks")).content.decode()
        assert client.post(url, {"answer": "doubt", "note": ""}).status_code == 400
        client.post(url, {"answer": "pass"})

        recheck.refresh_from_db()
        assert recheck.state == "passed"

    def test_lists_and_unknown_titles(self, officer: User, tree: dict[str, Org], sign_in: SignIn) -> None:
        honour = make_honour(opath=tree["city"].path)
        unknown = UnknownTitle.objects.create(
            title="临江劳模奖", title_key="临江劳模奖", times=3, opath=tree["city"].path
        )
        client, url = sign_in(officer), reverse("honours:work_titles")

        page = client.get(reverse("honours:work_lists")).content.decode()
        client.post(url, {"intent": "settle", "title": unknown.pk, "honour": honour.pk})
        added = {"intent": "add", "title": "临江工匠", "code": "linjiang-craftsman", "level": "city",
                 "granter": "临江市总工会", "kind": "person", "rhythm": "每年", "certificate": "证书", "bonus": "3000.50",
                 "treatment": "疗休养\n\n每月津贴"}  # fmt: skip
        client.post(url, added)
        again = client.post(url, {**added, "code": "other"})
        too_high = client.post(url, {**added, "code": "nation", "title": "全国某某奖", "level": "national"})

        assert "1 个名称不在目录中" in page
        unknown.refresh_from_db()
        made = Honour.objects.get(code="linjiang-craftsman")
        assert (unknown.honour, made.bonus_fen, made.treatment) == (honour, 300_050, ["疗休养", "每月津贴"])
        assert "¥3,000.50" in client.get(reverse("honours:honour", args=[made.code])).content.decode()
        assert "市级以上的荣誉由全国总工会维护目录。" in too_high.content.decode()
        assert (again.status_code, "目录里已有“临江工匠”。" in again.content.decode()) == (400, True)

    def test_workers_do_not_see_the_workbench(
        self, worker: User, conferral: Conferral, sign_in: SignIn
    ) -> None:
        names = (
            "work_honours",
            "work_confer",
            "work_proposals",
            "work_rechecks",
            "work_lists",
            "work_titles",
        )
        client = sign_in(worker)

        assert [client.get(reverse(f"honours:{name}")).status_code for name in names] == [404] * 6
