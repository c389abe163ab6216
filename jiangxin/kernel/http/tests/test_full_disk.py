"""A disk without room: one clear sentence on every road a file may come, and nothing half-kept."""

from __future__ import annotations

import re
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.files import StoredFile, store_file
from jiangxin.kernel.files.storage import is_disk_full
from jiangxin.kernel.http.middleware import RefusalMiddleware

LARGE = b"%PDF-1.7\n" + b"0" * (4 << 20)
SENTENCE = "磁盘空间不足"


@contextmanager
def room_for(count: int) -> Iterator[None]:
    """The system refuses to write any file beyond `count` bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _sent() -> BytesIO:
    content = BytesIO(LARGE)
    content.name = "credential.pdf"
    return content


@pytest.fixture
def temporary(tmp_path: Path, settings: Settings) -> Path:
    """Where uploads wait while a form is read."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    assert tempfile.gettempdir() != str(tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_a_form_that_no_longer_fits_is_answered_with_a_sentence(temporary: Path) -> None:
    client = Client(raise_request_exception=False)

    with room_for(1 << 20):
        answer = client.post("/verify/", {"file": _sent()})

    assert (answer.status_code, answer.content.decode().count(SENTENCE)) == (507, 1)
    assert list(temporary.iterdir()) == []


@pytest.mark.django_db
def test_a_form_is_answered_so_even_before_its_token_is_read(temporary: Path) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    page = client.get("/verify/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]

    with room_for(1 << 20):
        answer = client.post("/verify/", {"file": _sent(), "csrfmiddlewaretoken": token})

    assert (answer.status_code, answer.content.decode().count(SENTENCE)) == (507, 1)
    assert list(temporary.iterdir()) == []


@pytest.mark.django_db
def test_a_file_that_does_not_fit_is_not_kept(tmp_path: Path, settings: Settings) -> None:
    settings.JX_HOME = tmp_path

    with room_for(1 << 20), pytest.raises(Refused, match=SENTENCE) as refusal:
        store_file(BytesIO(LARGE), name="list.pdf", by=SystemActor("test"))

    assert refusal.value.code == "disk_full"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), OSError(27, "File too large")])
def test_a_view_without_room_gives_the_same_page(rf: RequestFactory, fault: Exception) -> None:
    answer = RefusalMiddleware(lambda request: None).process_exception(rf.post("/x/"), fault)

    assert answer is not None
    assert (answer.status_code, answer.content.decode().count(SENTENCE)) == (507, 1)


def test_a_database_without_room_is_told_from_a_broken_one() -> None:
    full = OperationalError("database or disk is full")

    assert (is_disk_full(full), is_disk_full(OperationalError("disk I/O error"))) == (True, False)
    assert is_disk_full(PermissionError(13, "Permission denied")) is False


def test_a_refusal_for_want_of_room_has_the_status_that_says_so(rf: RequestFactory) -> None:
    refusal = Refused("没有空间。", code="disk_full")

    answer = RefusalMiddleware(lambda request: None).process_exception(rf.post("/x/"), refusal)

    assert answer is not None
    assert answer.status_code == 507
