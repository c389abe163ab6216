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

__all__ = [
    "AnswerForm",
    "DisputeForm",
    "EmploymentForm",
    "EntryCorrectionForm",
    "EntryForm",
    "FilterForm",
    "LeavingForm",
    "LinkReasonForm",
    "NewPersonForm",
    "PersonForm",
    "RevealForm",
    "SkillForm",
    "StandingForm",
    "WithdrawalForm",
]
