"""Uploads on their way in: one that finds no room takes nothing with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class UploadHandler(TemporaryFileUploadHandler):
    """Django's own, but what was written aside is gone as soon as the disk refuses more, not when memory is tidied."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._room():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        with self._room():
            kept: UploadedFile[bytes] | None = super().file_complete(file_size)
            return kept

    @contextmanager
    def _room(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            with suppress(OSError):
                self.file.close()  # deletes it
            raise
