"""What was written wrongly and is written rightly now: the history of conferrals and of catalogue entries."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid

_INTERNAL, _SENSITIVE = PrivacyClass.INTERNAL, PrivacyClass.SENSITIVE


class Correction(models.Model):
    """One correction of a conferral or of a catalogue entry, never changed afterwards; undone by correcting again.

    `changes` is a list of [field, what stood there, what stands there now], the values as they are shown.
    """

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    honour = models.ForeignKey(
        "honours.Honour",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("荣誉"),
    )
    conferral = models.ForeignKey(
        "honours.Conferral",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("授予"),
    )
    changes = models.JSONField(_("更正内容"))
    reason = models.CharField(_("理由"), max_length=500)
    corrected_by = models.CharField(_("更正人"), max_length=120)
    created_at = models.DateTimeField(_("更正时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("荣誉更正")
        verbose_name_plural = _("荣誉更正")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(honour__isnull=False, conferral__isnull=True)
                | models.Q(honour__isnull=True, conferral__isnull=False),
                name="correction_of_one_thing",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            ["id", "uid", "honour", "conferral", "changes", "corrected_by", "created_at"], _INTERNAL
        ),
        "reason": _SENSITIVE,
    }

    def __str__(self) -> str:
        return str(self.conferral or self.honour)
