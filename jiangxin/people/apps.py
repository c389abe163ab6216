"""The people app: worker records and passports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Register the app under its short label."""

    name = "jiangxin.people"
    label = "people"
    verbose_name = _("职工")
    default_auto_field = "django.db.models.BigAutoField"
