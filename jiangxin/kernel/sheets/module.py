"""What the kernel's sheets offer the house: the permission to bring files in."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import Module, NavItem
from jiangxin.kernel.privacy.retention import Retention

_HOLDERS = (
    "grassroots_officer",
    "county_officer",
    "city_officer",
    "province_officer",
    "national_officer",
    "editor",
)

RETENTIONS = (
    Retention(
        code="sheets.imports",
        title=_("导入的文件和逐行结果"),
        model="sheets.ImportRun",
        term=timedelta(days=settings.IMPORT_KEPT_DAYS),
        ending=_("清空明细，保留数量和校验值"),
        due="jiangxin.kernel.sheets.queries:runs_due",
        end="jiangxin.kernel.sheets.actions:empty_imports",
    ),
)

MODULE = Module(
    app="sheets",
    title=_("表格"),
    permissions=(Permission("sheets.import_rows", _("导入表格"), roles=_HOLDERS),),
    retentions=RETENTIONS,
    nav=(NavItem(_("导入"), "sheets:imports", "workbench", "sheets.import_rows", icon="file-up", order=35),),
)
