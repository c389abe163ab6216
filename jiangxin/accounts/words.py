"""Choices and fixed names of accounts: administrator offices, appointments, password profiles, claims."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ADMIN_ROLES = ("audit_admin", "security_admin", "system_admin")
"""The three administrator offices that no account may combine (GB/T 22239-2019 §8.1.5)."""

OFFICER_ROLES = (
    "grassroots_officer",
    "county_officer",
    "city_officer",
    "province_officer",
    "national_officer",
)
"""Union officers, from the enterprise up."""

IMPLICIT_ROLES = ("member", "worker")
"""Roles that follow from an account and from its worker record; nobody gives them."""

APPOINTS: dict[str, frozenset[str]] = {
    "national_officer": frozenset(
        {
            "national_officer",
            "province_officer",
            "city_officer",
            "county_officer",
            "grassroots_officer",
            "city_reviewer",
            "editor",
            "team_leader",
            "employer",
        }
    ),
    "province_officer": frozenset(
        {
            "province_officer",
            "city_officer",
            "county_officer",
            "grassroots_officer",
            "city_reviewer",
            "editor",
            "team_leader",
            "employer",
        }
    ),
    "city_officer": frozenset(
        {
            "city_officer",
            "county_officer",
            "grassroots_officer",
            "city_reviewer",
            "editor",
            "team_leader",
            "employer",
        }
    ),
    "county_officer": frozenset({"county_officer", "grassroots_officer", "team_leader", "employer"}),
    "grassroots_officer": frozenset({"grassroots_officer", "team_leader"}),
    "security_admin": frozenset({*ADMIN_ROLES, *OFFICER_ROLES}),
}
"""Which role may give which roles, on its own organisation and below; a role not named gives nothing."""

LONGEST_DELEGATION_DAYS = 180
STALE_AFTER_DAYS = 90
INVITATION_DAYS = 14


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
