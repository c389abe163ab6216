"""What somebody keeps of the screens: the conditions of a list under a name of one's own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Filters by their owner."""

    def of(self, actor: Actor) -> SavedFilterQuerySet:
        """Those of one actor."""
        return self.filter(actor=actor.actor_id)


class SavedFilter(models.Model):
    """The conditions of one list (`path`), as the query of its address; seen by its owner alone."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    actor = models.CharField(_("所有人"), max_length=60)
    path = models.CharField(_("列表"), max_length=120)
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("条件"), max_length=500)
    created_at = models.DateTimeField(_("保存时间"), auto_now_add=True)

    objects = SavedFilterQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "uid", "actor", "path", "name", "query", "created_at"), PrivacyClass.INTERNAL
    )

    class Meta:
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        constraints = [
            models.UniqueConstraint(fields=["actor", "path", "name"], name="ui_filter_name_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(query=""), name="ui_filter_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name
