"""Field classes, encryption, blind index, masking, purposes, export and erasure of one person, small-count suppression."""

from jiangxin.kernel.privacy.classes import PrivacyClass, highest, unclassified_fields

__all__ = ["PrivacyClass", "highest", "unclassified_fields"]
