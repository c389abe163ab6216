"""Pages of honours for everybody and for the worker, without JavaScript."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.models import Conferral, Credential, HonourAlias
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import make_conferral, make_honour, make_ladder
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


class TestCatalogue:
    """Honours and their holders."""

    def test_the_catalogue_lists_honours_by_level(self, client: Client, conferral: Conferral) -> None:
        page = client.get(reverse("honours:catalogue")).content.decode()

        assert ("临江市劳动模范" in page, "市级" in page) == (True, True)

    @pytest.mark.parametrize(
        ("text", "titles"),
        [
            ("劳模", ["临江市劳动模范"]),  # another name
            ("江州省人民政府", ["江州省劳动模范"]),  # the granter
            ("linjiang MODEL", ["全国示范劳动者", "江州省劳动模范", "临江市劳动模范"]),
            ("无此荣誉", []),
        ],
    )
    def test_the_catalogue_is_searched_by_title_other_name_and_granter(
        self, client: Client, db: None, text: str, titles: list[str]
    ) -> None:
        city, _province, _nation = make_ladder()
        HonourAlias.objects.create(honour=city, name="市级劳模", name_key="市级劳模")

        answer = client.get(reverse("honours:catalogue"), {"q": text})

        found = [line.honour.title for group in answer.context["groups"] for line in group.lines]
        assert (found, "没有符合条件的荣誉" in answer.content.decode()) == (titles, not titles)

    def test_every_level_is_on_the_page_and_open_when_searched(self, client: Client, db: None) -> None:
        make_ladder()
        folded = client.get(reverse("honours:catalogue")).content.decode()
        searched = client.get(reverse("honours:catalogue"), {"q": "临江"}).content.decode()

        assert (folded.count('class="level-fold" data-open-wide'), folded.count("data-unit=")) == (3, 3)
        assert searched.count('class="level-fold" open>') == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_catalogue_asks_the_same_number_of_questions(
        self, client: Client, db: None, count: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(count):
            make_honour(f"city-{number}", f"临江市荣誉{number}")
        with django_assert_num_queries(3):
            page = client.get(reverse("honours:catalogue"), {"q": "临江市荣誉"})

        assert page.content.decode().count('scope="row"') == count

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
