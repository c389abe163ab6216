"""Words for a long job: share done and time left."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE = 60
HOUR = 3600


def progress_words(values: dict[str, Any]) -> dict[str, Any]:
    """Return percent (0 to 100), whether the job still moves, and the remaining time in words."""
    total = max(int(values["max"] or 0), 0)
    done = min(max(int(values["value"] or 0), 0), total) if total else 0
    moving = values["state"] in {"waiting", "running"}
    rate = float(values["rate"] or 0)
    remaining = remaining_words((total - done) / rate) if moving and rate > 0 else ""
    return {
        "cancel_id": f"{values['id']}-cancel",  # htmx keeps the focus of what has a name
        "percent": done * 100 // total if total else 0,
        "done": done,
        "total": total,
        "moving": moving,
        "remaining": remaining,
        "whole_rate": round(rate),
    }


def remaining_words(seconds: float) -> str:
    """Say a duration in seconds as a person would: never more exact than the guess deserves."""
    if seconds < MINUTE:
        return _("不到 1 分钟")
    if seconds < HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("约 %(count)d 分钟", "约 %(count)d 分钟", minutes) % {"count": minutes}
    hours = round(seconds / HOUR)
    return ngettext("约 %(count)d 小时", "约 %(count)d 小时", hours) % {"count": hours}
