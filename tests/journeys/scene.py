"""One real thing of the cast's city behind every address, so that doors are tried on what exists."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.urls import reverse

from jiangxin.accounts.actions import claim_record, invite_person, notify
from jiangxin.accounts.models import Grant, User
from jiangxin.honours.actions import (
    add_collective,
    begin_printing,
    confer_honour,
    issue_credential,
    open_rechecks,
    revoke_conferral,
)
from jiangxin.honours.jobs import print_batch
from jiangxin.honours.models import CascadeProposal, Collective, Conferral, Credential, Honour, Recheck
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.search import drain
from jiangxin.kernel.sheets.running import import_file
from jiangxin.kernel.ui.actions import keep_filter
from jiangxin.orgs.actions import begin_export, rename_org
from jiangxin.orgs.jobs import write_list
from jiangxin.orgs.models import Org, OrgChange
from jiangxin.people.actions import (
    add_person,
    add_to_passport,
    ask_right,
    correct_person,
    open_dispute,
    propose_link,
)
from jiangxin.people.models import Dispute, Employment, LinkProposal, PassportEntry, Person
from jiangxin.people.tests.factories import invented_number
from tests.cast import CHAIR, CITY_OFFICER, EMPLOYER, TEAM_LEADER, WELDER, persona

SYSTEM = SystemActor("scene")
PHONE, EMAIL = "13904529917", "lin.xiaoman@mail.example"
BIRTH = datetime.date(1991, 5, 21)
ID_NUMBER = invented_number(7, birth_on=BIRTH)
COLLEAGUE, COLLEAGUE_NUMBER = "覃小舟", invented_number(8)
UNION_NAME = "齐齐哈尔宏远重工有限公司工会委员会"


@dataclass
class Scene:
    """What stands behind the addresses: arguments by the name of the address, or of all addresses of its kind."""

    welder: Person
    colleague: Person
    union: Org
    conferral: Conferral
    credential: Credential
    proposal: LinkProposal
    dispute: Dispute
    token: str
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address(self, name: str, wanted: Iterable[str]) -> str:
        """The address of this name with the thing of the scene that belongs there."""
        given = self.arguments.get(name) or self.arguments.get(name.partition(":")[0], {})
        return reverse(name, kwargs={key: given[key] for key in wanted})


def set_scene(folder: Path) -> Scene:
    """Give the cast's city one of everything; returns it with the arguments of every address."""
    welder = _known_welder()
    colleague = _colleague(welder)
    union = _renamed_union(welder)
    conferral = Conferral.objects.get(person=welder, honour__level="city")
    officer = persona(CITY_OFFICER)
    scene = Scene(
        welder=welder,
        colleague=colleague,
        union=union,
        conferral=conferral,
        credential=issue_credential(conferral, by=officer),
        proposal=propose_link(welder, second=colleague, score=61, evidence=[], by=officer),
        dispute=open_dispute(
            welder,
            kind="wrong",
            text="年份印错了。",
            entry=PassportEntry.objects.filter(person=welder).order_by("pk").first(),
            by=persona(WELDER),
        ),
        token=make_token(officer, label="报表", scopes=["register:read", "orgs:read"], by=officer)[1],
    )
    scene.arguments = {**_of_people(scene), **_of_honours(scene), **_of_orgs(scene), **_of_accounts(scene)}
    scene.arguments |= _of_kernel(folder)
    while drain():
        continue
    return scene


def _known_welder() -> Person:
    changes = {
        "id_number": ID_NUMBER,
        "phone": PHONE,
        "email": EMAIL,
        "ethnic": "15",
        "political_status": "01",
    }
    welder = persona(WELDER).person
    assert welder is not None
    return correct_person(welder, changes=changes, by=SYSTEM)


def _colleague(welder: Person) -> Person:
    return add_person(
        name=COLLEAGUE,
        org=welder.org,
        region=welder.region,
        id_number=COLLEAGUE_NUMBER,
        unit_text=welder.unit_text,
        by=SYSTEM,
    )


def _renamed_union(welder: Person) -> Org:
    assert welder.org is not None
    return rename_org(welder.org, name=UNION_NAME, by=persona(CITY_OFFICER))


def _of_people(scene: Scene) -> dict[str, dict[str, Any]]:
    assert scene.dispute.entry is not None
    record = {"uid": scene.welder.uid}
    milestone = add_to_passport(scene.welder, kind="people.milestone", title="带徒十人", year=2021, by=SYSTEM)
    asked = {"uid": ask_right(scene.welder, kind="limit", by=persona(WELDER)).uid}
    fact = {**record, "entry_uid": milestone.uid}
    spell = {**record, "number": Employment.objects.filter(person=scene.welder).order_by("pk")[0].pk}
    return {
        "people": record,
        "people:entry": {"uid": scene.dispute.entry.uid},
        "people:work_reveal": {**record, "field": "phone"},
        **{f"people:{name}": fact for name in ("work_fact", "work_correct_entry", "work_withdraw_entry")},
        **{f"people:{name}": spell for name in ("work_edit_spell", "work_end_spell")},
        "people:work_link": {"uid": scene.proposal.uid},
        "people:work_dispute": {"uid": scene.dispute.uid},
        **{f"people:{name}": asked for name in ("receipt", "work_right")},
        "people:ask_right": {"kind": "erase"},
    }


def _of_honours(scene: Scene) -> dict[str, dict[str, Any]]:
    credential, leader = {"uid": scene.credential.uid}, persona(TEAM_LEADER).person
    lower = Conferral.objects.get(person=leader, honour__level="province")
    lower.bonus_fen = 500_000
    lower.save(update_fields=["bonus_fen"])
    revoke_conferral(lower, grounds="false_deeds", reason="主要事迹经核查不实，予以撤销。", by=SYSTEM)
    open_rechecks(year=2026, by=SYSTEM)
    issuer = scene.credential.key.issuer
    question = CascadeProposal.objects.get(conferral__person=leader).uid
    key, task = {"uid": issuer.uid, "pk": scene.credential.key.pk}, {"uid": _printed(scene)}
    tasks = ("work_task", "work_task_part", "work_task_cancel", "work_task_file")
    own = ("my_document", "my_certificate", "my_card", "verify_credential", "credential")
    return {
        "honours": {"uid": scene.conferral.uid},
        "honours:honour": {"code": scene.conferral.honour.code},
        "honours:work_entry": {"code": "demo-city-craftsman"},
        "honours:collective": {"uid": _honoured_team(scene).uid},
        **{f"honours:{name}": credential for name in own},
        **{f"honours:{name}": {"uid": issuer.uid} for name in ("issuer", "issuer_did")},
        "honours:status": {"uid": scene.credential.revocation_list.uid},
        **{f"honours:{name}": {"uid": question} for name in ("work_proposal", "work_proposal_letter")},
        "honours:work_letter": {"uid": lower.uid, "kind": "decision"},
        "honours:work_return": {"uid": lower.uid},
        **{f"honours:{name}": {"uid": issuer.uid} for name in ("work_issuer", "work_rotate")},
        **{f"honours:{name}": key for name in ("work_withdraw", "work_replace")},
        **{f"honours:{name}": task for name in tasks},
        "honours:work_recheck": {"uid": Recheck.objects.get(conferral=scene.conferral).uid},
        "honours:work_list": {"uid": scene.conferral.honour_list.uid if scene.conferral.honour_list else ""},
    }


def _honoured_team(scene: Scene) -> Collective:
    """A team of the city that holds an honour."""
    team = add_collective(name="宏远重工焊接一班", unit_text="宏远重工", org=scene.union, by=SYSTEM)
    confer_honour(team, honour=Honour.objects.get(code="national-worker-pioneer"), year=2024, by=SYSTEM)
    return team


def _printed(scene: Scene) -> str:
    """The number of a batch of certificates the city's officer has had printed."""
    officer = persona(CITY_OFFICER)
    task = begin_printing(conferrals=[scene.conferral.pk], apart=False, by=officer)
    print_batch.call(task=task.uid, language="", conferrals=[scene.conferral.pk], apart=False)
    return task.uid


def _of_orgs(scene: Scene) -> dict[str, dict[str, Any]]:
    assert scene.union.employer is not None
    names = ("employer", "edit_employer", "employer_name")
    exports, listed = ("export", "export_part", "export_cancel", "export_file"), _listed()
    return {
        "orgs": {"uid": scene.union.uid},
        "orgs:undo": {"uid": OrgChange.objects.get(org=scene.union, kind="renamed").uid},
        **{f"orgs:{name}": {"uid": scene.union.employer.uid} for name in names},
        "orgs:region": {"code": "230200"},
        **{f"orgs:{name}": {"uid": listed} for name in exports},
    }


def _listed() -> str:
    """The number of a long list of organisations the city's officer has had written."""
    officer = persona(CITY_OFFICER)
    task = begin_export(what="orgs", wanted={"path": officer.org.path}, count=1, by=officer)
    write_list.call(task=task.uid, language="", what="orgs", wanted={"path": officer.org.path})
    return task.uid


def _of_accounts(scene: Scene) -> dict[str, dict[str, Any]]:
    chair, employer, welder = persona(CHAIR), persona(EMPLOYER), persona(WELDER)
    claim = claim_record(employer, name=COLLEAGUE, id_number=COLLEAGUE_NUMBER, by=employer)
    assert claim is not None
    notice = notify([welder], kind="scene.note", title="给您的一封信", by=SYSTEM)[0]
    letter = invite_person(scene.colleague, by=chair)
    grant = {"uid": Grant.objects.get(user=chair).uid}
    session = UserSession.objects.create(user=welder, session_key="scene", ip="127.0.0.1", user_agent="scene")
    return {
        "accounts": {"uid": chair.uid},
        **{f"accounts:{name}": grant for name in ("end_grant", "delegate_grant", "hand_over_office")},
        "accounts:end_session": {"session_id": session.pk},
        "accounts:remove_passkey": {"pk": 1},
        "accounts:withdraw_claim": {"uid": claim.uid},
        "accounts:decide_claim": {"uid": claim.uid},
        "accounts:open_invitation": {"secret": letter.secret},
        "accounts:open_notice": {"uid": notice.uid},
        "accounts:invite_person": {"person_uid": scene.colleague.uid},
        "accounts:try_persona": {"username": CHAIR},
    }


def _kept_filter(officer: Any) -> str:
    """Conditions the city's officer keeps under a name."""
    return keep_filter(path="/work/people/", name="在岗", query="state=active", by=officer).uid


def _of_kernel(folder: Path) -> dict[str, dict[str, Any]]:
    officer = persona(CITY_OFFICER)
    assert officer.org is not None
    path = folder / "people.csv"
    path.write_text("姓名,工作单位\n顾见山,宏远重工\n", encoding="utf-8")
    run = import_file(path, sheet="people", by=officer, opath=officer.org.path, dry_run=True)
    return {
        "http:end_token": {"uid": _token_of(officer)},
        "http:audit_entry": {"uid": Event.objects.order_by("pk").values_list("uid", flat=True)[0]},
        "jobs:revive_job": {"pk": "00000000-0000-4000-8000-000000000000"},
        "jobs:revive_reaction": {"pk": 1},
        "sheets": {"uid": run.uid},
        "sheets:blank": {"name": "people", "ending": "csv"},
        "ui:gallery_layout": {"layout": "public"},
        "ui:forget_filter": {"uid": _kept_filter(officer)},
        "api-v1:get_region": {"code": "230200"},
        "insights:statistics_export": {"name": "year"},
        "insights:statistics_picture": {"name": "year"},
    }


def _token_of(officer: User) -> str:
    return ApiToken.objects.get(owner_key=officer.pk).uid
