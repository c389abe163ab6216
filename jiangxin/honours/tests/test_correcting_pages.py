"""The officer's pages of corrections and of the catalogue, and what the worker reads of them."""

import pytest
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import revoke_conferral
from jiangxin.honours.models import Conferral, Correction, Credential, Honour, HonourAlias
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_honour
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
REASON = "登记时把年份看错了一行。"


@pytest.fixture
def sent(conferral: Conferral) -> dict[str, str]:
    """The form as a browser sends it, with another year."""
    return {
        "honour": str(conferral.honour_id),
        "printed_title": conferral.printed_title,
        "year": "2023",
        "granter_text": conferral.granter_text,
        "unit_text": conferral.unit_text,
        "post_text": conferral.post_text,
        "conferred_on": "",
        "bonus": "",
        "reason": REASON,
    }


class TestCorrecting:
    """A form, a look at what follows, the deed."""

    def test_what_changes_and_what_follows_is_told_before_anything_is_done(
        self,
        officer: User,
        conferral: Conferral,
        credential: Credential,
        sent: dict[str, str],
        sign_in: SignIn,
    ) -> None:
        url = reverse("honours:work_correct", args=[conferral.uid])
        client = sign_in(officer)

        form = client.get(url).content.decode()
        told = client.post(url, sent).content.decode()

        conferral.refresh_from_db()
        assert 'value="2024"' in form
        assert ("<del>2024</del>" in told, "<ins>2023</ins>" in told) == (True, True)
        assert "旧凭证的核验页会指向新凭证。" in told
        assert (conferral.year, Correction.objects.count()) == (2024, 0)

    def test_confirmed_it_is_done_and_both_read_the_history(
        self, officer: User, worker: User, conferral: Conferral, credential: Credential,
        sent: dict[str, str], sign_in: SignIn,
    ) -> None:  # fmt: skip
        url = reverse("honours:work_correct", args=[conferral.uid])

        answer = sign_in(officer).post(url, {**sent, "confirmed": "1"}, follow=True)

        conferral.refresh_from_db()
        officers, own = answer.content.decode(), sign_in(worker).get(reverse("honours:my_credentials"))
        assert (conferral.year, "已更正，并已通知本人。" in officers) == (2023, True)
        for page in (officers, own.content.decode()):
            assert "年份：<del>2024</del> → <ins>2023</ins>" in page
            assert f"理由：{REASON}" in page

    def test_one_may_go_back_and_keeps_what_was_typed(
        self, officer: User, conferral: Conferral, sent: dict[str, str], sign_in: SignIn
    ) -> None:
        url = reverse("honours:work_correct", args=[conferral.uid])

        page = sign_in(officer).post(url, {**sent, "confirmed": "1", "intent": "edit"})

        assert (page.status_code, 'value="2023"' in page.content.decode()) == (200, True)
        assert Correction.objects.count() == 0

    def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(
        self, officer: User, conferral: Conferral, sent: dict[str, str], sign_in: SignIn
    ) -> None:
        url = reverse("honours:work_correct", args=[conferral.uid])
        client = sign_in(officer)

        same = client.post(url, {**sent, "year": "2024"})
        future = client.post(url, {**sent, "year": "2199", "confirmed": "1"})

        assert (same.status_code, "没有改动。" in same.content.decode()) == (400, True)
        assert (future.status_code, "年份应在 1921 到" in future.content.decode()) == (400, True)
        assert REASON in future.content.decode()

    def test_strangers_workers_and_other_cities_find_no_page(
        self, worker: User, officer: User, conferral: Conferral, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        there = accounts.make_officer("city_officer", tree["other_city"], username="there")
        url = reverse("honours:work_correct", args=[conferral.uid])
        closed = [sign_in(each).get(url).status_code for each in (worker, there)]

        revoke_conferral(conferral, grounds="false_deeds", reason="主要事迹经核查不实。", by=SYSTEM)

        assert closed == [404, 404]
        assert sign_in(officer).get(url).status_code == 404


class TestCatalogue:
    """Entries an office keeps."""

    def test_the_list_holds_what_the_office_keeps(
        self, officer: User, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        make_honour(opath=tree["city"].path)
        make_honour("theirs", "望海市劳动模范", opath=tree["other_city"].path)

        page = sign_in(officer).get(reverse("honours:work_catalogue")).content.decode()

        assert ("临江市劳动模范" in page, "望海市劳动模范" in page) == (True, False)

    def test_an_empty_list_says_the_first_step(self, officer: User, sign_in: SignIn) -> None:
        page = sign_in(officer).get(reverse("honours:work_catalogue")).content.decode()

        assert "还没有由您维护的荣誉" in page

    def test_an_entry_is_added_revised_and_named(
        self, officer: User, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        added = {"title": "临江工匠", "code": "linjiang-craftsman", "level": "city", "granter": "临江市总工会",
                 "kind": "person", "org": tree["county"].uid}  # fmt: skip

        client.post(reverse("honours:work_entry_add"), added)
        url = reverse("honours:work_entry", args=["linjiang-craftsman"])
        revised = client.post(
            url,
            {
                **added,
                "org": "",
                "title": "临江大工匠",
                "bonus": "3000",
                "is_current": "on",
                "reason": REASON,
            },
            follow=True,
        )
        named = client.post(url, {"intent": "alias", "name": "临江名匠"}, follow=True).content.decode()

        honour = Honour.objects.get(code="linjiang-craftsman")
        assert (honour.opath, honour.title, honour.bonus_fen) == (tree["county"].path, "临江大工匠", 300_000)
        assert "修订已保存。" in revised.content.decode()
        assert "<del>临江工匠</del> → <ins>临江大工匠</ins>" in named
        assert set(HonourAlias.objects.values_list("name", flat=True)) == {
            "临江工匠",
            "临江大工匠",
            "临江名匠",
        }

    def test_what_is_refused_is_said_and_a_foreign_entry_does_not_exist(
        self, officer: User, conferral: Conferral, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        kept = make_honour("kept", "临江工匠", opath=tree["city"].path)
        client, url = sign_in(officer), reverse("honours:work_entry", args=[kept.code])
        data = {"title": "临江市劳动模范", "level": "city", "granter": "临江市总工会", "kind": "person",
                "is_current": "on", "reason": REASON}  # fmt: skip

        taken = client.post(url, data)
        alias = client.post(url, {"intent": "alias", "name": "临江市劳动模范"})
        foreign = client.get(reverse("honours:work_entry", args=[conferral.honour.code]))

        assert (taken.status_code, "目录里已有“临江市劳动模范”。" in taken.content.decode()) == (400, True)
        assert (alias.status_code, foreign.status_code) == (400, 404)

    def test_what_use_has_fixed_is_not_offered(
        self, officer: User, conferral: Conferral, tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        Honour.objects.filter(pk=conferral.honour_id).update(opath=tree["city"].path)

        page = sign_in(officer).get(reverse("honours:work_entry", args=[conferral.honour.code]))

        assert 'name="level"' not in page.content.decode()
        assert 'name="granter"' in page.content.decode()
