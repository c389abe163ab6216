"""Privacy: each field of each noun has a class, and each personal field a purpose."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import timezone

from jiangxin.kernel.modules import installed_modules
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.privacy.purposes import (
    fields_without_purpose,
    personal_fields,
    purposes,
    unknown_purposes,
)
from jiangxin.kernel.privacy.retention import retentions, terms_nobody_keeps
from jiangxin.kernel.privacy.subjects import subject_parts

pytestmark = pytest.mark.house
COPIED_BY_ACCOUNTS = {"http"}  # API tokens hang on the number of an account, which the kernel cannot follow


def test_every_field_has_a_privacy_class() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("jiangxin."):
            continue
        named = set(getattr(model, "PRIVACY", {}))
        fields = {
            field.name for field in model._meta.concrete_fields if not field.primary_key or field.name != "id"
        }
        if named - {"id"} != fields:
            wrong.append(f"{model.__name__}: {sorted(named ^ fields)}")

    assert wrong == []


def test_classes_are_the_four_of_the_house() -> None:
    for model in apps.get_models():
        for value in getattr(model, "PRIVACY", {}).values():
            assert isinstance(value, PrivacyClass)


def test_every_personal_field_says_why_it_is_kept() -> None:
    assert fields_without_purpose() == []


def test_purposes_speak_of_fields_that_exist_and_are_personal() -> None:
    mentioned = {f"{each.model}.{field}" for each in purposes() for field in each.fields}

    assert unknown_purposes() == []
    assert sorted(mentioned - personal_fields()) == []


def test_purposes_name_readers_that_are_roles() -> None:
    roles = {role.id for module in installed_modules() for role in module.roles}

    assert sorted({reader for each in purposes() for reader in each.seen_by} - roles) == []


@pytest.mark.django_db
def test_every_stated_term_is_kept_by_somebody() -> None:
    assert terms_nobody_keeps() == []
    for each in retentions().values():
        assert each.rows_due(timezone.now()).model._meta.label == each.model


def test_every_app_with_personal_fields_copies_and_erases_them() -> None:
    keepers = {field.split(".")[0] for field in personal_fields()}

    assert sorted(keepers - set(subject_parts()) - COPIED_BY_ACCOUNTS) == []
