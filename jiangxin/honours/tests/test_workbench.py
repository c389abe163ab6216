"""The officer's pages of honours: confer, suspend, revoke, decide, settle titles."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import open_rechecks, revoke_conferral
from jiangxin.honours.models import CascadeProposal, Conferral, Honour, Recheck, UnknownTitle
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.honours.words import HonourKind
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


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

    def test_what_was_written_before_choosing_to_revoke_goes_along(
        self, officer: User, conferral: Conferral, sign_in: SignIn
    ) -> None:
        client, url = sign_in(officer), reverse("honours:work_revoke", args=[conferral.uid])

        page = client.post(url, {"intent": "begin", "reason": REASON})

        conferral.refresh_from_db()
        assert (page.status_code, page.context["form"].errors, conferral.state) == (200, {}, "conferred")
        assert (REASON in page.content.decode(), "请填写" in page.content.decode()) == (True, False)

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

    def test_a_revocation_says_how_many_honours_were_built_on_it(
        self, tree: dict[str, Org], sign_in: SignIn, officer: User
    ) -> None:
        city, province, _nation = make_ladder()
        first, second = PersonFactory(org=tree["enterprise"]), PersonFactory(org=tree["enterprise"])
        held = [make_conferral(person, city, 2020) for person in (first, second)]
        make_conferral(first, province, 2022)
        client, said = sign_in(officer), []

        for low in held:
            url = reverse("honours:work_revoke", args=[low.uid])
            page = client.post(url, {"grounds": "tax", "reason": REASON}, follow=True)
            said += [str(message) for message in page.context["messages"]]

        assert said == ["荣誉已撤销。以它为基础的 1 项荣誉已提请授予机关复核。", "荣誉已撤销。"]

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
