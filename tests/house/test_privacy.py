"""Privacy: each field of each noun has a class, and each personal field a purpose."""

from __future__ import annotations

import pytest
from django.apps import apps

from jiangxin.kernel.privacy import PrivacyClass

pytestmark = pytest.mark.house


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
