"""Every personal field has a purpose; one person's data are gathered and erased across the apps."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType

from jiangxin.kernel.access import Actor, Refused, SystemActor
from jiangxin.kernel.modules import Module
from jiangxin.kernel.privacy import Basis, Erasure, Kept, Purpose, SubjectPart, erase_subject, export_subject
from jiangxin.kernel.privacy.purposes import (
    fields_without_purpose,
    personal_fields,
    purposes,
    purposes_of,
    unknown_purposes,
)
from jiangxin.kernel.privacy.subjects import subject_parts

ME = SystemActor("test")
VERIFY = Purpose(
    "files.StoredFile", ("name", "size"), "核对", Basis.CONSENT, timedelta(days=30), ("city_officer",)
)
ODD = Purpose("files.StoredFile", ("colour",), "无", Basis.LEGAL_DUTY, None, ())
HERE = "jiangxin.kernel.privacy.tests.test_purposes_and_subjects"


def export_notes(person_uid: str) -> Any:
    return list(ContentType.objects.filter(app_label=person_uid).values_list("model", flat=True))


def erase_notes(person_uid: str, by: Actor) -> Erasure:
    deleted, _ = ContentType.objects.filter(app_label=person_uid).delete()
    return Erasure(deleted=deleted)


def refuse(person_uid: str, by: Actor) -> Erasure:
    raise Refused("还在审核中，暂不能删除。")


NOTES = SubjectPart("便条", export_notes, erase_notes)
LAW = SubjectPart("账目", lambda uid: {"uid": uid}, lambda uid, by: Erasure(kept=(Kept("账目", "会计法"),)))
STUCK = SubjectPart("在办", lambda uid: [], refuse)


def module(app: str, part: str) -> Module:
    return Module(app=app, title=app, subject_parts=f"{HERE}:{part}")


def test_purposes_are_found_by_field() -> None:
    modules = [Module(app="a", title="甲", purposes=(VERIFY,)), Module(app="b", title="乙", purposes=(ODD,))]

    assert purposes(modules) == (VERIFY, ODD)
    assert purposes_of("files.StoredFile", "size", modules=modules) == (VERIFY,)
    assert unknown_purposes(modules) == ["files.StoredFile.colour"]
    assert VERIFY.basis.label == "本人同意（个保法第十三条第一项）"


def test_a_personal_field_without_purpose_is_named() -> None:
    personal = sorted(personal_fields())
    covering = [
        Purpose(*name.rsplit(".", 1)[:1], (name.rsplit(".", 1)[1],), "核对", Basis.CONSENT, None, ())
        for name in personal
    ]

    assert fields_without_purpose([Module(app="a", title="甲", purposes=(VERIFY,))]) == personal
    assert fields_without_purpose([Module(app="a", title="甲", purposes=tuple(covering))]) == []


@pytest.mark.django_db
def test_the_export_of_one_person_gathers_every_app_and_nobody_else() -> None:
    ContentType.objects.create(app_label="P1", model="mine")
    ContentType.objects.create(app_label="P2", model="of another")

    found = export_subject(
        "P1", modules=[module("notes", "NOTES"), module("law", "LAW"), Module(app="x", title="x")]
    )

    assert found == {
        "notes": {"title": "便条", "content": ["mine"]},
        "law": {"title": "账目", "content": {"uid": "P1"}},
    }


@pytest.mark.django_db
def test_an_erasure_says_what_went_and_what_stays_and_why() -> None:
    ContentType.objects.create(app_label="P1", model="mine")

    done = erase_subject("P1", by=ME, modules=[module("notes", "NOTES"), module("law", "LAW")])

    assert list(done) == ["law", "notes"]
    assert done["notes"] == Erasure(deleted=1)
    assert done["law"].kept == (Kept("账目", "会计法"),)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_one_app_refuses_erases_nothing() -> None:
    ContentType.objects.create(app_label="P1", model="mine")

    with pytest.raises(Refused):
        erase_subject("P1", by=ME, modules=[module("stuck", "STUCK"), module("notes", "NOTES")])

    assert export_notes("P1") == ["mine"]
    ContentType.objects.filter(app_label="P1").delete()


def test_what_is_no_subject_part_is_an_error_of_the_developer() -> None:
    with pytest.raises(TypeError, match="not a SubjectPart"):
        subject_parts([module("x", "VERIFY")])
