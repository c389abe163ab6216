"""What the people app offers the house."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import EventType, Module, NavItem, SearchKind, SheetOffer, TimelineKind, Todo
from jiangxin.kernel.privacy import Basis, Purpose, Retention
from jiangxin.people import rules

GRASSROOTS, COUNTY, CITY = "grassroots_officer", "county_officer", "city_officer"
UPPER = (CITY, "province_officer", "national_officer")
OFFICERS = (GRASSROOTS, COUNTY, *UPPER)
SETTLED_KEPT = timedelta(days=3 * 365)

PERMISSIONS = (
    Permission("people.view_person", _("查看职工档案"), roles=(*OFFICERS, "city_reviewer"), own=rules.is_own),
    Permission("people.add_person", _("建立职工档案"), roles=OFFICERS),
    Permission("people.import_people", _("批量导入职工"), roles=OFFICERS),
    Permission("people.correct_person", _("更正职工档案"), roles=OFFICERS),
    Permission("people.place_people", _("随组织变动转移档案"), roles=UPPER),
    Permission("people.reveal_field", _("查看被遮盖的个人信息"), roles=OFFICERS, own=rules.is_own),
    Permission("people.export_people", _("导出职工名单"), roles=OFFICERS),
    Permission("people.export_record", _("导出一个人的完整档案"), roles=(COUNTY, *UPPER), own=rules.is_own),
    Permission("people.add_source", _("登记出处"), roles=OFFICERS),
    Permission("people.record_entry", _("记入护照"), roles=OFFICERS),
    Permission("people.correct_entry", _("更正护照条目"), roles=(COUNTY, *UPPER), veto=rules.may_not_mend),
    Permission("people.choose_visibility", _("决定护照条目是否公开"), own=rules.is_own),
    Permission("people.open_dispute", _("对自己的档案提出异议"), own=rules.is_own),
    Permission("people.withdraw_dispute", _("撤回自己的异议"), own=rules.is_own),
    Permission("people.answer_dispute", _("答复异议"), roles=(COUNTY, *UPPER), veto=rules.is_own),
    Permission("people.give_consent", _("同意一项用途"), own=rules.is_own),
    Permission("people.withdraw_consent", _("撤回一项同意"), own=rules.is_own),
    Permission("people.propose_link", _("提出同一人线索"), roles=OFFICERS),
    Permission("people.decide_link", _("认定是否同一人"), roles=(COUNTY, *UPPER)),
    Permission("people.ask_right", _("请求限制处理或删除自己的档案"), own=rules.is_own),
    Permission("people.register_request", _("代为登记职工的请求"), roles=OFFICERS, veto=rules.is_own),
    Permission("people.decide_request", _("决定职工的权利请求"), roles=UPPER, veto=rules.may_not_decide),
    Permission("people.limit_person", _("限制处理一份档案"), roles=UPPER),
    Permission("people.erase_person", _("删除一份档案中可删除的内容"), roles=UPPER),
)

EVENTS = (
    EventType("people.person_added", ("uid", "label"), _("建立了职工档案"), personal=("label",)),
    EventType("people.people_imported", ("source", "count", "after", "until"), _("批量建立了职工档案")),
    EventType("people.import_taken_back", ("source", "count"), _("撤回了一次职工导入")),
    EventType(
        "people.person_corrected", ("uid", "fields", "reason"), _("更正了职工档案"), personal=("reason",)
    ),
    EventType(
        "people.person_renamed",
        ("uid", "old_name", "new_name"),
        _("职工改名"),
        personal=("old_name", "new_name"),
    ),
    EventType("people.person_placed", ("uid", "opath"), _("职工档案转到另一个组织")),
    EventType("people.standing_changed", ("uid", "state"), _("职工状态改变")),
    EventType("people.employment_added", ("uid", "unit_text"), _("登记了工作经历"), personal=("unit_text",)),
    EventType("people.employment_ended", ("uid", "unit_text"), _("工作经历结束"), personal=("unit_text",)),
    EventType(
        "people.skill_added", ("uid", "level", "occupation"), _("登记了技能等级"), personal=("occupation",)
    ),
    EventType(
        "people.entry_added", ("uid", "entry", "kind", "title"), _("护照增加一条"), personal=("title",)
    ),
    EventType(
        "people.entry_corrected",
        ("uid", "entry", "corrects", "title"),
        _("护照更正一条"),
        personal=("title",),
    ),
    EventType("people.entry_retracted", ("uid", "entry", "title"), _("护照撤销一条"), personal=("title",)),
    EventType("people.visibility_chosen", ("uid", "entry", "is_public"), _("职工选择了是否公开")),
    EventType("people.consent_given", ("uid", "purpose"), _("职工表示同意")),
    EventType("people.consent_withdrawn", ("uid", "purpose"), _("职工撤回同意")),
    EventType("people.dispute_opened", ("uid", "person"), _("职工提出异议")),
    EventType("people.dispute_withdrawn", ("uid", "person"), _("职工撤回异议")),
    EventType("people.dispute_answered", ("uid", "person", "upheld"), _("异议已答复")),
    EventType("people.dispute_closed", ("uid", "person"), _("异议已办结")),
    EventType("people.link_proposed", ("uid", "first", "second", "score"), _("提出了同一人线索")),
    EventType("people.link_confirmed", ("uid", "first", "second"), _("认定为同一人")),
    EventType("people.link_refused", ("uid", "first", "second"), _("认定不是同一人")),
    EventType("people.link_undone", ("uid", "first", "second"), _("撤回了同一人认定")),
    EventType("people.right_asked", ("uid", "kind"), _("职工提出权利请求")),
    EventType("people.right_withdrawn", ("uid", "kind"), _("职工撤回权利请求")),
    EventType("people.right_answered", ("uid", "kind", "granted"), _("权利请求已答复")),
    EventType("people.person_limited", ("uid", "reason"), _("档案被限制处理"), personal=("reason",)),
    EventType("people.limit_lifted", ("uid",), _("档案解除限制")),
    EventType("people.person_erased", ("uid", "reason"), _("档案内容已删除"), personal=("reason",)),
)

PURPOSES = (
    Purpose(
        "people.Person",
        ("id_number", "id_number_index", "birth_on"),
        _("核对身份，避免把两个人当成一个人"),
        Basis.CONTRACT_OR_HR,
        None,
        OFFICERS,
    ),
    Purpose("people.Person", ("phone", "email"), _("与本人联系"), Basis.CONSENT, None, OFFICERS),
    Purpose(
        "people.Person",
        ("ethnic", "political_status"),
        _("按规定统计推荐名单的构成"),
        Basis.LEGAL_DUTY,
        None,
        OFFICERS,
    ),
    Purpose(
        "people.SkillLevel", ("certificate_no",), _("核验技能证书"), Basis.CONTRACT_OR_HR, None, OFFICERS
    ),
    Purpose(
        "people.Dispute",
        ("kind", "text", "state", "is_upheld", "answer"),
        _("办理并答复本人的异议"),
        Basis.LEGAL_DUTY,
        SETTLED_KEPT,
        (COUNTY, *UPPER),
    ),
    Purpose(
        "people.RightsRequest",
        ("kind", "text", "state", "answer"),
        _("办理并答复限制处理、删除等请求"),
        Basis.LEGAL_DUTY,
        SETTLED_KEPT,
        UPPER,
    ),
)

RETENTIONS = (
    Retention(
        code="people.disputes",
        title=_("已办结的异议"),
        model="people.Dispute",
        term=SETTLED_KEPT,
        ending=_("删除"),
        due="jiangxin.people.queries.keeping:disputes_due",
        end="jiangxin.people.actions:end_disputes",
    ),
    Retention(
        code="people.requests",
        title=_("已办结的权利请求"),
        model="people.RightsRequest",
        term=SETTLED_KEPT,
        ending=_("删除"),
        due="jiangxin.people.queries.keeping:requests_due",
        end="jiangxin.people.actions:end_requests",
    ),
)

WITH_RECORD = "jiangxin.people.queries.record:has_record"

MODULE = Module(
    app="people",
    title=pgettext_lazy("nav", "职工"),
    permissions=PERMISSIONS,
    events=EVENTS,
    nav=(
        NavItem(_("我的护照"), "people:passport", "worker", icon="book-user", order=10, when=WITH_RECORD),
        NavItem(_("我的同意"), "people:consents", "worker", icon="handshake", order=30, when=WITH_RECORD),
        NavItem(_("谁看过我的档案"), "people:looks", "worker", icon="eye", order=40, when=WITH_RECORD),
        NavItem(_("我的权利"), "people:rights", "worker", icon="shield", order=50, when=WITH_RECORD),
        NavItem(
            pgettext_lazy("nav", "职工档案"),
            "people:work_people",
            "workbench",
            "people.view_person",
            icon="users",
            order=20,
        ),
        NavItem(
            _("同一人线索"), "people:work_links", "workbench", "people.decide_link", icon="link", order=40
        ),
        NavItem(
            _("异议"), "people:work_disputes", "workbench", "people.answer_dispute", icon="scale", order=50
        ),
        NavItem(
            _("权利请求"), "people:work_rights", "workbench", "people.decide_request", icon="shield", order=52
        ),
    ),
    todos=(
        Todo(
            _("同一人线索待认定"),
            "people:work_links",
            "jiangxin.people.queries.links:count_waiting",
            "people.decide_link",
            order=40,
        ),
        Todo(
            _("异议待答复"),
            "people:work_disputes",
            "jiangxin.people.queries.disputes:count_waiting",
            "people.answer_dispute",
            order=30,
        ),
        Todo(
            _("权利请求待答复"),
            "people:work_rights",
            "jiangxin.people.queries.rights:count_waiting",
            "people.decide_request",
            order=32,
        ),
    ),
    search=(
        SearchKind(
            "person",
            _("职工"),
            "jiangxin.people.queries.search:documents",
            "jiangxin.people.queries.search:all_ids",
        ),
    ),
    timeline_kinds=(
        TimelineKind("people.milestone", _("经历"), icon="milestone"),
        TimelineKind("people.skill", _("技能"), icon="badge-check"),
        TimelineKind("people.mentoring", _("师带徒"), icon="users"),
    ),
    sheets=(
        SheetOffer(
            "people",
            _("职工信息"),
            "jiangxin.people.sheets:PEOPLE_SHEET",
            "people.import_people",
            onward="jiangxin.people.views.onward:after_people",
        ),
    ),
    purposes=PURPOSES,
    retentions=RETENTIONS,
    api="jiangxin.people.api:router",
    subject_parts="jiangxin.people.actions.erasure:SUBJECT_PART",
    public_urls=("people:person", "people:receipt"),
    own_urls=(
        "people:passport",
        "people:entry",
        "people:consents",
        "people:looks",
        "people:my_export",
        "people:rights",
        "people:ask_right",
    ),
)
