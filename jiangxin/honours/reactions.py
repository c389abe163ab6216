"""What honours do when others announce something."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.actions import notify
from jiangxin.accounts.models import User
from jiangxin.honours import actions
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, on
from jiangxin.kernel.jobs import registered_jobs
from jiangxin.kernel.text.sayings import say

TREE = SystemActor("tree")
HONOURS = SystemActor("honours")
TOLD = {
    "honours.honour_conferred": _("您获得了“%(title)s”"),
    "honours.conferral_corrected": _("您的“%(title)s”登记内容已更正"),
    "honours.honour_suspended": _("您的“%(title)s”已暂停"),
    "honours.suspension_lifted": _("您的“%(title)s”已恢复"),
    "honours.honour_revoked": _("您的“%(title)s”已撤销"),
}
LED_TO = {"honours.conferral_corrected": "honours:my_credentials"}


def _enqueue(code: str, **arguments: object) -> None:
    registered_jobs()[code].enqueue(**arguments)


@on("orgs.org_moved")
def follow_moved_org(event: Event) -> None:
    """Honours below a moved organisation take its new path."""
    _enqueue(
        "honours.follow_moved_org", old_path=event.payload["old_path"], new_path=event.payload["new_path"]
    )


@on("orgs.org_merged")
def follow_merged_org(event: Event) -> None:
    """Honours of a merged organisation go to the one it was merged into."""
    _enqueue("honours.follow_merged_org", from_uid=event.payload["uid"], into_uid=event.payload["into_uid"])


@on("people.person_placed")
def follow_person(event: Event) -> None:
    """Honours go with the record of their holder."""
    actions.follow_person(person_uid=event.payload["uid"], by=TREE)


@on(*TOLD)
def tell_holder(event: Event) -> None:
    """Tell the holder, where they have an account, what happened to their honour."""
    notify(
        User.objects.active().filter(person__uid=event.payload["person"]),
        kind=event.name,
        title=say(TOLD[event.name], title=event.payload["title"]),
        link=reverse(LED_TO.get(event.name, "people:passport")),
        dedupe_key=f"{event.name}:{event.pk}",
        by=HONOURS,
    )
