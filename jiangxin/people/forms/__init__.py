"""HTML input of worker records turned into clean values; nothing here writes."""

from jiangxin.people.forms.employment import EmploymentForm, LeavingForm
from jiangxin.people.forms.link import LinkReasonForm
from jiangxin.people.forms.passport import (
    AnswerForm,
    DisputeForm,
    EntryCorrectionForm,
    EntryForm,
    WithdrawalForm,
)
from jiangxin.people.forms.person import (
    FilterForm,
    NewPersonForm,
    PersonForm,
    RevealForm,
    SkillForm,
    StandingForm,
)
from jiangxin.people.forms.right import AskForm, DecisionForm, RegisterForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "DecisionForm",
    "DisputeForm",
    "EmploymentForm",
    "EntryCorrectionForm",
    "EntryForm",
    "FilterForm",
    "LeavingForm",
    "LinkReasonForm",
    "NewPersonForm",
    "PersonForm",
    "RegisterForm",
    "RevealForm",
    "SkillForm",
    "StandingForm",
    "WithdrawalForm",
]
