"""The four privacy classes every stored field carries, and the check that every model names them for all its fields."""

from collections.abc import Iterator
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrivacyClass(StrEnum):
    """公开 内部 敏感 高敏: decides masking, encryption, reading log and export (GB/T 22239-2019 8.1.4 security labels)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105 - a class name, no password

    @property
    def label(self) -> str:
        """The Chinese name printed on exports and screens."""
        return str(_LABELS[self])

    @property
    def rank(self) -> int:
        """0 for public … 3 for secret; an export carries the highest rank of its columns."""
        return list(PrivacyClass).index(self)


_LABELS = {
    PrivacyClass.PUBLIC: _("公开"),
    PrivacyClass.INTERNAL: _("内部"),
    PrivacyClass.SENSITIVE: _("敏感"),
    PrivacyClass.SECRET: _("高敏"),
}


def highest(classes: Iterator[PrivacyClass] | list[PrivacyClass] | tuple[PrivacyClass, ...]) -> PrivacyClass:
    """Return the strictest of `classes`; public when there is none."""
    return max(classes, key=lambda each: each.rank, default=PrivacyClass.PUBLIC)


def unclassified_fields(model: type[models.Model]) -> list[str]:
    """Name what is wrong with the model's PRIVACY map: fields without a class, and entries that name no field.

    Concrete fields and many-to-many fields count; an entry without a field is answered as "-name".
    """
    declared = set(getattr(model, "PRIVACY", {}))
    present = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    return sorted(present - declared) + [f"-{name}" for name in sorted(declared - present)]
