"""Consents of a worker, one row per agreement, kept after withdrawal."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.people.words import ConsentPurpose


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Ways to narrow consents."""

    def standing(self) -> Self:
        """Consents that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """A worker agreed to one purpose under one version of its text."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="consents", verbose_name=_("职工")
    )
    purpose = models.CharField(_("用途"), max_length=10, choices=ConsentPurpose)
    text_version = models.CharField(_("文本版本"), max_length=20)
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values), name="people_consent_purpose"
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="people_consent_order",
            ),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "person": PrivacyClass.INTERNAL,
        "purpose": PrivacyClass.INTERNAL,
        "text_version": PrivacyClass.INTERNAL,
        "given_at": PrivacyClass.INTERNAL,
        "withdrawn_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.text_version}"

    @property
    def opath(self) -> str:
        """Path of the organisation that keeps the worker's record."""
        return self.person.opath
