"""Verbs of accounts; other apps call `notify`, `invite_person`, `give_grant` and `add_user`."""

from jiangxin.accounts.actions.grants import delegate_grant, end_grant, give_grant, hand_over_office
from jiangxin.accounts.actions.keeping import end_letters, end_notices
from jiangxin.accounts.actions.linking import (
    Letter,
    accept_invitation,
    claim_record,
    confirm_claim,
    invite_person,
    refuse_claim,
    withdraw_claim,
)
from jiangxin.accounts.actions.notices import (
    choose_notices,
    mail_notice,
    notify,
    read_all_notices,
    read_notice,
)
from jiangxin.accounts.actions.second_factor import take_code
from jiangxin.accounts.actions.subject import close_account
from jiangxin.accounts.actions.users import (
    add_user,
    change_password,
    choose_password_policy,
    create_admin,
    disable_user,
    enable_user,
    end_session,
    end_sessions,
    release_lockout,
)

__all__ = [
    "Letter",
    "accept_invitation",
    "add_user",
    "change_password",
    "choose_notices",
    "choose_password_policy",
    "claim_record",
    "close_account",
    "confirm_claim",
    "create_admin",
    "delegate_grant",
    "disable_user",
    "enable_user",
    "end_grant",
    "end_letters",
    "end_notices",
    "end_session",
    "end_sessions",
    "give_grant",
    "hand_over_office",
    "invite_person",
    "mail_notice",
    "notify",
    "read_all_notices",
    "read_notice",
    "refuse_claim",
    "release_lockout",
    "take_code",
    "withdraw_claim",
]
