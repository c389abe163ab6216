"""A worker's objection to a fact in the record, or the wish that it be hidden."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.privacy.fields import EncryptedTextField
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import PATH_LENGTH
from jiangxin.people.words import DisputeKind, DisputeState


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Ways to narrow disputes."""

    def waiting(self) -> Self:
        """Disputes nobody has answered."""
        return self.filter(state=DisputeState.OPEN)


class Dispute(models.Model):
    """What the worker says is wrong or should not be public, and the answer given."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="disputes", verbose_name=_("职工")
    )
    entry = models.ForeignKey(
        "people.PassportEntry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes",
        verbose_name=_("护照条目"),
    )
    kind = models.CharField(_("请求"), max_length=6, choices=DisputeKind)
    text = EncryptedTextField(_("理由"))
    state = models.CharField(_("状态"), max_length=8, choices=DisputeState, default=DisputeState.OPEN)
    opath = PathField(_("组织路径"), max_length=PATH_LENGTH, blank=True, default="")
    is_upheld = models.BooleanField(_("已采纳"), default=False)
    answer = EncryptedTextField(_("答复"), blank=True, default="")
    answered_by = models.CharField(_("答复人"), max_length=60, blank=True, default="")
    opened_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        indexes = (models.Index(fields=["state", "opath"], name="people_dispute_queue"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=DisputeKind.values), name="people_dispute_kind"),
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="people_dispute_state"),
            models.UniqueConstraint(
                fields=["entry", "kind"],
                condition=Q(state="open", entry__isnull=False),
                name="people_dispute_once",
            ),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            ("id", "uid", "person", "entry", "opath", "answered_by", "opened_at", "answered_at"),
            PrivacyClass.INTERNAL,
        ),
        **dict.fromkeys(("kind", "state", "is_upheld"), PrivacyClass.SENSITIVE),
        **dict.fromkeys(("text", "answer"), PrivacyClass.SECRET),
    }

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"
