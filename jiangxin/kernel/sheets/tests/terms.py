"""A sheet that really writes: each row becomes a content type, the plainest table at hand."""

import errno
import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.contrib.contenttypes.models import ContentType

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.sheets import Applied, Column, ImportContext, Result, Row, Sheet, row_by_row

PERMISSION = "sheets.import_rows"


def save(row: Row) -> tuple[Result, str]:
    if row.values["model"] == "taboo":
        raise Refused("这个词不能用。", code="taboo", field="词")
    term, is_new = ContentType.objects.get_or_create(app_label=row.values["app"], model=row.values["model"])
    return (Result.NEW if is_new else Result.SAME), f"#{term.model}"


def apply(rows: Sequence[Row], *, by: Actor, dry_run: bool, context: ImportContext) -> Applied:
    if "full_at" in context.options and rows[0].number >= context.options["full_at"]:
        applied = row_by_row(rows, save)
        raise OSError(errno.ENOSPC, "No space left on device")
    applied = row_by_row(rows, save)
    if not dry_run and "folder" in context.options and rows[0].number > 3:
        reached = Path(context.options["folder"]) / "reached"
        if not reached.exists():
            reached.write_text(str(os.getpid()))
            time.sleep(60)
    return applied


def undo(context: ImportContext, *, by: Actor) -> None:
    ContentType.objects.filter(app_label="词").delete()


COLUMNS = (Column("app", "类", required=True), Column("model", "词", required=True))
TERMS = Sheet("terms", "词表", COLUMNS, apply=apply, undo=undo, key=("app", "model"), batch_rows=3)


def terms() -> list[str]:
    return sorted(ContentType.objects.filter(app_label="词").values_list("model", flat=True))


def lines(*words: str) -> str:
    return "类,词\n" + "".join(f"词,{word}\n" for word in words)
