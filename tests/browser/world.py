"""The pages of the house in the demo world: who opens which address."""

from __future__ import annotations

from jiangxin.accounts.models import User
from jiangxin.honours.actions import add_collective, confer_honour
from jiangxin.honours.models import Collective, Credential, Honour
from jiangxin.kernel.events import Event
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.people.models import PassportEntry, RightsRequest
from tests.browser.place import AUDITOR, OPERATOR, SYSTEM, Place, at
from tests.browser.workbench import work_accounts, work_honours, work_orgs, work_people
from tests.cast import CITY_OFFICER, WELDER

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
        "orgs:export_orgs",
        "orgs:export_employers",
        "orgs:export_part",
        "orgs:export_cancel",
        "orgs:export_file",
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
        *work_people(),
        *work_orgs(),
        *work_honours(),
        *work_accounts(),
        *_imports(),
        *_engine_room(),
    ]


def _public() -> list[Place]:
    person = User.objects.get(username=WELDER).person
    honour = Honour.objects.filter(conferrals__isnull=False).order_by("rank").first()
    credential = Credential.objects.first()
    return [
        at("insights:home"),
        at("insights:register"),
        at("insights:register", query="?q=%E6%9E%97&more=year"),
        at("insights:register", query="?region=2302"),
        at("insights:register", query="?q=nobody"),
        at("insights:register", query="?year=x"),
        at("insights:register", query="?after=x", status=400),
        at("insights:statistics"),
        at("insights:statistics", query="?level=province"),
        at("people:person", person.uid),
        at("people:person", "0" * 26, status=404),
        at("honours:catalogue"),
        at("honours:honour", honour.code),
        at("honours:collective", _honoured_team().uid),
        at("honours:verify"),
        at("honours:verify_credential", credential.uid),
        at("orgs:regions"),
        at("orgs:region", "230000"),
        at("ui:modes"),
        at("accounts:demo"),
        at("account_login"),
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
        at("people:passport", who=WELDER),
        at("people:entry", entry.uid, who=WELDER),
        at("people:consents", who=WELDER),
        at("people:looks", who=WELDER),
        at("people:rights", who=WELDER),
        at("people:ask_right", "erase", who=WELDER),
        at("people:receipt", RightsRequest.objects.order_by("pk").first().uid),
        at("honours:my_credentials", who=WELDER),
        at("accounts:account", who=WELDER),
        at("accounts:inbox", who=WELDER),
        at("http:tokens", who=WELDER),
        at("http:make_token", who=WELDER),
        at("insights:work", who=WELDER, status=404),
    ]


def _imports() -> list[Place]:
    run = ImportRun.objects.get()
    return [
        at("sheets:imports", who=CITY_OFFICER),
        at("sheets:upload", who=CITY_OFFICER),
        at("sheets:run", run.uid, who=CITY_OFFICER),
    ]


def _engine_room() -> list[Place]:
    event = Event.objects.order_by("-pk").first()
    return [
        at("insights:work", who=AUDITOR),
        at("http:audit", who=AUDITOR),
        at("http:audit_entry", event.uid, who=AUDITOR),
        at("jobs:operations", who=OPERATOR),
        at("jobs:terms", who=OPERATOR),
    ]
