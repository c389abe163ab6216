"""The nouns of the honours, one file per noun family."""

from jiangxin.honours.models.conferral import Collective, Conferral, ConferralQuerySet
from jiangxin.honours.models.correction import Correction
from jiangxin.honours.models.credential import Credential, Issuer, IssuerKey, StatusList
from jiangxin.honours.models.holder_count import HolderCount
from jiangxin.honours.models.honour import Honour, HonourAlias, HonourQuerySet, Prerequisite
from jiangxin.honours.models.honour_list import HonourList, Nominee, NomineeQuerySet, UnknownTitle
from jiangxin.honours.models.revocation import CascadeProposal, Recheck, Revocation
from jiangxin.honours.words import Level

__all__ = [
    "CascadeProposal",
    "Collective",
    "Conferral",
    "ConferralQuerySet",
    "Correction",
    "Credential",
    "HolderCount",
    "Honour",
    "HonourAlias",
    "HonourList",
    "HonourQuerySet",
    "Issuer",
    "IssuerKey",
    "Level",
    "Nominee",
    "NomineeQuerySet",
    "Prerequisite",
    "Recheck",
    "Revocation",
    "StatusList",
    "UnknownTitle",
]
