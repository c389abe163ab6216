"""The Django app of the honours."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HonoursConfig(AppConfig):
    """What is conferred: the catalogue, conferrals, revocations and verifiable credentials."""

    name = "jiangxin.honours"
    label = "honours"
    verbose_name = _("荣誉")
    default_auto_field = "django.db.models.BigAutoField"
