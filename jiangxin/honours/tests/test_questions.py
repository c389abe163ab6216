"""Questions that pages seldom ask: corrections in words, files that cannot be read, who decides, where reactions lead."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours import reactions
from jiangxin.honours.actions import open_rechecks, pass_recheck, revise_honour, revoke_conferral
from jiangxin.honours.models import CascadeProposal, Conferral, Correction, Credential, Recheck
from jiangxin.honours.queries.correcting import corrections_by, corrections_of, shown_changes
from jiangxin.honours.queries.effects import effects_of_revoking
from jiangxin.honours.queries.proving import read_bundle, verify_file
from jiangxin.honours.queries.successors import successor_of
from jiangxin.honours.queries.work import count_proposals, count_rechecks, proposals_for, standing_by_year
from jiangxin.honours.sheets import HONOURS_SHEET
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.honours.views.sections import own_copy
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.jobs import drain
from jiangxin.orgs.actions import merge_org, move_org
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，登记时看错了一行。"


class TestCorrectionsInWords:
    """Plain values of the history, in the reader's language."""

    CHANGES = {
        "honour": ["city-model", "gone"],
        "bonus_fen": [None, 300_050],
        "conferred_on": ["2024-04-28", None],
        "pot": ["", "special"],
        "year": [2024, 2023],
    }

    def test_values_are_told_as_readers_know_them(self) -> None:
        make_honour()

        told = [(each.label, each.old, each.new) for each in shown_changes(Conferral, self.CHANGES)]

        assert told == [
            ("荣誉", "临江市劳动模范", "gone"),
            ("奖金", "", "¥3,000.50"),
            ("授予日期", "2024年4月28日", ""),
            ("名额", "", "单列"),
            ("年份", "2024", "2023"),
        ]

    def test_in_english_too(self) -> None:
        make_honour()

        with translation.override("en"):
            told = [(each.label, each.old) for each in shown_changes(Conferral, self.CHANGES)][:3]

        assert told == [
            ("Honour", "Linjiang Model Worker (临江市劳动模范)"), ("Bonus", ""), ("Date of conferral", "28 April 2024")]  # fmt: skip

    def test_the_keeper_the_lines_of_treatment_and_yes_and_no(self, tree: dict[str, Org]) -> None:
        honour = make_honour(treatment=["疗休养"])

        revise_honour(
            honour,
            org=tree["city"],
            treatment=["疗休养", "每月津贴"],
            is_current=False,
            reason=REASON,
            by=SYSTEM,
        )

        (made,) = corrections_of(honour)
        assert {each.label: (each.old, each.new) for each in made.changes} == {
            "待遇": ("疗休养", "疗休养；每月津贴"),
            "现行": ("是", "否"),
            "由谁维护": ("全国总工会", "临江市总工会"),
        }
        assert str(made.correction) == "临江市劳动模范"

    def test_nothing_asked_is_nothing_found(self) -> None:
        assert (corrections_by([]), Correction.objects.count()) == ({}, 0)


class TestFiles:
    """What is read from files by hand."""

    @pytest.mark.parametrize("text", ["[]", "{", "{}"])
    def test_a_file_that_is_no_bundle_is_refused_by_name(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "bundle.json"
        path.write_text(text, encoding="utf-8")

        with pytest.raises(ValueError, match=r"bundle\.json"):
            read_bundle(path)

    @pytest.mark.parametrize("text", ["[]", "{"])
    def test_a_file_that_is_no_status_list_is_refused_by_name(
        self, tmp_path: Path, credential: Credential, text: str
    ) -> None:
        file, listed = tmp_path / "c.json", tmp_path / "list.json"
        file.write_text(credential.document, encoding="utf-8")
        listed.write_text(text, encoding="utf-8")

        with pytest.raises(ValueError, match=r"list\.json"):
            verify_file(file, lists=(listed,))
        assert verify_file(file)[0] == 0


class TestSuccessors:
    """What is kept of a replaced credential may be less than was signed."""

    def test_without_a_later_one_nothing_took_its_place(self, credential: Credential) -> None:
        credential.state = "replaced"

        assert successor_of(credential) is None

    def test_what_is_kept_differently_is_not_led_on(self, credential: Credential, tmp_path: Path) -> None:
        file = tmp_path / "c.json"
        file.write_text(credential.document, encoding="utf-8")
        revoke_conferral(credential.conferral, grounds="false_deeds", reason=REASON, by=SYSTEM)
        other = {**json.loads(credential.document), "name": "别的"}
        Credential.objects.filter(pk=credential.pk).update(document=json.dumps(other), state="replaced")

        assert verify_file(file)[1].code == "revoked"


class TestDeciders:
    """Who is asked, as a condition of the database."""

    def test_nobody_decides_on_their_own_honour(self, tree: dict[str, Org]) -> None:
        city, province, _nation = make_ladder()
        person = PersonFactory(org=tree["enterprise"])
        officer = accounts.make_officer("province_officer", tree["province"], username="own", person=person)
        other = accounts.make_officer("province_officer", tree["province"], username="other")
        lower, upper = make_conferral(person, city, 2020), make_conferral(person, province, 2022)
        revoke_conferral(lower, grounds="false_deeds", reason=REASON, by=SYSTEM)

        assert [count_proposals(each) for each in (officer, other)] == [0, 1]
        assert proposals_for(other).get().conferral == upper
        assert CascadeProposal.objects.get().opath == upper.opath

    def test_rechecks_wait_until_they_are_answered(self, conferral: Conferral, officer: User) -> None:
        open_rechecks(year=2026, by=SYSTEM)
        before = count_rechecks(officer)

        pass_recheck(Recheck.objects.get(), by=officer)

        assert (before, count_rechecks(officer)) == (1, 0)
        assert standing_by_year() == [(2024, 1)]


def test_effects_name_the_highest_honour_that_is_left(tree: dict[str, Org]) -> None:
    team = make_collective(opath=tree["city"].path)
    lower = make_honour("both", "临江最美集体", kind="both")
    upper = make_honour("upper", "江州最美集体", kind="both", rank=40, medal="奖牌", certificate="证书")
    first, second = make_conferral(team, lower, 2020), make_conferral(team, upper, 2022)

    effects = effects_of_revoking(second)

    assert (effects.things, effects.highest_now, effects.highest_then) == ("奖牌、证书", second, first)


def test_what_follows_the_tree_is_done_by_jobs(conferral: Conferral, tree: dict[str, Org]) -> None:
    team = make_collective(org=tree["other_city"], opath=tree["other_city"].path)
    moved = move_org(tree["county"], parent=tree["other_city"], by=SYSTEM)
    reactions.follow_moved_org(Event.objects.get(name="orgs.org_moved"))
    merge_org(tree["other_city"], into=tree["city"], by=SYSTEM)
    reactions.follow_merged_org(Event.objects.get(name="orgs.org_merged"))

    drain()

    team.refresh_from_db()
    conferral.refresh_from_db()
    moved.refresh_from_db()
    assert team.opath == tree["city"].path
    assert conferral.opath.startswith(moved.path)


def test_the_own_copy_stands_beside_the_copy_of_everything() -> None:
    assert own_copy(PersonFactory(), SYSTEM) == {"url": "/me/credentials/passport.pdf"}


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("year", "2024年", 2024),
        ("list_complete", "是", True),
        ("list_complete", "节录", False),
        ("entity", "集体", True),
        ("status", "公示", True),
    ],
)
def test_cells_of_the_sheet_are_read_as_people_write_them(column: str, text: str, value: object) -> None:
    found = next(each for each in HONOURS_SHEET.columns if each.name == column)

    assert found.clean is not None
    assert found.clean(text) == value


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("year", "去年"),
        ("year", "1800"),
        ("list_complete", "也许"),
        ("entity", "猫"),
        ("status", "想要"),
        ("source_url", "ftp"),
    ],
)
def test_cells_that_cannot_be_read_are_refused(column: str, text: str) -> None:
    found = next(each for each in HONOURS_SHEET.columns if each.name == column)

    assert found.clean is not None
    with pytest.raises(Refused):
        found.clean(text)
