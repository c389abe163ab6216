"""What the public face offers the house."""

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import Module, NavItem

STAFF = (
    "team_leader",
    "grassroots_officer",
    "county_officer",
    "city_officer",
    "province_officer",
    "national_officer",
    "city_reviewer",
    "editor",
    "system_admin",
    "security_admin",
    "audit_admin",
)

MODULE = Module(
    app="insights",
    title=_("名录与统计"),
    permissions=(
        Permission("insights.see_workbench", _("进入工作台"), roles=STAFF),
        Permission("insights.count_honours", _("重新统计荣誉"), roles=("system_admin",)),
    ),
    nav=(
        NavItem(_("名录"), "insights:register", "public", icon="book-open", order=10),
        NavItem(_("统计"), "insights:statistics", "public", icon="chart-column", order=40),
        NavItem(_("行政区划"), "orgs:regions", "footer", order=50),
        NavItem(
            _("今日工作"),
            "insights:work",
            "workbench",
            "insights.see_workbench",
            icon="list-todo",
            order=1,
        ),
    ),
    public_urls=(
        "insights:home",
        "insights:robots",
        "insights:register",
        "insights:register_export",
        "insights:statistics",
        "insights:statistics_export",
        "insights:statistics_picture",
    ),
)
