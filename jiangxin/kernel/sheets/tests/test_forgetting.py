"""A file of an import goes only when it holds the name; one whose bytes are gone holds nobody."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.files import path_of
from jiangxin.kernel.sheets import running
from jiangxin.kernel.sheets.forgetting import forget_file_names, forget_in_imports
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.tests.samples import text_file, workbook
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS, lines


@pytest.mark.django_db
def test_a_file_without_the_name_stays(
    tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    book = workbook(tmp_path, [[column.header for column in TERMS.columns], ["词", "甲"]])
    text = text_file(tmp_path, lines("乙"))
    with also_offering(TERMS, permission=PERMISSION):
        kept, lost = (
            running.import_file(path, sheet="terms", by=SystemActor("test")) for path in (book, text)
        )
    path_of(lost.file).unlink()

    with django_capture_on_commit_callbacks(execute=True):
        gone = forget_in_imports(["覃月华"])

    kept.file.refresh_from_db()
    assert (gone, path_of(kept.file).exists()) == (0, True)


@pytest.mark.parametrize(
    ("name", "printed", "goes"),
    [
        ("张伟", "张 伟", True),
        ("张伟", "张  伟", True),
        ("覃月华", "覃\u3000月\u3000华", True),
        ("艾力·买买提", "艾力•买买提", True),
        ("张伟", "张，伟", False),
        ("张伟", "张\n伟", False),
        ("欧阳月华", "欧阳 月华", False),
        ("John", "J o h n", False),
    ],
)
def test_a_name_is_known_as_lists_print_it(
    tmp_path: Path,
    name: str,
    printed: str,
    goes: bool,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
    db: None,
) -> None:
    with also_offering(TERMS, permission=PERMISSION):
        run = running.import_file(
            text_file(tmp_path, lines("乙") + f"{printed}\n"), sheet="terms", by=SystemActor("test")
        )

    with django_capture_on_commit_callbacks(execute=True):
        forget_in_imports([name])

    run.file.refresh_from_db()
    assert (run.file.removed_at is not None) == goes


@pytest.mark.django_db
def test_a_file_called_by_the_name_is_called_something_else_everywhere(tmp_path: Path) -> None:
    with also_offering(TERMS, permission=PERMISSION):
        run = running.import_file(
            text_file(tmp_path, lines("乙"), name="张 伟和莫大山.csv"), sheet="terms", by=SystemActor("test")
        )
        other = running.import_file(
            text_file(tmp_path, lines("丙"), name="名单.csv"), sheet="terms", by=SystemActor("test")
        )

    renamed = forget_file_names(["张伟"], by=SystemActor("test"))

    for each in (run, run.file, other):
        each.refresh_from_db()
    assert (run.file_name, run.file.name, other.file_name) == (
        "某职工和莫大山.csv",
        "某职工和莫大山.csv",
        "名单.csv",
    )
    assert (renamed, set(Event.objects.filter(object_id=run.uid).values_list("object_label", flat=True))) == (
        2,
        {""},
    )
    assert forget_file_names(["张"], by=SystemActor("test")) == 0
