"""What the kernel's sheets offer the house: the permission to bring files in."""

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import Module, NavItem

_HOLDERS = (
    "grassroots_officer",
    "county_officer",
    "city_officer",
    "province_officer",
    "national_officer",
    "editor",
)

MODULE = Module(
    app="sheets",
    title=_("表格"),
    permissions=(Permission("sheets.import_rows", _("导入表格"), roles=_HOLDERS),),
    nav=(NavItem(_("导入"), "sheets:imports", "workbench", "sheets.import_rows", icon="file-up", order=35),),
)
