"""What the house itself offers: API tokens for account holders, and the log for the audit administrator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import Module, NavItem
from jiangxin.kernel.privacy import Basis, Purpose


def is_actor(actor: Any, thing: Any) -> bool:
    """The thing is the actor's own account."""
    return isinstance(thing, get_user_model()) and thing == actor


def is_own_token(actor: Any, thing: Any) -> bool:
    """The token acts for the actor."""
    owner = getattr(thing, "owner_key", None)
    return owner is not None and owner == getattr(actor, "pk", None)


MODULE = Module(
    app="http",
    title=_("接口与日志"),
    permissions=(
        Permission("http.list_tokens", _("查看自己的接口令牌"), roles=("member",)),
        Permission("http.make_token", _("新建接口令牌"), own=is_actor),
        Permission("http.end_token", _("停用接口令牌"), own=is_own_token),
        Permission("events.view_log", _("查看操作日志"), roles=("audit_admin",)),
        Permission("events.export_log", _("导出操作日志"), roles=("audit_admin",)),
    ),
    security=(
        ("http.token_made", _("新建了接口令牌")),
        ("http.token_ended", _("停用了接口令牌")),
        ("events.log_exported", _("导出了操作日志")),
        ("events.words_forgotten", _("抹去了日志中关于一个人的文字")),
    ),
    nav=(
        NavItem(_("接口令牌"), "http:tokens", "account", "http.list_tokens", "key", 30),
        NavItem(_("操作日志"), "http:audit", "workbench", "events.view_log", "scroll-text", 96),
    ),
    purposes=(
        Purpose("http.ApiToken", ("digest",), _("认出程序出示的接口令牌"), Basis.CONTRACT_OR_HR, None, ()),
    ),
    own_urls=("http:tokens", "http:make_token", "http:end_token"),
)
