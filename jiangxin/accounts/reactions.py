"""What accounts does when others announce: mail notices, tell officers of claims, tell users of their rights."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.actions import mail_notice, notify
from jiangxin.accounts.models import RecordClaim, User
from jiangxin.accounts.queries import role_label, users_with
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, on
from jiangxin.kernel.text.sayings import say
from jiangxin.people.models import RightsRequest

SYSTEM = SystemActor("accounts")


@on("accounts.notice_sent")
def mail_what_was_noticed(event: Event) -> None:
    """Send a notice by mail to those who want it."""
    mail_notice(event.payload["notice"], by=SYSTEM)


@on("accounts.claim_made")
def tell_officers_of_claim(event: Event) -> None:
    """Ask the officers of the record's union to check a claim."""
    if not RecordClaim.objects.filter(uid=event.payload["claim"], state="proposed").exists():
        return
    notify(
        users_with("accounts.decide_claim", event.payload["opath"]),
        kind="accounts.claim_made",
        title=_("有职工认领档案，请核对"),
        body=_("一位用户提交了与档案一致的身份证号，请核对是否本人。"),
        link=reverse("accounts:claims"),
        dedupe_key=f"claim:{event.payload['claim']}",
        by=SYSTEM,
    )


@on("accounts.grant_given", "accounts.grant_ended")
def tell_user_of_grant(event: Event) -> None:
    """Tell the user that a role was given or ended."""
    role = role_label(event.payload["role"])
    given = event.name == "accounts.grant_given"
    notify(
        User.objects.active().filter(pk=event.payload["user"]),
        kind=event.name,
        title=say(_("您获得了角色“%(role)s”") if given else _("您的角色“%(role)s”已结束"), role=role),
        link=reverse("accounts:account"),
        dedupe_key=f"{event.name}:{event.object_id}",
        by=SYSTEM,
    )


@on("accounts.password_changed", "accounts.person_linked")
def tell_user_of_change(event: Event) -> None:
    """Tell the user of a change to the own account, so that a foreign hand is noticed."""
    changed = event.name == "accounts.password_changed"
    notify(
        User.objects.active().filter(uid=event.object_id),
        kind=event.name,
        title=_("您的密码已修改") if changed else _("您的账号已关联职工档案"),
        body=_("如果不是您本人操作，请立即联系所属工会。"),
        link=reverse("accounts:account"),
        dedupe_key=f"{event.name}:{event.pk}",
        by=SYSTEM,
    )


@on("people.dispute_answered")
def tell_worker_of_answer(event: Event) -> None:
    """Tell the worker that the union answered what they disputed."""
    notify(
        User.objects.active().filter(person__uid=event.payload["person"]),
        kind=event.name,
        title=_("工会答复了您的异议"),
        link=reverse("people:passport"),
        dedupe_key=f"dispute:{event.payload['uid']}",
        by=SYSTEM,
    )


@on("people.right_answered")
def tell_worker_of_decision(event: Event) -> None:
    """Tell the worker what became of a request about the whole record; who was erased has no account any more."""
    asked = RightsRequest.objects.filter(uid=event.payload["uid"])
    notify(
        User.objects.active().filter(person__in=asked.values("person")),
        kind=event.name,
        title=_("工会答复了您对档案的请求"),
        link=reverse("people:rights"),
        dedupe_key=f"right:{event.payload['uid']}",
        by=SYSTEM,
    )
