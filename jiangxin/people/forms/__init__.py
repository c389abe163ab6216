"""HTML input of worker records turned into clean values; nothing here writes."""

from jiangxin.people.forms.passport import AnswerForm, DisputeForm, EntryForm
from jiangxin.people.forms.person import (
    EmploymentForm,
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
    "EntryForm",
    "FilterForm",
    "NewPersonForm",
    "PersonForm",
    "RevealForm",
    "SkillForm",
    "StandingForm",
]
