"""Verbs of the honours: the catalogue, conferring, issuing credentials, revoking, re-checking, importing lists."""

from jiangxin.honours.actions.batches import (
    begin_issuing,
    begin_printing,
    begin_replacing,
    export_conferrals,
    keep_certificates,
)
from jiangxin.honours.actions.catalogue import (
    add_alias,
    add_honour,
    load_catalogue,
    revise_honour,
    settle_title,
)
from jiangxin.honours.actions.conferral import add_collective, confer_after_check, confer_honour
from jiangxin.honours.actions.correcting import correct_conferral
from jiangxin.honours.actions.counting import keep_holder_counts
from jiangxin.honours.actions.importing import import_list_rows
from jiangxin.honours.actions.issuing import (
    issue_anew,
    issue_credential,
    open_issuer,
    replace_credential,
    rotate_key,
    withdraw_key,
)
from jiangxin.honours.actions.moving import follow_merged_org, follow_moved_org, follow_person
from jiangxin.honours.actions.rechecks import doubt_recheck, open_rechecks, pass_recheck
from jiangxin.honours.actions.returning import end_return, record_return
from jiangxin.honours.actions.revocation import (
    keep_honour,
    lift_suspension,
    revoke_conferral,
    revoke_on_proposal,
    suspend_conferral,
)

__all__ = [
    "add_alias",
    "add_collective",
    "add_honour",
    "begin_issuing",
    "begin_printing",
    "begin_replacing",
    "confer_after_check",
    "confer_honour",
    "correct_conferral",
    "doubt_recheck",
    "end_return",
    "export_conferrals",
    "follow_merged_org",
    "follow_moved_org",
    "follow_person",
    "import_list_rows",
    "issue_anew",
    "issue_credential",
    "keep_certificates",
    "keep_holder_counts",
    "keep_honour",
    "lift_suspension",
    "load_catalogue",
    "open_issuer",
    "open_rechecks",
    "pass_recheck",
    "record_return",
    "replace_credential",
    "revise_honour",
    "revoke_conferral",
    "revoke_on_proposal",
    "rotate_key",
    "settle_title",
    "suspend_conferral",
    "withdraw_key",
]
