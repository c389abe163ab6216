"""What accounts offers the house: the roles, the permissions on accounts and grants, to-dos and links."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jiangxin.accounts import rules
from jiangxin.accounts.words import ADMIN_ROLES, OFFICER_ROLES
from jiangxin.kernel.access import Permission, Role
from jiangxin.kernel.modules import EventType, Module, NavItem, PublicSection, Todo
from jiangxin.kernel.privacy import Basis, Purpose, Retention

_ADMINS = frozenset(ADMIN_ROLES)

ROLES = (
    Role("member", _("已登录用户"), "Signed-in user", staff=False),
    Role("worker", _("职工"), "Worker", staff=False),
    Role("employer", _("用人单位"), "Employer", staff=False),
    Role("team_leader", _("班组长"), "Team leader"),
    Role("grassroots_officer", _("基层工会干部"), "Grassroots union officer"),
    Role("county_officer", _("县级工会干部"), "County union officer"),
    Role("city_officer", _("市级工会干部"), "City union officer"),
    Role("province_officer", _("省级工会干部"), "Provincial union officer"),
    Role("national_officer", _("全国总工会干部"), "National union officer"),
    Role("city_reviewer", _("市级评审"), "City reviewer"),
    Role("editor", _("编辑"), "Editor"),
    Role("system_admin", _("系统管理员"), "System administrator", excludes=_ADMINS - {"system_admin"}),
    Role("security_admin", _("安全管理员"), "Security administrator", excludes=_ADMINS - {"security_admin"}),
    Role("audit_admin", _("审计管理员"), "Audit administrator", excludes=_ADMINS - {"audit_admin"}),
)

PERMISSIONS = (
    Permission("accounts.use_account", _("使用自己的账号"), roles=("member",)),
    Permission(
        "accounts.view_grant",
        _("查看授权"),
        roles=(*OFFICER_ROLES, "security_admin"),
        own=rules.belongs_to_actor,
    ),
    Permission("accounts.give_grant", _("授予角色"), roles=(*OFFICER_ROLES, "security_admin")),
    Permission(
        "accounts.end_grant",
        _("结束授权"),
        roles=(*OFFICER_ROLES, "security_admin"),
        own=rules.belongs_to_actor,
    ),
    Permission(
        "accounts.delegate_grant", _("委托授权"), roles=("security_admin",), own=rules.belongs_to_actor
    ),
    Permission("accounts.hand_over_office", _("记录管理员交接"), roles=("security_admin",)),
    Permission("accounts.view_user", _("查看账号"), roles=(*OFFICER_ROLES, *ADMIN_ROLES[1:])),
    Permission("accounts.add_user", _("新建账号"), roles=("system_admin",)),
    Permission(
        "accounts.disable_user",
        _("停用账号"),
        roles=(*OFFICER_ROLES, "system_admin", "security_admin"),
        veto=rules.is_own_account,
    ),
    Permission("accounts.enable_user", _("恢复账号"), roles=("system_admin",), veto=rules.is_own_account),
    Permission(
        "accounts.end_sessions",
        _("结束登录"),
        roles=(*OFFICER_ROLES, "system_admin", "security_admin"),
        own=rules.is_own_account,
    ),
    Permission(
        "accounts.release_lockout",
        _("解除锁定"),
        roles=(*OFFICER_ROLES, "security_admin"),
        veto=rules.is_own_account,
    ),
    Permission("accounts.choose_policy", _("选择密码策略"), roles=("security_admin",)),
    Permission("accounts.change_password", _("修改密码"), roles=("system_admin",), own=rules.is_own_account),
    Permission(
        "accounts.edit_account", _("修改自己的账号"), roles=("system_admin",), own=rules.is_own_account
    ),
    Permission("accounts.invite_person", _("邀请职工开户"), roles=(*OFFICER_ROLES, "team_leader")),
    Permission("accounts.accept_invitation", _("接受开户邀请"), roles=("system_admin",)),
    Permission("accounts.claim_record", _("认领档案"), roles=("system_admin",), own=rules.is_own_account),
    Permission("accounts.decide_claim", _("核对档案认领"), roles=OFFICER_ROLES, veto=rules.belongs_to_actor),
    Permission("accounts.withdraw_claim", _("撤回认领"), roles=("system_admin",), own=rules.belongs_to_actor),
    Permission("accounts.close_account", _("注销账号"), roles=("system_admin",), own=rules.is_own_account),
    Permission("accounts.send_notice", _("发送消息"), roles=("system_admin",)),
    Permission("accounts.read_notice", _("阅读消息"), roles=("system_admin",), own=rules.belongs_to_actor),
)

EVENTS = (
    EventType("accounts.grant_given", ("user", "role", "org", "until"), _("授予了角色")),
    EventType("accounts.grant_ended", ("user", "role", "org"), _("结束了角色")),
    EventType("accounts.office_handed_over", ("user", "role", "successor"), _("交接了管理员职务")),
    EventType("accounts.user_added", ("username",), _("新建了账号"), personal=("username",)),
    EventType(
        "accounts.user_disabled", ("username", "reason"), _("停用了账号"), personal=("username", "reason")
    ),
    EventType("accounts.user_enabled", ("username",), _("恢复了账号"), personal=("username",)),
    EventType("accounts.lockout_released", ("username",), _("解除了锁定"), personal=("username",)),
    EventType("accounts.policy_chosen", ("old_profile", "new_profile", "reason"), _("更换了密码策略")),
    EventType("accounts.password_changed", (), _("修改了密码")),
    EventType("accounts.person_linked", ("user", "person", "road"), _("账号与档案已关联")),
    EventType("accounts.claim_made", ("claim", "opath"), _("有职工认领档案")),
    EventType("accounts.account_closed", ("user",), _("注销了账号")),
    EventType("accounts.notice_sent", ("notice",), _("发送了消息")),
)

SECURITY = (
    ("accounts.signed_in", _("登录")),
    ("accounts.sign_in_failed", _("登录失败")),
    ("accounts.signed_out", _("退出登录")),
    ("accounts.code_failed", _("第二重验证失败")),
    ("accounts.locked_out", _("账号被锁定")),
    ("accounts.sessions_ended", _("结束了其他登录")),
)

YEAR = timedelta(days=365)
PURPOSES = (
    Purpose(
        "accounts.User",
        ("email", "password", "last_login"),
        _("登录、找回密码、发现冒用"),
        Basis.CONTRACT_OR_HR,
        None,
        ("system_admin", *OFFICER_ROLES),
    ),
    Purpose("accounts.PasswordHistory", ("password",), _("防止重复使用旧密码"), Basis.LEGAL_DUTY, None, ()),
    Purpose(
        "accounts.Invitation",
        ("email", "secret_digest"),
        _("邀请本人开通账号"),
        Basis.CONTRACT_OR_HR,
        YEAR,
        OFFICER_ROLES,
    ),
    Purpose(
        "accounts.Notice",
        ("title", "body", "said"),
        _("把需要知道或办理的事告诉本人"),
        Basis.CONTRACT_OR_HR,
        3 * YEAR,
        (),
    ),
)

RETENTIONS = (
    Retention(
        code="accounts.letters",
        title=_("开通账号的邀请"),
        model="accounts.Invitation",
        term=YEAR,
        ending=_("删除"),
        due="jiangxin.accounts.queries.keeping:letters_due",
        end="jiangxin.accounts.actions:end_letters",
    ),
    Retention(
        code="accounts.notices",
        title=_("发给本人的消息"),
        model="accounts.Notice",
        term=3 * YEAR,
        ending=_("删除"),
        due="jiangxin.accounts.queries.keeping:notices_due",
        end="jiangxin.accounts.actions:end_notices",
    ),
)

MODULE = Module(
    app="accounts",
    title=_("账号与权限"),
    roles=ROLES,
    permissions=PERMISSIONS,
    events=EVENTS,
    security=SECURITY,
    purposes=PURPOSES,
    retentions=RETENTIONS,
    sealed="jiangxin.accounts.actions.second_factor:SEALED_SECRETS",
    subject_parts="jiangxin.accounts.actions.subject:SUBJECT_PART",
    nav=(
        NavItem(_("登录"), "account_login", "visitor", order=10),
        NavItem(
            _("消息"),
            "accounts:inbox",
            "account",
            "accounts.use_account",
            "inbox",
            10,
            count="jiangxin.accounts.queries:unread_count",
        ),
        NavItem(_("账号与安全"), "accounts:account", "account", "accounts.use_account", "user-cog", 20),
        NavItem(_("退出登录"), "account_logout", "account", "accounts.use_account", "log-out", 90),
        NavItem(_("授权"), "accounts:grants", "workbench", "accounts.give_grant", "key-round", 70),
        NavItem(_("账号"), "accounts:users", "workbench", "accounts.view_user", "users-round", 80),
        NavItem(_("锁定"), "accounts:lockouts", "workbench", "accounts.release_lockout", "lock", 85),
        NavItem(_("档案认领"), "accounts:claims", "workbench", "accounts.decide_claim", "badge-check", 60),
        NavItem(_("密码策略"), "accounts:policy", "workbench", "accounts.choose_policy", "shield-check", 90),
    ),
    todos=(
        Todo(
            _("待核对的档案认领"),
            "accounts:claims",
            "jiangxin.accounts.queries:open_claims_count",
            "accounts.decide_claim",
        ),
        Todo(
            _("被锁定的账号"),
            "accounts:lockouts",
            "jiangxin.accounts.queries:lockouts_count",
            "accounts.release_lockout",
        ),
        Todo(
            _("未读消息"), "accounts:inbox", "jiangxin.accounts.queries:unread_count", area="worker", order=10
        ),
    ),
    sections=(
        PublicSection(
            "people.record",
            "accounts/parts/record_account.html",
            "jiangxin.accounts.views.sections:record_account",
            order=20,
        ),
    ),
    public_urls=(
        "account_login",
        "account_logout",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_email",
        "account_email_verification_sent",
        "account_confirm_login_code",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "accounts:invitation",
        "accounts:open_invitation",
        "accounts:demo",
        "accounts:try_persona",
    ),
    own_urls=(
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "usersessions_list",
        "accounts:account",
        "accounts:end_session",
        "accounts:remove_passkey",
        "accounts:claim",
        "accounts:withdraw_claim",
        "accounts:inbox",
        "accounts:inbox_count",
        "accounts:open_notice",
        "accounts:read_all",
        "accounts:notice_preferences",
    ),
)
