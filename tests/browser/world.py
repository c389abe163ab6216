"""The pages of the house in the demo world: who opens which address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jiangxin.accounts.models import Grant, Notice, User
from jiangxin.accounts.tests.factories import make_officer
from jiangxin.honours.actions import (
    add_collective,
    begin_issuing,
    confer_honour,
    issue_credential,
    revoke_conferral,
)
from jiangxin.honours.models import (
    CascadeProposal,
    Collective,
    Conferral,
    Credential,
    Honour,
    HonourList,
    Recheck,
    Revocation,
)
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.sheets.jobs import check_import
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.orgs.actions import rename_org
from jiangxin.orgs.models import Employer, Org, OrgChange
from jiangxin.people.actions import add_person, add_to_passport, ask_right, correct_entry, open_dispute
from jiangxin.people.jobs import propose_links
from jiangxin.people.models import (
    Dispute,
    Employment,
    LinkProposal,
    PassportEntry,
    Person,
    RightsRequest,
)
from tests.cast import CITY_OFFICER, DECIDER, WELDER, signed_in
from tests.cast import TEAM_LEADER as LEADER

SYSTEM = SystemActor("test")
VISITOR = ""
TWICE_TOLD = "带徒十二人"
AUDITOR, OPERATOR = "songjianshan", "suzhixing"


@dataclass(frozen=True)
class Place:
    """One address, its name in the table of addresses, who opens it, the status it answers with."""

    name: str
    address: str
    who: str = VISITOR
    status: int = 200


def furnish() -> None:
    """What the small demo world leaves out, so that every list holds something."""
    welder = User.objects.get(username=WELDER)
    officer = User.objects.get(username=CITY_OFFICER)
    conferral = Conferral.objects.filter(person=welder.person).order_by("pk").first()
    issue_credential(conferral, by=SYSTEM)
    entry = PassportEntry.objects.filter(person=welder.person).order_by("pk").first()
    open_dispute(welder.person, kind="wrong", text="年份应为 2021 年", entry=entry, by=welder)
    ask_right(welder.person, kind="erase", text="我不再需要这份档案。", by=welder)
    told = add_to_passport(welder.person, kind="people.milestone", title="带徒十人", year=2018, by=SYSTEM)
    correct_entry(told, title=TWICE_TOLD, year=2019, reason="与师徒协议核对", by=officer)
    Notice.objects.create(
        user=officer, title="有一条线索等您认定", body="请到同一人线索查看。", link="/work/links/"
    )
    Recheck.objects.create(conferral=conferral, year=2025)
    HonourList.objects.create(title="2024 年市级表彰名单（演示）", year=2024, opath=officer.org.path)
    make_officer("audit_admin", Org.objects.get(depth=1), AUDITOR, display_name="宋见山", is_persona=True)
    make_officer("system_admin", Org.objects.get(depth=1), OPERATOR, display_name="苏知行", is_persona=True)
    _furnish_decisions(welder, officer)
    _bring_in_a_file()


def _furnish_decisions(welder: User, officer: User) -> None:
    """Two records of one name, a renamed union, a lower honour revoked under a higher one."""
    unit = {"unit_text": welder.person.unit_text, "post_text": welder.person.post_text}
    twin = add_person(name=welder.person.name, sex="female", org=officer.org, by=SYSTEM, **unit)
    propose_links.call(ids=[twin.pk])
    union = Org.objects.filter(parent=officer.org).order_by("pk").first()
    rename_org(union, name=f"{union.name}（新）", by=SYSTEM)
    leader = User.objects.get(username=LEADER).person
    lower = Conferral.objects.filter(person=leader, honour__level="province").first()
    Conferral.objects.filter(pk=lower.pk).update(bonus_fen=500_000)
    lower.refresh_from_db()
    revoke_conferral(lower, grounds="procedure", reason="评选程序存在严重违规", by=SYSTEM)


def _bring_in_a_file() -> None:
    """A list that an officer sent in, checked and waiting to be decided on."""
    lines = (
        "名单名称,姓名,荣誉,年份,单位",
        "2024 年名单,周小山,市级劳动模范（演示）,2024,宏远重工",
        "2024 年名单,,未知荣誉,20x4,",
    )
    file = SimpleUploadedFile("名单.csv", "\n".join(lines).encode("utf-8"), "text/csv")
    answer = signed_in(CITY_OFFICER).post(
        reverse("sheets:upload"), {"sheet": "honours", "scope": "0", "file": file}
    )
    assert answer.status_code == 302
    check_import.call(run_uid=ImportRun.objects.get().uid)


WITHOUT_SCREEN = {
    *(
        "set_language",
        "http:healthz",
        "insights:robots",
        "insights:register_export",
        "insights:statistics_export",
        "insights:statistics_picture",
    ),
    *("honours:bundle", "honours:credential", "honours:issuer", "honours:issuer_did", "honours:status"),
    *("honours:my_passport", "honours:my_document", "honours:my_certificate", "honours:my_card"),
    *("honours:work_task_part", "honours:work_task_cancel", "honours:work_task_file", "honours:work_batch"),
    *(
        "honours:work_replace",
        "honours:work_certificate",
        "people:my_export",
        "people:work_export",
        "orgs:branches",
    ),
    *("http:export_log", "http:end_token", "jobs:revive_job", "jobs:revive_reaction"),
    *("ui:keep_filter", "ui:forget_filter"),
    *("sheets:blank", "sheets:progress", "sheets:lines", "sheets:decide", "sheets:cancel", "sheets:undo"),
}
"""Files, parts of pages, and addresses that only take a form."""

LOOKED_AT_ELSEWHERE = ("accounts:", "account_", "mfa_", "usersessions_", "ui:gallery", "api-")
"""Pages that tests/browser/test_accounts.py and test_gallery.py open."""


def forgotten(known: set[str], opened: set[str]) -> list[str]:
    """Addresses with a screen that nobody looks at."""
    return sorted(
        name for name in known - opened - WITHOUT_SCREEN if not name.startswith(LOOKED_AT_ELSEWHERE)
    )


def places() -> list[Place]:
    """Every page that answers with a screen."""
    return [
        *_public(),
        *_own(),
        *_work_people(),
        *_work_orgs(),
        *_work_honours(),
        *_work_accounts(),
        *_imports(),
        *_engine_room(),
    ]


def _at(name: str, *args: object, who: str = VISITOR, query: str = "", status: int = 200) -> Place:
    return Place(name, reverse(name, args=args) + query, who, status)


def _public() -> list[Place]:
    person = User.objects.get(username=WELDER).person
    honour = Honour.objects.filter(conferrals__isnull=False).order_by("rank").first()
    credential = Credential.objects.first()
    return [
        _at("insights:home"),
        _at("insights:register"),
        _at("insights:register", query="?q=%E6%9E%97&more=year"),
        _at("insights:register", query="?region=2302"),
        _at("insights:register", query="?q=nobody"),
        _at("insights:register", query="?year=x"),
        _at("insights:register", query="?after=x", status=400),
        _at("insights:statistics"),
        _at("insights:statistics", query="?level=province"),
        _at("people:person", person.uid),
        _at("people:person", "0" * 26, status=404),
        _at("honours:catalogue"),
        _at("honours:honour", honour.code),
        _at("honours:collective", _honoured_team().uid),
        _at("honours:verify"),
        _at("honours:verify_credential", credential.uid),
        _at("orgs:regions"),
        _at("orgs:region", "230000"),
        _at("ui:modes"),
        _at("accounts:demo"),
        _at("account_login"),
    ]


def _honoured_team() -> Collective:
    officer = User.objects.get(username=CITY_OFFICER)
    team = add_collective(
        name="宏远重工焊接一班", unit_text="宏远重工集团有限公司", org=officer.org, by=SYSTEM
    )
    if not team.conferrals.exists():
        pioneer = Honour.objects.get(code="national-worker-pioneer")
        confer_honour(team, honour=pioneer, year=2024, by=SYSTEM)
    return team


def _own() -> list[Place]:
    welder = User.objects.get(username=WELDER)
    entry = PassportEntry.objects.filter(person=welder.person).order_by("pk").first()
    return [
        _at("people:passport", who=WELDER),
        _at("people:entry", entry.uid, who=WELDER),
        _at("people:consents", who=WELDER),
        _at("people:looks", who=WELDER),
        _at("people:rights", who=WELDER),
        _at("people:ask_right", "erase", who=WELDER),
        _at("people:receipt", RightsRequest.objects.order_by("pk").first().uid),
        _at("honours:my_credentials", who=WELDER),
        _at("accounts:account", who=WELDER),
        _at("accounts:inbox", who=WELDER),
        _at("http:tokens", who=WELDER),
        _at("http:make_token", who=WELDER),
        _at("insights:work", who=WELDER, status=404),
    ]


def _work_people() -> list[Place]:
    officer = User.objects.get(username=CITY_OFFICER)
    person = (
        Person.objects.visible_to(officer)
        .filter(canonical__isnull=True, is_public=True)
        .order_by("pk")
        .first()
    )
    link = LinkProposal.objects.waiting().filter(opath__startswith=officer.org.path).first()
    dispute = Dispute.objects.first()
    with_person = ("work_person", "work_edit", "work_employment", "work_skill", "work_entry", "work_standing")
    return [
        _at("insights:work", who=CITY_OFFICER),
        _at("people:work_people", who=CITY_OFFICER),
        _at("people:work_people", who=CITY_OFFICER, query="?q=%E6%9E%97"),
        _at("people:work_people", who=CITY_OFFICER, query="?q=nobody"),
        _at("people:work_add", who=CITY_OFFICER),
        *[_at(f"people:{name}", person.uid, who=CITY_OFFICER) for name in with_person],
        _at("people:work_reveal", person.uid, "id_number", who=CITY_OFFICER),
        *_mending(),
        _at("people:work_links", who=CITY_OFFICER),
        *([_at("people:work_link", link.uid, who=CITY_OFFICER)] if link else []),
        _at("people:work_disputes", who=CITY_OFFICER),
        _at("people:work_dispute", dispute.uid, who=CITY_OFFICER),
    ]


def _mending() -> list[Place]:
    welder = User.objects.get(username=WELDER).person
    asked = RightsRequest.objects.order_by("pk").first()
    entry = PassportEntry.objects.get(person=welder, title=TWICE_TOLD, corrections__isnull=True)
    spell = Employment.objects.filter(person=welder).order_by("pk").first()
    twin = Person.objects.filter(name=welder.name).exclude(pk=welder.pk).order_by("-pk").first()
    link = reverse("people:work_propose_link", args=[welder.uid])
    return [
        _at("people:work_fact", welder.uid, entry.uid, who=CITY_OFFICER),
        _at("people:work_correct_entry", welder.uid, entry.uid, who=CITY_OFFICER),
        _at("people:work_withdraw_entry", welder.uid, entry.uid, who=CITY_OFFICER),
        _at("people:work_edit_spell", welder.uid, spell.pk, who=CITY_OFFICER),
        _at("people:work_end_spell", welder.uid, spell.pk, who=CITY_OFFICER),
        _at("people:work_request", welder.uid, who=CITY_OFFICER),
        _at("people:work_rights", who=CITY_OFFICER),
        _at("people:work_right", asked.uid, who=CITY_OFFICER),
        Place("people:work_propose_link", link, CITY_OFFICER),
        Place("people:work_propose_link", f"{link}?other={twin.uid}", CITY_OFFICER),
    ]


def _work_orgs() -> list[Place]:
    officer = User.objects.get(username=CITY_OFFICER)
    org = Org.objects.under(officer.org.path).filter(kind="county").order_by("pk").first()
    employer = Employer.objects.filter(opath__startswith=officer.org.path).order_by("pk").first()
    with_org = ("org", "tree_at", "add", "edit", "rename", "move", "merge", "split", "close", "add_employer")
    change = OrgChange.objects.order_by("-pk").first()
    return [
        _at("orgs:orgs", who=CITY_OFFICER),
        _at("orgs:tree", who=CITY_OFFICER),
        *[_at(f"orgs:{name}", org.uid, who=CITY_OFFICER) for name in with_org],
        _at("orgs:employers", who=CITY_OFFICER),
        *[
            _at(f"orgs:{name}", employer.uid, who=CITY_OFFICER)
            for name in ("employer", "edit_employer", "employer_name")
        ],
        *([_at("orgs:undo", change.uid, who=DECIDER)] if change else []),
    ]


def _work_honours() -> list[Place]:
    officer = User.objects.get(username=CITY_OFFICER)
    welder = User.objects.get(username=WELDER)
    held = Conferral.objects.filter(person=welder.person, honour__level="city").first()
    proposal = CascadeProposal.objects.filter(state="proposed").first()
    recheck = Recheck.objects.order_by("-pk").first()
    honour_list = HonourList.objects.order_by("-pk").first()
    return [
        _at("honours:work_honours", who=CITY_OFFICER),
        _at("honours:work_confer", who=CITY_OFFICER, query=f"?person={welder.person.uid}"),
        _at("honours:work_proposals", who=DECIDER),
        *([_at("honours:work_proposal", proposal.uid, who=DECIDER)] if proposal else []),
        _at("honours:work_rechecks", who=officer.username),
        _at("honours:work_recheck", recheck.uid, who=CITY_OFFICER),
        _at("honours:work_lists", who=CITY_OFFICER),
        _at("honours:work_list", honour_list.uid, who=CITY_OFFICER),
        _at("honours:work_titles", who=CITY_OFFICER),
        _at("honours:work_conferral", held.uid, who=CITY_OFFICER),
        _at("honours:work_revoke", held.uid, who=CITY_OFFICER),
        *_work_signing(held),
        *_work_afterwards(),
    ]


def _work_signing(held: Conferral) -> list[Place]:
    key = held.credentials.get(state="valid").key
    task = begin_issuing(conferrals=[held.pk], by=User.objects.get(username=CITY_OFFICER))
    return [
        _at("honours:work_printed", who=CITY_OFFICER),
        _at("honours:work_tasks", who=CITY_OFFICER),
        _at("honours:work_task", task.uid, who=CITY_OFFICER),
        _at("honours:work_issuers", who=CITY_OFFICER),
        _at("honours:work_issuer", key.issuer.uid, who=OPERATOR),
        _at("honours:work_rotate", key.issuer.uid, who=OPERATOR),
        _at("honours:work_withdraw", key.issuer.uid, key.pk, who=OPERATOR),
    ]


def _work_afterwards() -> list[Place]:
    revocation = Revocation.objects.filter(return_ended_at__isnull=True).order_by("-pk").first()
    held = revocation.conferral
    return [
        _at("honours:work_returns", who=DECIDER),
        _at("honours:work_return", held.uid, who=DECIDER),
        _at("honours:work_letter", held.uid, "decision", who=DECIDER),
        _at("honours:work_letter", held.uid, "return", who=DECIDER),
        _at("honours:work_conferral", held.uid, who=DECIDER),
        _at("honours:work_proposal_letter", revocation.proposals.get().uid, who=DECIDER),
    ]


def _work_accounts() -> list[Place]:
    officer = User.objects.get(username=CITY_OFFICER)
    grant = Grant.objects.filter(org__path__startswith=officer.org.path).exclude(user=officer).first()
    own = Grant.objects.filter(user=officer).first()
    return [
        _at("accounts:inbox", who=CITY_OFFICER),
        _at("accounts:grants", who=CITY_OFFICER),
        _at("accounts:give_grant", who=CITY_OFFICER),
        _at("accounts:end_grant", grant.uid, who=CITY_OFFICER),
        _at("accounts:delegate_grant", own.uid, who=CITY_OFFICER),
        _at("accounts:claims", who=CITY_OFFICER),
    ]


def _imports() -> list[Place]:
    run = ImportRun.objects.get()
    return [
        _at("sheets:imports", who=CITY_OFFICER),
        _at("sheets:upload", who=CITY_OFFICER),
        _at("sheets:run", run.uid, who=CITY_OFFICER),
    ]


def _engine_room() -> list[Place]:
    event = Event.objects.order_by("-pk").first()
    return [
        _at("insights:work", who=AUDITOR),
        _at("http:audit", who=AUDITOR),
        _at("http:audit_entry", event.uid, who=AUDITOR),
        _at("jobs:operations", who=OPERATOR),
        _at("jobs:terms", who=OPERATOR),
    ]
