"""Nouns of accounts: users, grants, passwords, invitations, claims, notices."""

from jiangxin.accounts.models.claims import Invitation, RecordClaim
from jiangxin.accounts.models.grants import AdminHandover, Grant, GrantQuerySet
from jiangxin.accounts.models.notices import Notice, NoticePreference, NoticeQuerySet
from jiangxin.accounts.models.passwords import CodeUse, PasswordHistory, PasswordPolicy
from jiangxin.accounts.models.users import User, UserQuerySet

__all__ = [
    "AdminHandover",
    "CodeUse",
    "Grant",
    "GrantQuerySet",
    "Invitation",
    "Notice",
    "NoticePreference",
    "NoticeQuerySet",
    "PasswordHistory",
    "PasswordPolicy",
    "RecordClaim",
    "User",
    "UserQuerySet",
]
