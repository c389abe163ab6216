"""Links expire; a served file cannot act in the browser."""

from datetime import timedelta

import pytest
import time_machine
from django.http import FileResponse

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.files import StoredFile, file_of_token, link_token, serve, store_file
from jiangxin.kernel.files.tests.contents import PDF, PNG
from jiangxin.kernel.privacy import PrivacyClass

pytestmark = pytest.mark.django_db
ME = SystemActor("test")


def body(response: FileResponse) -> bytes:
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_a_link_opens_its_file_until_it_expires() -> None:
    file = store_file([PDF], name="x.pdf", by=ME)

    with time_machine.travel("2025-04-28T00:00:00Z", tick=False) as clock:
        token = link_token(file, lasts=timedelta(minutes=10))
        clock.shift(timedelta(minutes=9))
        assert file_of_token(token) == file
        clock.shift(timedelta(minutes=2))
        with pytest.raises(Refused, match="失效"):
            file_of_token(token)


def test_an_altered_link_and_the_link_of_a_vanished_file_are_refused() -> None:
    file = store_file([PDF], name="x.pdf", by=ME)
    token = link_token(file)
    StoredFile.objects.all().delete()

    for each in (token, token[:-1] + ("A" if token[-1] != "A" else "B"), "", "a:b:c"):
        with pytest.raises(Refused, match="失效"):
            file_of_token(each)


def test_a_document_is_offered_for_saving_and_cannot_act() -> None:
    response = serve(store_file([PDF], name="报告.pdf", by=ME), in_place=True)

    assert body(response) == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response["Cache-Control"] == "private, max-age=600"


def test_only_an_image_may_be_shown_in_place() -> None:
    file = store_file([PNG], name="x.png", by=ME, privacy=PrivacyClass.SENSITIVE)

    shown, saved = serve(file, in_place=True), serve(file)

    assert shown["Content-Disposition"] == 'inline; filename="x.png"'
    assert saved["Content-Disposition"] == 'attachment; filename="x.png"'
    assert shown["Cache-Control"] == "private, no-store"
    assert body(shown) == body(saved) == PNG
