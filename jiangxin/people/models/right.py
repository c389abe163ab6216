"""A worker's request about the whole record: limit its use, lift the limit, erase it."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.privacy.fields import EncryptedTextField
from jiangxin.kernel.text.ids import new_uid
from jiangxin.kernel.text.working_days import national_calendar
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import PATH_LENGTH
from jiangxin.people.words import ANSWER_WITHIN, AskedHow, RightKind, RightState


class RightsRequestQuerySet(models.QuerySet["RightsRequest"]):
    """Ways to narrow requests."""

    def waiting(self) -> Self:
        """Requests nobody has decided."""
        return self.filter(state=RightState.OPEN)


class RightsRequest(models.Model):
    """What the worker asks, how it came in, who decided, and what the law made us keep.

    The number is the receipt by which the outcome is found when the account is gone.
    """

    uid = models.CharField(_("受理编号"), max_length=26, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="rights_requests", verbose_name=_("职工")
    )
    kind = models.CharField(_("请求"), max_length=6, choices=RightKind)
    text = EncryptedTextField(_("说明"), blank=True, default="")
    asked_how = models.CharField(_("提出方式"), max_length=6, choices=AskedHow, default=AskedHow.SELF)
    asked_by = models.CharField(_("登记人"), max_length=60)
    state = models.CharField(_("状态"), max_length=9, choices=RightState, default=RightState.OPEN)
    opath = PathField(_("组织路径"), max_length=PATH_LENGTH, blank=True, default="")
    answer = EncryptedTextField(_("答复"), blank=True, default="")
    kept = models.JSONField(_("依法保留"), default=list, blank=True)
    decided_by = models.CharField(_("决定人"), max_length=60, blank=True, default="")
    opened_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    decided_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("权利请求")
        verbose_name_plural = _("权利请求")
        indexes = (
            models.Index(fields=["state", "opath"], name="people_right_queue"),
            models.Index(fields=["decided_at"], name="people_right_decided"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=RightKind.values), name="people_right_kind"),
            models.CheckConstraint(condition=Q(state__in=RightState.values), name="people_right_state"),
            models.CheckConstraint(condition=Q(asked_how__in=AskedHow.values), name="people_right_how"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="people_right_decided_when",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="open"), name="people_right_once"
            ),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id",
                "uid",
                "person",
                "asked_how",
                "asked_by",
                "opath",
                "kept",
                "decided_by",
                "opened_at",
                "decided_at",
            ),
            PrivacyClass.INTERNAL,
        ),
        **dict.fromkeys(("kind", "state"), PrivacyClass.SENSITIVE),
        **dict.fromkeys(("text", "answer"), PrivacyClass.SECRET),
    }

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"

    @property
    def answer_by(self) -> datetime.date:
        """The day by which an answer was promised: fifteen working days after the request."""
        return national_calendar().after_working_days(timezone.localdate(self.opened_at), ANSWER_WITHIN)

    @property
    def is_late(self) -> bool:
        """Whether the promised day has passed without an answer."""
        return self.state == RightState.OPEN and timezone.localdate() > self.answer_by
