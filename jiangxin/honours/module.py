"""What honours offer the house."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.honours import rules
from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import (
    EventType,
    Module,
    NavItem,
    PublicSection,
    SearchKind,
    SheetOffer,
    TimelineKind,
    Todo,
)
from jiangxin.kernel.privacy.purposes import Basis, Purpose
from jiangxin.kernel.privacy.retention import Retention

COUNTY, CITY, PROVINCE, NATIONAL = "county_officer", "city_officer", "province_officer", "national_officer"
OFFICERS = (COUNTY, CITY, PROVINCE, NATIONAL)
LOOKERS = ("grassroots_officer", *OFFICERS, "city_reviewer", "editor")

_TOLD = ("uid", "honour", "title", "holder", "person", "year", "opath")
_NAMED = ("holder",)

PERMISSIONS = (
    Permission("honours.view_conferral", _("查看授予记录"), roles=LOOKERS, own=rules.is_own),
    Permission("honours.confer_honour", _("登记授予"), roles=OFFICERS, veto=rules.is_own),
    Permission("honours.correct_conferral", _("更正授予记录"), roles=OFFICERS, veto=rules.is_own),
    Permission("honours.import_lists", _("导入荣誉名单"), roles=OFFICERS),
    Permission("honours.suspend_conferral", _("暂停和恢复荣誉"), roles=OFFICERS, veto=rules.is_not_decider),
    Permission("honours.revoke_conferral", _("撤销荣誉"), roles=OFFICERS, veto=rules.is_not_decider),
    Permission(
        "honours.decide_proposal", _("决定上级荣誉是否保留"), roles=OFFICERS, veto=rules.is_not_decider
    ),
    Permission("honours.issue_credential", _("签发荣誉凭证"), roles=OFFICERS, own=rules.is_own),
    Permission("honours.open_issuer", _("设立签发机构"), roles=(CITY, PROVINCE, NATIONAL, "system_admin")),
    Permission("honours.export_conferrals", _("导出荣誉和打印成批证书"), roles=OFFICERS),
    Permission(
        "honours.view_issuer",
        _("查看签发机构和密钥"),
        roles=(CITY, PROVINCE, NATIONAL, "system_admin", "security_admin"),
    ),
    Permission("honours.rotate_key", _("更换签发密钥"), roles=("system_admin", "security_admin")),
    Permission("honours.edit_catalogue", _("维护荣誉目录"), roles=(CITY, PROVINCE, NATIONAL)),
    Permission("honours.load_catalogue", _("更新荣誉目录的公布部分"), roles=("system_admin",)),
    Permission("honours.count_holders", _("重新统计获得人次"), roles=("system_admin",)),
    Permission("honours.place_honours", _("让荣誉随组织调整"), roles=(CITY, PROVINCE, NATIONAL)),
    Permission("honours.open_rechecks", _("发起年度复核"), roles=(CITY, PROVINCE, NATIONAL)),
    Permission("honours.answer_recheck", _("填写年度复核结果"), roles=OFFICERS, veto=rules.is_own),
)

EVENTS = (
    EventType("honours.honour_added", ("code", "title"), _("目录增加一项荣誉")),
    EventType("honours.honour_revised", ("code", "title", "fields"), _("修订了目录中的荣誉")),
    EventType("honours.honour_conferred", _TOLD, _("授予了荣誉"), personal=_NAMED),
    EventType(
        "honours.conferral_corrected", (*_TOLD, "fields", "credential"), _("更正了授予记录"), personal=_NAMED
    ),
    EventType("honours.honour_suspended", _TOLD, _("暂停了荣誉"), personal=_NAMED),
    EventType("honours.suspension_lifted", _TOLD, _("恢复了荣誉"), personal=_NAMED),
    EventType("honours.honour_revoked", (*_TOLD, "grounds"), _("撤销了荣誉"), personal=_NAMED),
    EventType("honours.reexamination_proposed", (*_TOLD, "proposal"), _("提议复核上级荣誉"), personal=_NAMED),
    EventType(
        "honours.reexamination_decided",
        (*_TOLD, "proposal", "is_kept"),
        _("上级荣誉复核有了决定"),
        personal=_NAMED,
    ),
    EventType("honours.list_imported", ("lists", "conferred", "nominated", "unknown"), _("导入了荣誉名单")),
    EventType("honours.issuer_opened", ("uid", "title"), _("设立了签发机构")),
    EventType("honours.key_rotated", ("uid", "key"), _("更换了签发密钥")),
    EventType("honours.key_withdrawn", ("uid", "key", "reason"), _("作废了签发密钥")),
    EventType("honours.conferrals_exported", ("what", "count"), _("导出了荣誉或成批证书")),
    EventType("honours.credential_issued", ("uid", "conferral", "issuer"), _("签发了荣誉凭证")),
)

NOMINEES_KEPT, RECHECKS_KEPT = timedelta(days=365), timedelta(days=3 * 365)

PURPOSES = (
    Purpose(
        "honours.Nominee",
        ("name", "sex", "ethnic", "unit_text", "post_text", "region"),
        _("核对公示名单与表彰决定"),
        Basis.ALREADY_PUBLIC,
        NOMINEES_KEPT,
        OFFICERS,
    ),
    Purpose(
        "honours.Revocation",
        ("reason", "medal_returned_on", "bonus_returned_fen", "return_note", "revoked_by"),
        _("办理荣誉撤销及其后续"),
        Basis.LEGAL_DUTY,
        None,
        OFFICERS,
    ),
    Purpose(
        "honours.Correction",
        ("reason",),
        _("说明荣誉记录为何更正"),
        Basis.LEGAL_DUTY,
        None,
        OFFICERS,
    ),
    Purpose(
        "honours.Recheck",
        ("finding",),
        _("年度复核荣誉获得者"),
        Basis.LEGAL_DUTY,
        RECHECKS_KEPT,
        OFFICERS,
    ),
    Purpose("honours.Credential", ("document",), _("供本人证明荣誉"), Basis.CONTRACT_OR_HR, None, OFFICERS),
)

RETENTIONS = (
    Retention(
        code="honours.nominees",
        title=_("公示名单中的人选"),
        model="honours.Nominee",
        term=NOMINEES_KEPT,
        ending=_("删除"),
        due="jiangxin.honours.queries.keeping:nominees_due",
        end="jiangxin.honours.actions.keeping:end_nominees",
    ),
    Retention(
        code="honours.rechecks",
        title=_("已办结的荣誉年度复核"),
        model="honours.Recheck",
        term=RECHECKS_KEPT,
        ending=_("删除"),
        due="jiangxin.honours.queries.keeping:rechecks_due",
        end="jiangxin.honours.actions.keeping:end_rechecks",
    ),
)

MODULE = Module(
    app="honours",
    title=pgettext_lazy("nav", "荣誉"),
    permissions=PERMISSIONS,
    events=EVENTS,
    nav=(
        NavItem(pgettext_lazy("nav", "荣誉目录"), "honours:catalogue", "public", icon="award", order=20),
        NavItem(_("核验凭证"), "honours:verify", "public", icon="shield-check", order=30),
        NavItem(
            _("我的凭证"),
            "honours:my_credentials",
            "worker",
            icon="badge-check",
            order=20,
            when="jiangxin.people.queries.record:has_record",
        ),
        NavItem(
            pgettext_lazy("nav", "荣誉"),
            "honours:work_honours",
            "workbench",
            "honours.view_conferral",
            icon="award",
            order=32,
        ),
        NavItem(
            pgettext_lazy("nav", "签发机构"),
            "honours:work_issuers",
            "workbench",
            "honours.view_issuer",
            icon="stamp",
            order=70,
        ),
    ),
    todos=(
        Todo(
            _("上级荣誉待决定是否保留"),
            "honours:work_proposals",
            "jiangxin.honours.queries.work:count_proposals",
            "honours.decide_proposal",
            order=30,
        ),
        Todo(
            _("奖章证书待收回"),
            "honours:work_returns",
            "jiangxin.honours.queries.work:count_returns",
            "honours.revoke_conferral",
            order=35,
        ),
        Todo(
            _("不认识的荣誉名称待识别"),
            "honours:work_titles",
            "jiangxin.honours.queries.catalogue:count_unknown_titles",
            "honours.edit_catalogue",
            order=45,
        ),
        Todo(
            _("荣誉年度复核"),
            "honours:work_rechecks",
            "jiangxin.honours.queries.work:count_rechecks",
            "honours.answer_recheck",
            order=60,
        ),
    ),
    search=(
        SearchKind(
            "collective",
            _("集体"),
            "jiangxin.honours.queries.collectives:documents",
            "jiangxin.honours.queries.collectives:all_ids",
        ),
    ),
    timeline_kinds=(
        TimelineKind(
            "honours.conferral",
            _("荣誉"),
            icon="award",
            told="jiangxin.honours.queries.moments:moments_of",
        ),
    ),
    sections=(
        PublicSection(
            "people.person",
            "honours/parts/person_seals.html",
            "jiangxin.honours.views.sections:person_seals",
            order=10,
        ),
        PublicSection(
            "people.record",
            "honours/parts/record_honours.html",
            "jiangxin.honours.views.sections:record_honours",
            order=10,
        ),
        PublicSection(
            "people.own_copy", "honours/parts/own_copy.html", "jiangxin.honours.views.sections:own_copy"
        ),
    ),
    sheets=(
        SheetOffer(
            "honours",
            _("荣誉名单"),
            "jiangxin.honours.sheets:HONOURS_SHEET",
            "honours.import_lists",
            onward="jiangxin.honours.views.onward:after_lists",
        ),
        SheetOffer(
            "conferrals",
            _("荣誉授予记录"),
            "jiangxin.honours.sheets:CONFERRALS_LIST",
            "honours.export_conferrals",
        ),
    ),
    purposes=PURPOSES,
    retentions=RETENTIONS,
    subject_parts="jiangxin.honours.actions.subject:SUBJECT_PART",
    api="jiangxin.honours.api:router",
    public_urls=(
        "honours:catalogue",
        "honours:honour",
        "honours:collective",
        "honours:verify",
        "honours:verify_credential",
        "honours:issuer",
        "honours:issuer_did",
        "honours:status",
        "honours:credential",
        "honours:bundle",
    ),
    own_urls=(
        "honours:my_credentials",
        "honours:my_passport",
        "honours:my_document",
        "honours:my_certificate",
        "honours:my_card",
    ),
)
