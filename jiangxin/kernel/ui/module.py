"""What the interface offers the house: filters kept under a name of one's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import Module


def is_own_filter(actor: Any, thing: Any) -> bool:
    """The kept filter is the actor's."""
    return getattr(thing, "actor", None) == getattr(actor, "actor_id", "")


MODULE = Module(
    app="ui",
    title=_("界面"),
    permissions=(
        Permission("ui.keep_filter", _("保存常用筛选"), roles=("member",)),
        Permission("ui.forget_filter", _("删除常用筛选"), own=is_own_filter),
    ),
    own_urls=("ui:keep_filter", "ui:forget_filter"),
)
