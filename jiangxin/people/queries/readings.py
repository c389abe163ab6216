"""Who looked at a worker's record: the readings of protected fields, for the worker to see."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.events import Event, EventKind
from jiangxin.people.models import Person

FIELD_TITLES: dict[str, Label] = {
    "id_number": _("身份证号"),
    "phone": _("电话"),
    "email": _("邮箱"),
    "birth_on": _("出生日期"),
    "ethnic": _("民族"),
    "political_status": _("政治面貌"),
    "record": _("完整档案"),
    "list": _("名单导出"),
}


@dataclass(frozen=True)
class Reading:
    """Somebody saw a protected field of the record."""

    at: datetime.datetime
    who: str
    field: str
    reason: str

    @property
    def title(self) -> str:
        """What was read, in words."""
        return str(FIELD_TITLES.get(self.field, self.field))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for an export."""
        read = {"field": self.field, "field_name": self.title}
        return {"at": self.at.isoformat(), "who": self.who, **read, "reason": self.reason}


def who_did(event: Event) -> str:
    """The name of whoever did it, for the worker: which part of the house did is nobody's business."""
    return gettext("系统") if event.actor.startswith("system:") else event.actor_label


def who_looked(person: Person, *, limit: int = 200) -> list[Reading]:
    """The latest readings of this worker's record and of records linked to it, latest first."""
    uids = Person.objects.group_of(person).values_list("uid", flat=True)
    events = Event.objects.filter(
        kind=EventKind.READING, object_type=Person._meta.label_lower, object_id__in=list(uids)
    ).order_by("-id")[:limit]
    return [
        Reading(event.at, who_did(event), str(event.payload.get("field", "")), event.reason)
        for event in events
    ]
