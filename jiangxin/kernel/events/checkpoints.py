"""Checkpoints: signed statements of the log's length and root, kept in the database and as files to carry away."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jiangxin.kernel.events.keys import log_signer
from jiangxin.kernel.events.models import Checkpoint, LogHead
from jiangxin.kernel.events.notes import Note
from jiangxin.kernel.events.plain import written
from jiangxin.kernel.events.sequencer import sequence

SUFFIX = ".checkpoint"


def checkpoint_folder() -> Path:
    """JX_HOME/checkpoints, made if absent. Copy its files off the machine: they convict whoever rewrites the log."""
    folder = Path(settings.JX_HOME) / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make_checkpoint() -> Checkpoint | None:
    """Sign the log as it stands, store the checkpoint and write its file; None while the log is empty.

    Unchanged since the last one, that one is returned (and its file written again if it is gone). OSError if the file
    cannot be written; nothing is stored then.
    """
    while sequence():
        pass
    with transaction.atomic():
        head = LogHead.objects.select_for_update().filter(pk=1).first()
        if head is None or head.size == 0:
            return None
        checkpoint = Checkpoint.objects.filter(size=head.size).first()
        if checkpoint is None:
            checkpoint = _signed(head)
            checkpoint.save(force_insert=True)
        export_checkpoint(checkpoint)
    return checkpoint


def _signed(head: LogHead) -> Checkpoint:
    signer, now = log_signer(), timezone.now()
    note = Note(signer.name, head.size, bytes(head.root), written(now))
    return Checkpoint(origin=note.origin, size=note.size, root=note.root, note=signer.sign(note), at=now)


def export_checkpoint(checkpoint: Checkpoint, folder: Path | None = None) -> Path:
    """Write the checkpoint's file, whole or not at all, unless it is there already; returns its path."""
    path = (folder or checkpoint_folder()) / f"{checkpoint.size:012d}{SUFFIX}"
    if not path.exists():
        half = path.with_name(f".{path.name}.{os.getpid()}")
        half.write_text(checkpoint.note, encoding="utf-8")
        half.replace(path)
    return path
