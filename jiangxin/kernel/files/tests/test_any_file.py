"""Whatever is stored, removed, tampered with and asked for: no file ever acts in a browser."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.http import FileResponse
from hypothesis import HealthCheck
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.files import StoredFile, file_of_token, link_token, remove_file, serve, store_file
from jiangxin.kernel.files.kinds import ALLOWED, UNKNOWN
from jiangxin.kernel.files.tests.contents import DOCX, PDF, PNG, archive
from jiangxin.kernel.privacy import PrivacyClass

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
IMAGES = {kind.media_type for kind in ALLOWED if kind.inline}
PROGRAMS = (
    "<html><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<?xml version='1.0'?><html>",
    "MIME-Version: 1.0\n",
)
STARTS = (
    b"",
    b" ",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"GIF89a",
    b"ID3",
    b"{",
    b"a,b\n",
    PNG,
    PDF,
    b"PK\x03\x04",
    b"<!--",
    b"\0",
)
ENDINGS = (
    "",
    ".html",
    ".svg",
    ".pdf",
    ".png.html",
    ".txt",
    ".csv",
    ".htm\u202e",
    "\r\nContent-Type: text/html",
    ".xhtml",
    ".json",
)

CONTENTS = st.one_of(
    st.builds(
        lambda start, program: start + program.encode(), st.sampled_from(STARTS), st.sampled_from(PROGRAMS)
    ),
    st.builds(lambda program: program.encode("utf-16"), st.sampled_from(PROGRAMS)),
    st.builds(lambda start, rest: start + rest, st.sampled_from(STARTS), st.binary(max_size=40)),
    st.builds(lambda program: archive(index__html=program.encode()), st.sampled_from(PROGRAMS)),
    st.just(DOCX),
)
NAMES = st.builds(lambda stem, ending: stem + ending, st.text(max_size=12), st.sampled_from(ENDINGS))


class Shelf(RuleBasedStateMachine):
    """People put things on the shelf and take them down again, in any order."""

    files = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.contents: dict[int, bytes] = {}
        self.refusals: set[str] = set()

    @rule(target=files, content=CONTENTS, name=NAMES, privacy=st.sampled_from(PrivacyClass))
    def store(self, content: bytes, name: str, privacy: PrivacyClass) -> StoredFile | None:
        """Something is kept, or refused for what it is."""
        try:
            file = store_file([content], name=name, by=ME, privacy=privacy)
        except Refused as refusal:
            self.refusals.add(refusal.code)
            return None
        self.contents[file.pk] = content
        return file

    @invariant()
    def refusals_are_for_what_it_is(self) -> None:
        """Nothing else is a reason."""
        assert self.refusals <= {"empty", "active_content", "kind_not_allowed", "broken_archive"}

    @rule(file=files, media_type=st.sampled_from(["text/html", "image/svg+xml", "text/html; charset=utf-8"]))
    def tamper(self, file: StoredFile | None, media_type: str) -> None:
        """Somebody with the database in hand calls the file a page."""
        if file is not None:
            StoredFile.objects.filter(pk=file.pk).update(media_type=media_type)

    @rule(file=consumes(files))
    def remove(self, file: StoredFile | None) -> None:
        """What was let go is served to nobody."""
        if file is not None:
            remove_file(StoredFile.objects.get(pk=file.pk))
            with pytest.raises(Refused, match="保管期限"):
                serve(StoredFile.objects.get(pk=file.pk))

    @rule(file=files, in_place=st.booleans())
    def fetch(self, file: StoredFile | None, in_place: bool) -> None:
        """A browser asks, by a link."""
        if file is not None:
            kept = file_of_token(link_token(file))
            answer = serve(kept, in_place=in_place)
            with closing(answer.file_to_stream):
                _look(answer, kept, in_place=in_place, content=self.contents[file.pk])


def _look(answer: FileResponse, file: StoredFile, *, in_place: bool, content: bytes) -> None:
    declared = (
        file.media_type if file.media_type in {kind.media_type for kind in ALLOWED} else UNKNOWN.media_type
    )
    shown = in_place and declared in IMAGES
    assert answer["Content-Type"] == declared
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].partition(";")[0] == ("inline" if shown else "attachment")
    assert answer["Content-Security-Policy"].endswith("sandbox")
    assert [char for char in answer["Content-Disposition"] if char < " "] == []
    assert b"".join(answer.streaming_content) == content


@pytest.mark.slow
def test_no_stored_file_ever_acts_in_a_browser() -> None:
    run_state_machine_as_test(
        Shelf,
        settings=effort(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
