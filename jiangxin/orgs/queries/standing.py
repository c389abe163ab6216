"""How things stand just before a change: what a verb must find so that it may go on."""

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org
from jiangxin.orgs.models.paths import DEEPEST, SEGMENT, covers


def fresh(org: Org, *, seen: str = "") -> Org:
    """The organisation as the database holds it now; Refused when it is not what the caller, or the form, saw."""
    now = Org.objects.select_related("parent", "merged_into").get(pk=org.pk)
    if now.stamp != (seen or org.stamp):
        raise Refused(_("刚才已有人改动了这个组织，请刷新后再看。"), code="overtaken")
    return now


def refuse_inactive(org: Org) -> None:
    """Only an organisation in register can be changed or take others in."""
    if not org.is_active:
        raise Refused(say(_("“%(name)s”已不在册，不能这样做。"), name=org.name), code="inactive")


def refuse_root(org: Org) -> None:
    """Roots keep their place."""
    if org.parent_id is None:
        raise Refused(say(_("“%(name)s”是顶层组织，不能划转、合并或撤销。"), name=org.name), code="root")


def refuse_namesake(parent: Org, name: str, *, besides: Org | None = None) -> None:
    """Two organisations in register directly under one parent do not share a name."""
    namesakes = Org.objects.active().filter(parent=parent, name=name)
    if besides is not None:
        namesakes = namesakes.exclude(pk=besides.pk)
    if namesakes.exists():
        sentence = _("“%(parent)s”下已有“%(name)s”，请换一个名称或打开已有的组织。")
        raise Refused(say(sentence, parent=parent.name, name=name), code="namesake", field="name")


def refuse_taken_code(code: str, *, besides: Org | None = None) -> None:
    """An organisation's own number belongs to one organisation."""
    holders = Org.objects.coded([code])
    if besides is not None:
        holders = holders.exclude(pk=besides.pk)
    if code and (holder := holders.first()):
        sentence = _("编号 %(code)s 已用于“%(name)s”。")
        raise Refused(say(sentence, code=code, name=holder.name), code="taken_code", field="code")


def refuse_place(org: Org, parent: Org, *, by: Actor, permission: str) -> None:
    """`org` cannot go below itself, to where it is, too deep, or where the actor has no say."""
    refuse_inactive(parent)
    if covers(org.path, parent.path):
        raise Refused(_("不能把组织划到它自己或它的下级之下。"), code="cycle", field="parent")
    if not by.has_perm(permission, parent):
        sentence = _("您对“%(name)s”没有这项权限，请联系它的管理员。")
        raise Refused(say(sentence, name=parent.name), code="no_permission", field="parent")
    deepest = Org.objects.under(org.path).order_by("-depth").values_list("depth", flat=True).first() or 0
    if len(parent.path) // SEGMENT + deepest - org.depth + 1 > DEEPEST:
        raise Refused(_("划转后层级太深，请选择更高一级的组织。"), code="too_deep", field="parent")
