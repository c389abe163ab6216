"""The list of conferrals as a spreadsheet: what leaves the house when an officer exports what was filtered or ticked."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.honours.models import Conferral, ConferralQuerySet
from jiangxin.kernel.access import Actor
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets import Column, Sheet

_TEXTS = (
    ("holder", _("获得者")),
    ("kind", pgettext_lazy("honour", "对象")),
    ("honour", _("荣誉")),
    ("level", _("级别")),
    ("year", _("年份")),
    ("conferred_on", _("授予日期")),
    ("granter_text", _("授予机关")),
    ("decision_no", _("决定文号")),
    ("unit_text", _("单位")),
    ("post_text", _("职务")),
    ("region", _("地区")),
    ("state", _("状态")),
    ("honour_list", _("名单")),
    ("source", _("来源网址")),
    ("uid", _("授予编号")),
)


def export_conferrals(actor: Actor, **filters: Any) -> Iterator[dict[str, Any]]:
    """The conferrals an actor may work on, highest honour first; `path` keeps those at or below an organisation."""
    found = Conferral.objects.visible_to(actor).under(filters.get("path", ""))
    return list_rows(found.for_show().highest_first())


CONFERRALS_LIST = Sheet(
    name="conferrals_list",
    title=_("荣誉授予记录"),
    columns=(
        *(Column(name, header, privacy=PrivacyClass.PUBLIC) for name, header in _TEXTS),
        Column("certificate_no", _("证书编号")),
        Column("credential", _("凭证")),
    ),
    export=export_conferrals,
)
AT_ONCE = 500


def list_rows(found: ConferralQuerySet) -> Iterator[dict[str, Any]]:
    """One row a conferral, in the order of the query, read a few hundred at a time."""
    rows = found.prefetch_related("credentials")
    for conferral in rows.iterator(chunk_size=AT_ONCE):
        yield _row(conferral)


def _row(conferral: Conferral) -> dict[str, Any]:
    plain = (
        "year",
        "conferred_on",
        "granter_text",
        "decision_no",
        "unit_text",
        "post_text",
        "uid",
        "certificate_no",
    )
    held = max(conferral.credentials.all(), key=lambda each: each.pk, default=None)
    return {
        **{name: getattr(conferral, name) for name in plain},
        "holder": conferral.holder_name,
        "kind": _("个人") if conferral.person_id else _("集体"),
        "honour": conferral.honour.title,
        "level": conferral.honour.get_level_display(),
        "region": conferral.region.name if conferral.region else "",
        "state": conferral.get_state_display(),
        "honour_list": conferral.honour_list.title if conferral.honour_list else "",
        "source": conferral.source.url if conferral.source else "",
        "credential": held.get_state_display() if held else "",
    }
