"""Proposals that two records are one worker, with their evidence and decision."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import PATH_LENGTH
from jiangxin.people.words import LinkState


class LinkProposalQuerySet(models.QuerySet["LinkProposal"]):
    """Ways to narrow link proposals."""

    def waiting(self) -> Self:
        """Proposals nobody has decided."""
        return self.filter(state=LinkState.PROPOSED)

    def confirmed(self) -> Self:
        """Proposals that hold: the two records count as one worker."""
        return self.filter(state=LinkState.CONFIRMED)

    def touching(self, ids: "set[int]") -> Self:
        """Proposals with one of these records on either side."""
        return self.filter(Q(first_id__in=ids) | Q(second_id__in=ids))


class LinkProposal(models.Model):
    """Two records (the older first) that may be one worker; a person decides."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    first = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("记录一"))
    second = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("记录二"))
    score = models.PositiveSmallIntegerField(_("把握"))
    evidence = models.JSONField(_("依据"), default=list)
    state = models.CharField(_("状态"), max_length=10, choices=LinkState, default=LinkState.PROPOSED)
    opath = PathField(_("组织路径"), max_length=PATH_LENGTH, blank=True, default="")
    decided_by = models.CharField(_("认定人"), max_length=60, blank=True, default="")
    decided_at = models.DateTimeField(_("认定时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)

    objects = LinkProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("同一人线索")
        verbose_name_plural = _("同一人线索")
        indexes = (models.Index(fields=["state", "-score", "id"], name="people_link_queue"),)
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="people_link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_link_order"),
            models.CheckConstraint(condition=Q(score__lte=100), name="people_link_score"),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="people_link_state"),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id",
                "uid",
                "first",
                "second",
                "score",
                "evidence",
                "state",
                "opath",
                "decided_by",
                "decided_at",
                "note",
                "created_at",
            ),
            PrivacyClass.INTERNAL,
        ),
    }

    def __str__(self) -> str:
        return gettext("线索（%(score)s 分）") % {"score": self.score}
