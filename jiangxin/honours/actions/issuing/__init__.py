"""Signing: issuers and their keys, credentials, and what the status lists say of them."""

from jiangxin.honours.actions.issuing.credentials import (
    issue_anew,
    issue_credential,
    mark_credentials,
    replace_credential,
)
from jiangxin.honours.actions.issuing.issuers import open_issuer, rotate_key, withdraw_key

__all__ = [
    "issue_anew",
    "issue_credential",
    "mark_credentials",
    "open_issuer",
    "replace_credential",
    "rotate_key",
    "withdraw_key",
]
