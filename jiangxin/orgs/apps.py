"""The Django app of organisations, employers, regions, industries and occupations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    """Floor 1: what every record above hangs on."""

    name = "jiangxin.orgs"
    label = "orgs"
    verbose_name = _("组织与单位")
    default_auto_field = "django.db.models.BigAutoField"
