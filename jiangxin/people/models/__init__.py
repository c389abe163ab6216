"""Nouns of the worker record, one file per noun."""

from jiangxin.people.models.consent import Consent
from jiangxin.people.models.dispute import Dispute
from jiangxin.people.models.employment import Employment
from jiangxin.people.models.link import LinkProposal
from jiangxin.people.models.passport import EntryVisibility, PassportEntry
from jiangxin.people.models.person import Person, PersonName
from jiangxin.people.models.right import RightsRequest, RightsRequestQuerySet
from jiangxin.people.models.skill import SkillLevel
from jiangxin.people.models.source import Source

__all__ = [
    "Consent",
    "Dispute",
    "Employment",
    "EntryVisibility",
    "LinkProposal",
    "PassportEntry",
    "Person",
    "PersonName",
    "RightsRequest",
    "RightsRequestQuerySet",
    "SkillLevel",
    "Source",
]
