"""Choices and fixed names of accounts: roles apart, policies, notices, claims."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ADMIN_ROLES = ("system_admin", "security_admin", "audit_admin")
"""The three administrator offices that no account may combine (GB/T 22239-2019 §8.1.5)."""

PLAIN_ROLES = ("worker", "employer")
"""Roles that may sign in without a second factor; every other role is staff."""


class PasswordProfile(models.TextChoices):
    """The two password policies an installation can choose from."""

    MLPS3 = "mlps3", _("等保三级")
    ASVS5 = "asvs5", _("ASVS 5.0")


class ClaimState(models.TextChoices):
    """Where a user's claim of a worker record stands."""

    PROPOSED = "proposed", _("待核对")
    CONFIRMED = "confirmed", _("已确认")
    REFUSED = "refused", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")
