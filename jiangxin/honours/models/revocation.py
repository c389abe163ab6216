"""Taking an honour back: the revocation, the questions it raises upward, and the yearly re-check."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.words import Grounds, ProposalState, RecheckState
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.amounts import yuan
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import PATH_LENGTH

_PUBLIC, _INTERNAL, _SENSITIVE = PrivacyClass.PUBLIC, PrivacyClass.INTERNAL, PrivacyClass.SENSITIVE


class Revocation(models.Model):
    """Why and by which decision a conferral was revoked; the record and its reason stay."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    conferral = models.OneToOneField(
        "honours.Conferral", models.PROTECT, related_name="revocation", verbose_name=_("授予")
    )
    grounds = models.CharField(_("事由"), max_length=20, choices=Grounds.choices)
    reason = models.TextField(_("说明"))
    is_reason_public = models.BooleanField(_("公开事由"), default=False)
    decision_no = models.CharField(_("决定文号"), max_length=80, blank=True)
    decided_on = models.DateField(_("决定日期"))
    medal_returned_on = models.DateField(_("奖章证书收回日期"), null=True, blank=True)
    bonus_returned_fen = models.BigIntegerField(_("追回奖金（分）"), null=True, blank=True)
    return_note = models.CharField(_("收回情况"), max_length=300, blank=True)
    return_ended_at = models.DateTimeField(_("收回办结时间"), null=True, blank=True)
    revoked_by = models.CharField(_("经办"), max_length=120)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("撤销")
        verbose_name_plural = _("撤销")
        indexes: ClassVar = [
            models.Index(
                fields=["decided_on"],
                condition=models.Q(return_ended_at__isnull=True),
                name="revocation_return_open",
            )
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            [
                "id",
                "uid",
                "conferral",
                "grounds",
                "is_reason_public",
                "decision_no",
                "decided_on",
                "return_ended_at",
                "created_at",
            ],
            _INTERNAL,
        ),
        **dict.fromkeys(
            ["reason", "medal_returned_on", "bonus_returned_fen", "return_note", "revoked_by"], _SENSITIVE
        ),
    }

    def __str__(self) -> str:
        return str(self.conferral)

    @property
    def opath(self) -> str:
        """Belongs to the organisation of the conferral."""
        return self.conferral.opath

    @property
    def is_medal_out(self) -> bool:
        """Whether a medal or certificate was given and has not come back."""
        honour = self.conferral.honour
        return bool(honour.medal or honour.certificate) and self.medal_returned_on is None

    @property
    def bonus_out_fen(self) -> int:
        """How much of the bonus has not come back, in fen."""
        return max(0, (self.conferral.bonus_fen or 0) - (self.bonus_returned_fen or 0))

    @property
    def bonus_out(self) -> str:
        """The same as an amount of yuan."""
        return yuan(self.bonus_out_fen)


class CascadeProposal(models.Model):
    """A question to the granter of a higher honour: its basis was revoked; does it stand?"""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    revocation = models.ForeignKey(
        Revocation, models.PROTECT, related_name="proposals", verbose_name=_("撤销")
    )
    conferral = models.ForeignKey(
        "honours.Conferral", models.PROTECT, related_name="cascade_proposals", verbose_name=_("上级荣誉")
    )
    granter_text = models.CharField(_("决定机关"), max_length=200)
    strength = models.CharField(_("关联强度"), max_length=12)
    state = models.CharField(
        _("状态"), max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    reason = models.TextField(_("决定理由"), blank=True)
    decided_by = models.CharField(_("决定人"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("提出时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("复核提议")
        verbose_name_plural = _("复核提议")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revocation", "conferral"], name="cascade_proposal_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"], name="cascade_proposal_queue")]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        [
            "id",
            "uid",
            "revocation",
            "conferral",
            "granter_text",
            "strength",
            "state",
            "reason",
            "decided_by",
            "decided_at",
            "created_at",
        ],
        _INTERNAL,
    )

    def __str__(self) -> str:
        return str(self.conferral)

    @property
    def opath(self) -> str:
        """Belongs to the organisation of the higher honour's holder."""
        return self.conferral.opath


class Recheck(models.Model):
    """One look a year at one standing conferral: tax, insurance, discipline, whereabouts."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    conferral = models.ForeignKey(
        "honours.Conferral", models.PROTECT, related_name="rechecks", verbose_name=_("授予")
    )
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(
        _("结果"), max_length=10, choices=RecheckState.choices, default=RecheckState.OPEN
    )
    finding = models.CharField(_("说明"), max_length=500, blank=True)
    checked_by = models.CharField(_("复核人"), max_length=120, blank=True)
    checked_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("年度复核")
        verbose_name_plural = _("年度复核")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conferral", "year"], name="recheck_once_a_year")
        ]
        indexes: ClassVar = [models.Index(fields=["opath", "state", "year", "id"], name="recheck_queue")]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            ["id", "uid", "conferral", "opath", "year", "state", "checked_by", "checked_at"], _INTERNAL
        ),
        "finding": _SENSITIVE,
    }

    def __str__(self) -> str:
        return str(self.conferral)
