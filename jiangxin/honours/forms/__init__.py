"""HTML input of honours turned into clean values; nothing here writes."""

from jiangxin.honours.forms.catalogue import AliasForm, NewHonourForm, RevisionForm, SettleForm
from jiangxin.honours.forms.conferral import ConferForm, FilterForm, ListFilterForm
from jiangxin.honours.forms.correcting import CorrectionForm
from jiangxin.honours.forms.decisions import ProposalForm, ReasonForm, RecheckForm, ReturnForm, RevokeForm
from jiangxin.honours.forms.verify import VerifyForm

__all__ = [
    "AliasForm",
    "ConferForm",
    "CorrectionForm",
    "FilterForm",
    "ListFilterForm",
    "NewHonourForm",
    "ProposalForm",
    "ReasonForm",
    "RecheckForm",
    "ReturnForm",
    "RevisionForm",
    "RevokeForm",
    "SettleForm",
    "VerifyForm",
]
