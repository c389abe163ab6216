"""The sections of the officer's work on honours, as far as they are open to the officer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor

SECTIONS = (
    ("work_honours", _("授予记录"), "honours.view_conferral"),
    ("work_lists", _("公布的名单"), "honours.view_conferral"),
    ("work_catalogue", _("荣誉目录"), "honours.edit_catalogue"),
    ("work_proposals", _("上级荣誉复核"), "honours.decide_proposal"),
    ("work_rechecks", _("年度复核"), "honours.answer_recheck"),
    ("work_returns", _("奖章证书收回"), "honours.revoke_conferral"),
)


def work_tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """Items for the tabs component."""
    return [
        {"label": label, "url": reverse(f"honours:{name}"), "current": name == current}
        for name, label, permission in SECTIONS
        if actor.has_perm(permission)
    ]
