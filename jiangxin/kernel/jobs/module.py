"""What background work offers the house: the operator's page and its permissions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import EventType, Module, NavItem, Todo

MODULE = Module(
    app="jobs",
    title=_("后台工作"),
    permissions=(
        Permission("jobs.view_operations", _("查看运行情况"), roles=("system_admin",)),
        Permission("jobs.revive_work", _("重试失败的后台工作"), roles=("system_admin",)),
        Permission("jobs.rotate_keys", _("更换加密密钥"), roles=("system_admin",)),
        Permission("jobs.keep_terms", _("到期删除或匿名"), roles=("system_admin",)),
    ),
    events=(EventType("jobs.term_kept", ("retention", "ended", "before"), _("执行了一次保存期限")),),
    security=(
        ("privacy.key_added", _("启用了新的加密密钥")),
        ("privacy.key_retired", _("停用了旧的加密密钥")),
    ),
    nav=(
        NavItem(_("运行情况"), "jobs:operations", "workbench", "jobs.view_operations", "activity", 95),
        NavItem(_("保存期限"), "jobs:terms", "workbench", "jobs.view_operations", "hourglass", 96),
    ),
    todos=(
        Todo(
            _("已停止的后台工作"),
            "jobs:operations",
            "jiangxin.kernel.jobs.operations:count_dead",
            "jobs.view_operations",
        ),
    ),
)
