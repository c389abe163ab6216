"""The pages of the workbench in the demo world: people, organisations, honours, roles."""

from __future__ import annotations

from django.urls import reverse

from jiangxin.accounts.models import Grant, User
from jiangxin.honours.actions import begin_issuing
from jiangxin.honours.models import CascadeProposal, Conferral, HonourList, Recheck, Revocation
from jiangxin.orgs.actions import begin_export
from jiangxin.orgs.models import Employer, Org, OrgChange
from jiangxin.people.models import Dispute, Employment, LinkProposal, PassportEntry, Person, RightsRequest
from tests.browser.place import OPERATOR, TWICE_TOLD, Place, at
from tests.cast import CITY_OFFICER, DECIDER, WELDER


def work_people() -> list[Place]:
    """Records, requests, proposals and what mends them."""
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
        at("insights:work", who=CITY_OFFICER),
        at("people:work_people", who=CITY_OFFICER),
        at("people:work_people", who=CITY_OFFICER, query="?q=%E6%9E%97"),
        at("people:work_people", who=CITY_OFFICER, query="?q=nobody"),
        at("people:work_add", who=CITY_OFFICER),
        *[at(f"people:{name}", person.uid, who=CITY_OFFICER) for name in with_person],
        at("people:work_reveal", person.uid, "id_number", who=CITY_OFFICER),
        *_mending(),
        at("people:work_links", who=CITY_OFFICER),
        *([at("people:work_link", link.uid, who=CITY_OFFICER)] if link else []),
        at("people:work_disputes", who=CITY_OFFICER),
        at("people:work_dispute", dispute.uid, who=CITY_OFFICER),
    ]


def _mending() -> list[Place]:
    welder = User.objects.get(username=WELDER).person
    asked = RightsRequest.objects.order_by("pk").first()
    entry = PassportEntry.objects.get(person=welder, title=TWICE_TOLD, corrections__isnull=True)
    spell = Employment.objects.filter(person=welder).order_by("pk").first()
    twin = Person.objects.filter(name=welder.name).exclude(pk=welder.pk).order_by("-pk").first()
    link = reverse("people:work_propose_link", args=[welder.uid])
    return [
        at("people:work_fact", welder.uid, entry.uid, who=CITY_OFFICER),
        at("people:work_correct_entry", welder.uid, entry.uid, who=CITY_OFFICER),
        at("people:work_withdraw_entry", welder.uid, entry.uid, who=CITY_OFFICER),
        at("people:work_edit_spell", welder.uid, spell.pk, who=CITY_OFFICER),
        at("people:work_end_spell", welder.uid, spell.pk, who=CITY_OFFICER),
        at("people:work_request", welder.uid, who=CITY_OFFICER),
        at("people:work_rights", who=CITY_OFFICER),
        at("people:work_right", asked.uid, who=CITY_OFFICER),
        Place("people:work_propose_link", link, CITY_OFFICER),
        Place("people:work_propose_link", f"{link}?other={twin.uid}", CITY_OFFICER),
    ]


def work_orgs() -> list[Place]:
    """Unions and employers."""
    officer = User.objects.get(username=CITY_OFFICER)
    org = Org.objects.under(officer.org.path).filter(kind="county").order_by("pk").first()
    employer = Employer.objects.filter(opath__startswith=officer.org.path).order_by("pk").first()
    with_org = ("org", "tree_at", "add", "edit", "rename", "move", "merge", "split", "close", "add_employer")
    change = OrgChange.objects.order_by("-pk").first()
    export = begin_export(what="orgs", wanted={"path": officer.org.path}, count=9_000, by=officer)
    return [
        at("orgs:orgs", who=CITY_OFFICER),
        at("orgs:tree", who=CITY_OFFICER),
        *[at(f"orgs:{name}", org.uid, who=CITY_OFFICER) for name in with_org],
        at("orgs:exports", who=CITY_OFFICER),
        at("orgs:export", export.uid, who=CITY_OFFICER),
        at("orgs:employers", who=CITY_OFFICER),
        *[
            at(f"orgs:{name}", employer.uid, who=CITY_OFFICER)
            for name in ("employer", "edit_employer", "employer_name")
        ],
        *([at("orgs:undo", change.uid, who=DECIDER)] if change else []),
    ]


def work_honours() -> list[Place]:
    """Honours, lists, signing, and what follows a revocation."""
    officer = User.objects.get(username=CITY_OFFICER)
    welder = User.objects.get(username=WELDER)
    held = Conferral.objects.filter(person=welder.person, honour__level="city").first()
    proposal = CascadeProposal.objects.filter(state="proposed").first()
    recheck = Recheck.objects.order_by("-pk").first()
    honour_list = HonourList.objects.order_by("-pk").first()
    return [
        at("honours:work_honours", who=CITY_OFFICER),
        at("honours:work_confer", who=CITY_OFFICER, query=f"?person={welder.person.uid}"),
        at("honours:work_confer", who=CITY_OFFICER, query="?q=%E6%9E%97"),
        at("honours:work_proposals", who=DECIDER),
        *([at("honours:work_proposal", proposal.uid, who=DECIDER)] if proposal else []),
        at("honours:work_rechecks", who=officer.username),
        at("honours:work_recheck", recheck.uid, who=CITY_OFFICER),
        at("honours:work_lists", who=CITY_OFFICER),
        at("honours:work_list", honour_list.uid, who=CITY_OFFICER),
        at("honours:work_titles", who=CITY_OFFICER),
        at("honours:work_conferral", held.uid, who=CITY_OFFICER),
        at("honours:work_revoke", held.uid, who=CITY_OFFICER),
        at("honours:work_correct", held.uid, who=CITY_OFFICER),
        at("honours:work_catalogue", who=CITY_OFFICER),
        at("honours:work_entry_add", who=CITY_OFFICER),
        at("honours:work_entry", "demo-city-craftsman", who=CITY_OFFICER),
        *_work_signing(held),
        *_work_afterwards(),
    ]


def _work_signing(held: Conferral) -> list[Place]:
    key = held.credentials.get(state="valid").key
    task = begin_issuing(conferrals=[held.pk], by=User.objects.get(username=CITY_OFFICER))
    return [
        at("honours:work_printed", who=CITY_OFFICER),
        at("honours:work_tasks", who=CITY_OFFICER),
        at("honours:work_task", task.uid, who=CITY_OFFICER),
        at("honours:work_issuers", who=CITY_OFFICER),
        at("honours:work_issuer", key.issuer.uid, who=OPERATOR),
        at("honours:work_rotate", key.issuer.uid, who=OPERATOR),
        at("honours:work_withdraw", key.issuer.uid, key.pk, who=OPERATOR),
    ]


def _work_afterwards() -> list[Place]:
    revocation = Revocation.objects.filter(return_ended_at__isnull=True).order_by("-pk").first()
    held = revocation.conferral
    return [
        at("honours:work_returns", who=DECIDER),
        at("honours:work_return", held.uid, who=DECIDER),
        at("honours:work_letter", held.uid, "decision", who=DECIDER),
        at("honours:work_letter", held.uid, "return", who=DECIDER),
        at("honours:work_conferral", held.uid, who=DECIDER),
        at("honours:work_proposal_letter", revocation.proposals.get().uid, who=DECIDER),
    ]


def work_accounts() -> list[Place]:
    """The inbox and the roles of others."""
    officer = User.objects.get(username=CITY_OFFICER)
    grant = Grant.objects.filter(org__path__startswith=officer.org.path).exclude(user=officer).first()
    own = Grant.objects.filter(user=officer).first()
    return [
        at("accounts:inbox", who=CITY_OFFICER),
        at("accounts:grants", who=CITY_OFFICER),
        at("accounts:give_grant", who=CITY_OFFICER),
        at("accounts:end_grant", grant.uid, who=CITY_OFFICER),
        at("accounts:delegate_grant", own.uid, who=CITY_OFFICER),
        at("accounts:claims", who=CITY_OFFICER),
    ]
