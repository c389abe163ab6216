"""Verbs on the names of honours: another printed form, a title nobody knew."""

from django.utils.translation import gettext as _

from jiangxin.honours.actions.catalogue.names import Names
from jiangxin.honours.models import Honour, UnknownTitle
from jiangxin.honours.queries.catalogue import clear_titles
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action


@action("honours.edit_catalogue")
def add_alias(honour: Honour, *, name: str, by: Actor) -> Honour:
    """Keep another printed form of the title; Refused when it is the name of another honour."""
    del by
    written = name.strip()
    if not written:
        raise Refused(_("请填写名称。"), code="name_missing", field="name")
    Names(honour).add(written)
    clear_titles()
    return honour


@action("honours.edit_catalogue", on="honour")
def settle_title(unknown: UnknownTitle, *, honour: Honour, by: Actor) -> UnknownTitle:
    """Say which honour a printed title means; the next import of a list with it takes its rows, whosever list it is."""
    if not by.has_perm("honours.import_lists", unknown):
        raise Refused(
            _("这个名称出现在别处导入的名单里，请由导入的工会处理。"), code="not_yours", field="title"
        )
    add_alias(honour, name=unknown.title, by=by)
    UnknownTitle.objects.filter(title_key=unknown.title_key).update(honour=honour)
    unknown.honour = honour
    return unknown
