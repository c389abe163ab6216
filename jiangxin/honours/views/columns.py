"""Column heads of the tables on the pages of honours."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


def _numeric(label: Any) -> dict[str, Any]:
    return {"label": label, "numeric": True}


COLUMNS: dict[str, list[Any]] = {
    "catalogue": [_("荣誉"), _("授予机关"), _("授予对象"), _numeric(_("登记人次"))],
    "entries": [_("荣誉"), _("级别"), _("授予机关"), _numeric(_("登记人次")), _("现行")],
    "changes": [_("内容"), _("原来"), _("更正为")],
    "prerequisites": [_("荣誉"), _("以之为前提"), _("强度")],
    "holders": [_("获得者"), _("单位和职务"), _numeric(_("年份")), _("来源")],
    "conferrals": [_("获得者"), _("荣誉"), _numeric(_("年份")), _("单位"), _("状态")],
    "ticked": [
        {"label": _("选择"), "hidden": True},
        _("获得者"),
        _("荣誉"),
        _numeric(_("年份")),
        _("单位"),
        _("状态"),
    ],
    "returns": [_("获得者"), _("已撤销的荣誉"), _("决定日期"), _("尚未收回")],
    "tasks": [_("任务"), _("发起时间"), _numeric(_("进度")), _("状态")],
    "issuers": [_("签发机构"), _numeric(_("有效凭证")), _("设立时间")],
    "keys": [
        _("公钥"),
        _("状态"),
        _("启用时间"),
        _("停用时间"),
        _numeric(_("有效凭证")),
        {"label": _("操作"), "hidden": True},
    ],
    "status_lists": [_("用途"), _numeric(_("已用")), _("上次签名")],
    "proposals": [_("获得者"), _("待决定的荣誉"), _("已撤销的荣誉"), _("提出时间")],
    "rechecks": [_("获得者"), _("荣誉"), _numeric(_("年度")), _("结果")],
    "lists": [_("名单"), _numeric(_("年份")), _numeric(_("登记")), _numeric(_("公示人选")), _("是否完整")],
    "titles": [_("所印名称"), _numeric(_("行数")), _("出现在")],
    "list": [_("获得者"), _("荣誉"), _("单位")],
    "nominees": [_("人选"), _("荣誉"), _("单位")],
}
