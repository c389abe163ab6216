"""Flows of conferrals, of the questions a revocation raises, of credentials and of re-checks."""

from django.utils.translation import gettext_lazy as _

from jiangxin.honours.words import ConferralState, CredentialState, ProposalState, RecheckState
from jiangxin.kernel.states import Flow, Move, State

CONFERRAL_FLOW = Flow(
    "honours.conferral",
    field="state",
    states=(
        State(ConferralState.CONFERRED.value, ConferralState.CONFERRED.label),
        State(ConferralState.SUSPENDED.value, ConferralState.SUSPENDED.label),
        State(ConferralState.REEXAMINED.value, ConferralState.REEXAMINED.label),
        State(ConferralState.REVOKED.value, ConferralState.REVOKED.label, final=True),
    ),
    moves=(
        Move("suspend", ConferralState.CONFERRED.value, ConferralState.SUSPENDED.value, _("暂停")),
        Move("lift", ConferralState.SUSPENDED.value, ConferralState.CONFERRED.value, _("恢复")),
        Move("reexamine", ConferralState.CONFERRED.value, ConferralState.REEXAMINED.value, _("转入复核")),
        Move("keep", ConferralState.REEXAMINED.value, ConferralState.CONFERRED.value, _("复核后保留")),
        Move("revoke", ConferralState.CONFERRED.value, ConferralState.REVOKED.value, _("撤销")),
        Move("revoke", ConferralState.SUSPENDED.value, ConferralState.REVOKED.value, _("撤销")),
        Move("revoke", ConferralState.REEXAMINED.value, ConferralState.REVOKED.value, _("撤销")),
        Move("correct", ConferralState.CONFERRED.value, ConferralState.CONFERRED.value, _("更正")),
        Move("correct", ConferralState.SUSPENDED.value, ConferralState.SUSPENDED.value, _("更正")),
        Move("correct", ConferralState.REEXAMINED.value, ConferralState.REEXAMINED.value, _("更正")),
    ),
)

PROPOSAL_FLOW = Flow(
    "honours.proposal",
    field="state",
    states=(
        State(ProposalState.PROPOSED.value, ProposalState.PROPOSED.label),
        State(ProposalState.REVOKED.value, ProposalState.REVOKED.label, final=True),
        State(ProposalState.KEPT.value, ProposalState.KEPT.label, final=True),
    ),
    moves=(
        Move("revoke", ProposalState.PROPOSED.value, ProposalState.REVOKED.value, _("决定撤销")),
        Move("keep", ProposalState.PROPOSED.value, ProposalState.KEPT.value, _("决定保留")),
    ),
)

CREDENTIAL_FLOW = Flow(
    "honours.credential",
    field="state",
    states=(
        State(CredentialState.VALID.value, CredentialState.VALID.label),
        State(CredentialState.SUSPENDED.value, CredentialState.SUSPENDED.label),
        State(CredentialState.REVOKED.value, CredentialState.REVOKED.label, final=True),
        State(CredentialState.REPLACED.value, CredentialState.REPLACED.label, final=True),
    ),
    moves=(
        Move("suspend", CredentialState.VALID.value, CredentialState.SUSPENDED.value, _("暂停")),
        Move("lift", CredentialState.SUSPENDED.value, CredentialState.VALID.value, _("恢复")),
        Move("revoke", CredentialState.VALID.value, CredentialState.REVOKED.value, _("撤销")),
        Move("revoke", CredentialState.SUSPENDED.value, CredentialState.REVOKED.value, _("撤销")),
        Move("replace", CredentialState.VALID.value, CredentialState.REPLACED.value, _("换发")),
        Move("replace", CredentialState.SUSPENDED.value, CredentialState.REPLACED.value, _("换发")),
    ),
)

RECHECK_FLOW = Flow(
    "honours.recheck",
    field="state",
    states=(
        State(RecheckState.OPEN.value, RecheckState.OPEN.label),
        State(RecheckState.DOUBTFUL.value, RecheckState.DOUBTFUL.label),
        State(RecheckState.PASSED.value, RecheckState.PASSED.label, final=True),
    ),
    moves=(
        Move("pass", RecheckState.OPEN.value, RecheckState.PASSED.value, _("无异常")),
        Move("doubt", RecheckState.OPEN.value, RecheckState.DOUBTFUL.value, _("有疑问")),
        Move("pass", RecheckState.DOUBTFUL.value, RecheckState.PASSED.value, _("疑问已消除")),
    ),
)
