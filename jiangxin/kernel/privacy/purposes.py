"""The purpose register: each personal field × purpose × basis × retention × who (PIPL articles 6, 13, 17 and 19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules import Module, installed_modules
from jiangxin.kernel.privacy.classes import PrivacyClass

HOUSE = "jiangxin."


class Basis(StrEnum):
    """Lawful bases of PIPL article 13, and separate consent of articles 25 and 29."""

    CONSENT = "consent"
    SEPARATE_CONSENT = "separate_consent"
    CONTRACT_OR_HR = "contract_or_hr"
    LEGAL_DUTY = "legal_duty"
    PUBLIC_INTEREST_NEWS = "public_interest_news"
    ALREADY_PUBLIC = "already_public"

    @property
    def label(self) -> str:
        """The basis in words of the law."""
        return str(_BASIS_LABELS[self])


_BASIS_LABELS = {
    Basis.CONSENT: _("本人同意（个保法第十三条第一项）"),
    Basis.SEPARATE_CONSENT: _("本人单独同意（个保法第二十五、二十九条）"),
    Basis.CONTRACT_OR_HR: _("订立、履行合同或依法实施人力资源管理（第十三条第二项）"),
    Basis.LEGAL_DUTY: _("履行法定职责或者法定义务（第十三条第三项）"),
    Basis.PUBLIC_INTEREST_NEWS: _("为公共利益实施新闻报道（第十三条第五项）"),
    Basis.ALREADY_PUBLIC: _("已经合法公开的信息（第十三条第六项）"),
}


@dataclass(frozen=True)
class Purpose:
    """Why fields of one model are kept. `retention` None means as long as the record; `seen_by` are role ids."""

    model: str
    fields: tuple[str, ...]
    purpose: Label
    basis: Basis
    retention: timedelta | None
    seen_by: tuple[str, ...]


def purposes(modules: Iterable[Module] | None = None) -> tuple[Purpose, ...]:
    """Every purpose the installed apps (or the given modules) declare; the public page of rules is made from them."""
    return tuple(each for module in modules or installed_modules() for each in module.purposes)


def purposes_of(model: str, field: str, *, modules: Iterable[Module] | None = None) -> tuple[Purpose, ...]:
    """The purposes of one field, model given as "people.Person"."""
    return tuple(each for each in purposes(modules) if each.model == model and field in each.fields)


def fields_without_purpose(modules: Iterable[Module] | None = None) -> list[str]:
    """Name each sensitive or secret field, as "people.Person.phone", that no purpose covers."""
    covered = {f"{each.model}.{field}" for each in purposes(modules) for field in each.fields}
    return sorted(personal_fields() - covered)


def unknown_purposes(modules: Iterable[Module] | None = None) -> list[str]:
    """Name what purposes mention but no model has."""
    mentioned = {f"{each.model}.{field}" for each in purposes(modules) for field in each.fields}
    known = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
    }
    return sorted(mentioned - known)


def personal_fields() -> set[str]:
    """The sensitive and secret fields of our own models, as "people.Person.phone"."""
    return {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        if model.__module__.startswith(HOUSE)
        for name, privacy in getattr(model, "PRIVACY", {}).items()
        if privacy.rank >= PrivacyClass.SENSITIVE.rank
    }
