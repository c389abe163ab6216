"""Letters that were written to files go with the account they were for, and no other letter does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection, send_mail

from jiangxin.accounts.actions import accept_invitation, close_account, invite_person
from jiangxin.accounts.actions.subject import SUBJECT_PART
from jiangxin.accounts.models import Invitation
from jiangxin.accounts.models.letters import BETWEEN, forget_letters
from jiangxin.accounts.tests.factories import PASSWORD, make_user
from jiangxin.kernel.access import SystemActor
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
CaptureCommits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


@pytest.fixture
def box(tmp_path: Path, settings: object) -> Path:
    """The folder an installation without a mail server writes its letters to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def _readers(box: Path) -> list[str]:
    lines = [line for path in box.glob("*.log") for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted(line.removeprefix("To: ") for line in lines if line.startswith("To: "))


def _write(*addresses: str) -> None:
    for address in addresses:
        send_mail("您好", f"写给 {address} 的信，提到 lin@example.cn", None, [address])


def test_letters_of_a_closed_account_go_when_it_is_committed(
    box: Path, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    user = make_user("lin", email="lin@example.cn")
    _write("lin@example.cn", "LIN@Example.cn", "zhou@example.cn", "lin@example.cn.example.org")

    with django_capture_on_commit_callbacks() as waiting:
        close_account(user, by=user)
    before = len(_readers(box))
    for callback in waiting:
        callback()

    assert (before, _readers(box)) == (4, ["lin@example.cn.example.org", "zhou@example.cn"])


def test_letters_to_others_in_the_same_file_stay_as_they_are(
    box: Path, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    with get_connection() as connection:
        for address in ("zhou@example.cn", "lin@example.cn", "gu@example.cn"):
            EmailMessage("您好", f"写给 {address}", None, [address], connection=connection).send()
    (path,) = box.glob("*.log")
    before = path.read_bytes().split(BETWEEN)

    with django_capture_on_commit_callbacks(execute=True):
        forget_letters(["lin@example.cn"])

    assert path.read_bytes().split(BETWEEN) == [before[0], before[2], b""]


def test_a_letter_to_several_goes_with_any_of_them(
    box: Path, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    send_mail("您好", "写给两个人", None, ["zhou@example.cn", "lin@example.cn"])

    with django_capture_on_commit_callbacks(execute=True):
        forget_letters(["", " lin@example.cn "])

    assert _readers(box) == []


def test_the_letter_of_an_invitation_goes_used_or_not(
    box: Path, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    used, unused = PersonFactory(), PersonFactory()
    letter = invite_person(used, email="used@example.cn", by=SYSTEM)
    accept_invitation(letter.invitation, username="used", password=PASSWORD, by=SYSTEM)
    invite_person(unused, email="unused@example.cn", by=SYSTEM)
    _write("used@example.cn", "unused@example.cn")

    with django_capture_on_commit_callbacks(execute=True):
        done = [SUBJECT_PART.erase(each.uid, SYSTEM).deleted > 0 for each in (used, unused)]

    assert (done, _readers(box)) == ([True, True], [])
    assert list(Invitation.objects.values_list("email", flat=True)) == [""]


def test_where_letters_are_sent_there_is_nothing_to_remove(
    tmp_path: Path, settings: object, django_capture_on_commit_callbacks: CaptureCommits
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path

    with django_capture_on_commit_callbacks() as waiting:
        forget_letters(["lin@example.cn"])

    assert waiting == []
