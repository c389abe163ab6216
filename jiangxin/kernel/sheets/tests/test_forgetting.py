"""A file of an import goes only when it holds the name; one whose bytes are gone holds nobody."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.files import path_of
from jiangxin.kernel.sheets import running
from jiangxin.kernel.sheets.forgetting import forget_in_imports
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
