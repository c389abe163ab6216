"""Field classes, encryption, blind index, masking, purposes, export and erasure of one person, small-count suppression."""

from jiangxin.kernel.privacy.classes import PrivacyClass, highest, unclassified_fields
from jiangxin.kernel.privacy.fields import EncryptedTextField, Sealed
from jiangxin.kernel.privacy.masking import mask
from jiangxin.kernel.privacy.purposes import Basis, Purpose
from jiangxin.kernel.privacy.retention import Retention
from jiangxin.kernel.privacy.sealing import BlindIndexer, Sealer, Unreadable, blind_index, seal, unseal
from jiangxin.kernel.privacy.subjects import (
    Erasure,
    Kept,
    Outlook,
    SubjectPart,
    erase_subject,
    erasure_outlook,
    export_subject,
)
from jiangxin.kernel.privacy.suppression import SafeTable, suppress

__all__ = [
    "Basis",
    "BlindIndexer",
    "EncryptedTextField",
    "Erasure",
    "Kept",
    "Outlook",
    "PrivacyClass",
    "Purpose",
    "Retention",
    "SafeTable",
    "Sealed",
    "Sealer",
    "SubjectPart",
    "Unreadable",
    "blind_index",
    "erase_subject",
    "erasure_outlook",
    "export_subject",
    "highest",
    "mask",
    "seal",
    "suppress",
    "unclassified_fields",
    "unseal",
]
