"""Whose catalogue entry it is: another city's local honour is neither named nor changed from here."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours import jobs
from jiangxin.honours.actions import add_alias, add_honour, load_catalogue, revise_honour, settle_title
from jiangxin.honours.models import Correction, Honour, HonourAlias, UnknownTitle
from jiangxin.honours.queries.catalogue import honour_titled
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.honours.words import Level
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "目录里的名称打错了一个字。"
CRAFTSMAN = {"code": "linjiang-craftsman", "title": "临江工匠", "granter": "临江市总工会"}


@pytest.fixture
def there(tree: dict[str, Org]) -> User:
    return accounts.make_officer("city_officer", tree["other_city"], username="there")


@pytest.fixture
def nation(tree: dict[str, Org]) -> User:
    return accounts.make_officer("national_officer", tree["national"], username="nation")


def refusal_of(deed: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        deed(*args, **kwargs)  # type: ignore[operator]  # any verb
    return refused.value.code


def test_only_the_keeper_and_those_above_give_an_honour_another_name(
    officer: User, there: User, nation: User, tree: dict[str, Org]
) -> None:
    honour = make_honour(opath=tree["city"].path)
    shared = make_honour("national-model", "全国劳动模范", level=Level.NATIONAL)

    add_alias(honour, name="临江劳模", by=officer)
    add_alias(honour, name="临江市级劳模", by=nation)

    assert refusal_of(add_alias, honour, name="丁市劳模", by=there) == "no_permission"
    assert refusal_of(add_alias, shared, name="全国劳模", by=officer) == "no_permission"
    assert refusal_of(revise_honour, honour, title="丁市劳模", reason=REASON, by=there) == "no_permission"
    assert set(HonourAlias.objects.filter(honour=honour).values_list("name", flat=True)) == {
        "临江市劳动模范", "临江劳模", "临江市级劳模"}  # fmt: skip


def test_a_title_is_settled_only_into_an_entry_one_keeps(
    officer: User, tree: dict[str, Org], sign_in: SignIn
) -> None:
    ours = make_honour(opath=tree["city"].path)
    theirs = make_honour("x", "丁市劳动模范", opath=tree["other_city"].path)
    unknown = UnknownTitle.objects.create(title="劳模奖", title_key="劳模奖", opath=tree["city"].path)

    page = sign_in(officer).get(reverse("honours:work_titles")).content.decode()

    assert [f'<option value="{each.pk}">' in page for each in (ours, theirs)] == [True, False]
    assert refusal_of(settle_title, unknown, honour=theirs, by=officer) == "no_permission"
    assert honour_titled("劳模奖") is None


def test_a_new_local_honour_belongs_to_the_office_that_adds_it(
    officer: User, nation: User, tree: dict[str, Org]
) -> None:
    ours = add_honour(**CRAFTSMAN, level=Level.CITY, org=tree["city"], by=officer)
    below = add_honour(code="county", title="县区工匠", level=Level.COUNTY, granter="县总工会",
                       org=tree["county"], by=officer)  # fmt: skip
    shared = add_honour(code="nation", title="全国某奖", level=Level.NATIONAL, granter="国家",
                        org=tree["city"], by=nation)  # fmt: skip
    at_root = add_honour(code="root", title="各市某奖", level=Level.CITY, granter="各市",
                         org=tree["national"], by=nation)  # fmt: skip

    assert [each.opath for each in (ours, below, shared, at_root)] == [
        tree["city"].path, tree["county"].path, "", ""]  # fmt: skip
    assert list(Honour.objects.kept_by(officer).order_by("pk")) == [ours, below]
    assert Honour.objects.kept_by(nation).count() == 4


def test_nobody_adds_an_honour_for_another_office_or_for_the_nation_from_a_city(
    officer: User, tree: dict[str, Org]
) -> None:
    elsewhere = refusal_of(add_honour, **CRAFTSMAN, level="city", org=tree["other_city"], by=officer)
    nobodys = refusal_of(add_honour, **CRAFTSMAN, level="city", by=officer)
    too_high = refusal_of(add_honour, **CRAFTSMAN, level="province", org=tree["city"], by=officer)

    assert (elsewhere, nobodys, too_high) == ("no_permission", "keeper_missing", "level_not_yours")
    assert Honour.objects.count() == 0


def test_the_database_places_only_local_honours(tree: dict[str, Org]) -> None:
    with pytest.raises(IntegrityError, match="honour_only_local_placed"):
        make_honour("nation", "全国某奖", level=Level.NATIONAL, opath=tree["city"].path)


def test_entries_go_with_their_office_when_it_moves_or_is_merged(tree: dict[str, Org]) -> None:
    kept = make_honour(opath=tree["other_city"].path)
    shared = make_honour("shared", "各市某奖")
    root = tree["national"].path

    jobs.follow_merged_org.call(from_uid=tree["other_city"].uid, into_uid=tree["city"].uid)
    jobs.follow_moved_org.call(old_path=tree["city"].path, new_path=f"{root}00090001")

    kept.refresh_from_db()
    shared.refresh_from_db()
    assert (kept.opath, shared.opath) == (f"{root}00090001", "")


class TestRevising:
    """An entry written anew, with its history."""

    def test_the_old_title_stays_a_name_and_what_was_conferred_keeps_its_words(
        self, officer: User, tree: dict[str, Org]
    ) -> None:
        honour = make_honour(title="临江市劳动摸范", opath=tree["city"].path)
        held = make_conferral(PersonFactory(), honour, 2024)

        revise_honour(honour, title="临江市劳动模范", bonus_fen=300_000, reason=REASON, by=officer)

        honour.refresh_from_db()
        held.refresh_from_db()
        correction = Correction.objects.get()
        assert (honour.title, honour.bonus_fen) == ("临江市劳动模范", 300_000)
        assert [honour_titled(name) for name in ("临江市劳动摸范", "临江市劳动模范")] == [honour] * 2
        assert held.printed_title == "临江市劳动摸范"
        assert correction.changes == [
            ["title", "临江市劳动摸范", "临江市劳动模范"], ["bonus_fen", None, 300_000]]  # fmt: skip
        assert (correction.reason, correction.corrected_by) == (REASON, "许青禾")
        told = Event.objects.get(name="honours.honour_revised")
        assert told.payload["fields"] == ["title", "bonus_fen"]

    def test_what_cannot_be_is_refused_and_changes_nothing(self, officer: User, tree: dict[str, Org]) -> None:
        honour = make_honour(opath=tree["city"].path)
        make_honour("other", "临江工匠")
        make_conferral(PersonFactory(), honour, 2024)
        tries = (
            ({"title": "临江工匠"}, "title_taken"),
            ({"title": " "}, "name_missing"),
            ({"granter": ""}, "name_missing"),
            ({"level": "province"}, "level_not_yours"),
            ({"level": "county"}, "fixed_by_use"),
            ({"kind": "collective"}, "fixed_by_use"),
            ({"family": "medal"}, "fixed_by_use"),
            ({"title": "临江市劳动模范"}, "unchanged"),
            ({"title": "新名称", "org": tree["other_city"]}, "keeper_not_yours"),
        )

        found = [refusal_of(revise_honour, honour, reason=REASON, by=officer, **each) for each, _ in tries]
        short = refusal_of(revise_honour, honour, title="新名称", reason="错字", by=officer)

        honour.refresh_from_db()
        assert found == [code for _, code in tries]
        assert (short, honour.title, Correction.objects.count()) == ("reason_missing", "临江市劳动模范", 0)

    def test_an_unused_entry_takes_another_level_and_line_and_its_edges_follow(self) -> None:
        load_catalogue(by=SYSTEM)
        medal = add_honour(
            code="new", title="某省奖章", level="province", granter="某省", family="medal", by=SYSTEM
        )
        before = medal.opens.count()

        revise_honour(medal, family="", level="city", reason=REASON, by=SYSTEM)

        medal.refresh_from_db()
        assert before > 0
        assert (medal.level, medal.opens.count(), medal.prerequisites.count()) == ("city", 0, 0)

    def test_an_entry_is_handed_to_an_office_and_back(self, nation: User, tree: dict[str, Org]) -> None:
        honour = make_honour()

        revise_honour(honour, org=tree["city"], reason=REASON, by=nation)
        below = honour.opath
        revise_honour(honour, org=tree["national"], reason=REASON, by=nation)

        assert (below, honour.opath) == (tree["city"].path, "")

    def test_an_update_of_the_shipped_table_leaves_what_was_revised_here(self) -> None:
        load_catalogue(by=SYSTEM)
        honour = Honour.objects.get(title="全国劳动模范")
        shipped = honour.granter_en
        revise_honour(honour, criteria="本地补充的条件。", reason=REASON, by=SYSTEM)
        Honour.objects.filter(pk=honour.pk).update(granter_en="changed behind our back")

        written = load_catalogue(by=SYSTEM)

        honour.refresh_from_db()
        assert (written, honour.criteria, honour.granter_en) == (1, "本地补充的条件。", shipped)
