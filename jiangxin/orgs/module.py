"""What organisations offer the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import EventType, Module, NavItem, SearchKind, SheetOffer

LOOKERS = (
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
OFFICERS = ("county_officer", "city_officer", "province_officer", "national_officer")
GRASSROOTS = ("grassroots_officer", *OFFICERS)

MODULE = Module(
    app="orgs",
    title=_("组织与单位"),
    permissions=(
        Permission("orgs.view_org", _("查看组织与单位（含已撤销）"), roles=LOOKERS),
        Permission("orgs.add_org", _("设立组织"), roles=GRASSROOTS),
        Permission("orgs.edit_org", _("修改组织资料"), roles=GRASSROOTS),
        Permission("orgs.rename_org", _("组织更名"), roles=OFFICERS),
        Permission("orgs.move_org", _("组织划转"), roles=OFFICERS),
        Permission("orgs.merge_org", _("组织合并"), roles=OFFICERS),
        Permission("orgs.split_org", _("组织分设"), roles=OFFICERS),
        Permission("orgs.close_org", _("撤销组织"), roles=OFFICERS),
        Permission("orgs.undo_change", _("撤回组织变更"), roles=OFFICERS),
        Permission("orgs.import_orgs", _("成批导入组织"), roles=OFFICERS),
        Permission("orgs.export_orgs", _("导出组织和单位名单"), roles=GRASSROOTS),
        Permission("orgs.add_employer", _("登记单位"), roles=GRASSROOTS),
        Permission("orgs.edit_employer", _("修改单位资料与名称"), roles=GRASSROOTS),
        Permission("orgs.load_tables", _("更新代码表"), roles=("system_admin",)),
    ),
    search=(
        SearchKind(
            "org",
            _("组织"),
            documents="jiangxin.orgs.queries.searching:org_documents",
            ids="jiangxin.orgs.queries.searching:org_ids",
        ),
    ),
    scopes="jiangxin.orgs.queries.tree:scopes_of",
    sheets=(
        SheetOffer(
            "orgs",
            _("工会组织"),
            "jiangxin.orgs.sheets:ORGS_SHEET",
            "orgs.import_orgs",
            onward="jiangxin.orgs.views.onward:after_orgs",
        ),
        SheetOffer("employers", _("单位名单"), "jiangxin.orgs.sheets:EMPLOYERS_LIST", "orgs.export_orgs"),
    ),
    nav=(
        NavItem(
            pgettext_lazy("nav", "组织"),
            "orgs:orgs",
            "workbench",
            permission="orgs.view_org",
            icon="network",
            order=30,
        ),
        NavItem(
            pgettext_lazy("nav", "单位"),
            "orgs:employers",
            "workbench",
            permission="orgs.view_org",
            icon="factory",
            order=31,
        ),
    ),
    api="jiangxin.orgs.api:router",
    public_urls=("orgs:regions", "orgs:region"),
    events=(
        EventType("orgs.org_added", ("uid", "org_name", "path"), _("设立了组织")),
        EventType("orgs.orgs_imported", ("path", "added", "changed"), _("成批导入了组织")),
        EventType("orgs.org_edited", ("uid", "fields"), _("修改了组织资料")),
        EventType("orgs.org_renamed", ("uid", "old_name", "new_name"), _("组织更名")),
        EventType("orgs.org_moved", ("uid", "old_path", "new_path"), _("组织划转")),
        EventType("orgs.org_merged", ("uid", "into_uid", "into_name"), _("组织合并")),
        EventType("orgs.org_split", ("uid", "new_uids"), _("组织分设")),
        EventType("orgs.org_closed", ("uid", "org_name"), _("撤销了组织")),
        EventType("orgs.org_restored", ("uid", "org_name"), _("恢复了组织")),
        EventType("orgs.list_exported", ("what", "count"), _("导出了组织或单位名单")),
        EventType("orgs.employer_added", ("uid", "unit_name"), _("登记了单位")),
        EventType("orgs.employer_edited", ("uid", "fields"), _("修改了单位资料")),
        EventType("orgs.employer_renamed", ("uid", "old_name", "new_name"), _("单位更名")),
    ),
)
