"""Verbs on one organisation: set up, edit, rename, close."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Employer, Org, OrgChange, OrgName, Region
from jiangxin.orgs.models.paths import SEGMENT, lock_tree
from jiangxin.orgs.queries.searching import KIND
from jiangxin.orgs.queries.standing import (
    fresh,
    refuse_inactive,
    refuse_namesake,
    refuse_root,
    refuse_taken_code,
)
from jiangxin.orgs.rules import clean_name, clean_note
from jiangxin.orgs.states import FLOW
from jiangxin.orgs.words.choices import ChangeKind, OrgKind, OrgNameKind


@action("orgs.add_org")
def add_org(
    parent: Org | None,
    *,
    name: str,
    kind: str,
    by: Actor,
    short_name: str = "",
    code: str = "",
    region: Region | None = None,
    employer: Employer | None = None,
    founded_on: datetime.date | None = None,
) -> Org:
    """Set up an organisation as the last child of `parent`; a root (None) only by whoever may load the code tables."""
    name, code = clean_name(name), code.strip()
    if kind not in OrgKind.values:
        raise Refused(say(_("没有“%(kind)s”这种组织类型。"), kind=kind), code="unknown_kind", field="kind")
    lock_tree(alone=False)
    _refuse_home(parent, name, by=by)
    refuse_taken_code(code)
    path = Org.objects.new_place(parent.pk if parent else None)
    org = Org.objects.create(
        parent=parent,
        path=path,
        depth=len(path) // SEGMENT,
        name=name,
        kind=kind,
        short_name=short_name.strip(),
        code=code,
        region=region,
        employer=employer,
        founded_on=founded_on,
    )
    OrgChange.objects.note(org, ChangeKind.ADDED, by=by, on=founded_on, after={"name": name})
    mark(KIND, [org.pk])
    announce("orgs.org_added", org, uid=org.uid, org_name=org.name, path=org.path)
    return org


@action("orgs.edit_org")
def edit_org(
    org: Org,
    *,
    by: Actor,
    kind: str,
    short_name: str = "",
    code: str = "",
    region: Region | None = None,
    employer: Employer | None = None,
    founded_on: datetime.date | None = None,
) -> Org:
    """Set the facts of an organisation that are neither its name nor its place; unchanged ones write nothing."""
    if kind not in OrgKind.values:
        raise Refused(say(_("没有“%(kind)s”这种组织类型。"), kind=kind), code="unknown_kind", field="kind")
    del by  # named in the log by the decorator
    wanted = {
        "kind": kind,
        "short_name": short_name.strip(),
        "code": code.strip(),
        "region": region,
        "employer": employer,
        "founded_on": founded_on,
    }
    now = fresh(org)
    refuse_inactive(now)
    refuse_taken_code(str(wanted["code"]), besides=now)
    changed = sorted(name for name, value in wanted.items() if getattr(now, name) != value)
    if changed:
        for name in changed:
            setattr(now, name, wanted[name])
        now.save(update_fields=changed)
        mark(KIND, [now.pk])
        announce("orgs.org_edited", now, uid=now.uid, fields=changed)
    return now


@action("orgs.rename_org")
def rename_org(
    org: Org, *, name: str, by: Actor, on: datetime.date | None = None, note: str = "", seen: str = ""
) -> Org:
    """Give an organisation a new name from a day on (today if none); the old one stays in its history.

    `seen` is the stamp of the organisation the officer looked at; Refused when it changed since.
    """
    name, note = clean_name(name), clean_note(note)
    lock_tree(alone=True)
    now = fresh(org, seen=seen)
    refuse_inactive(now)
    if name == now.name:
        raise Refused(_("新名称与现名相同。"), code="same_name", field="name")
    if now.parent is not None:
        refuse_namesake(now.parent, name, besides=now)
    day = on or timezone.localdate()
    former = OrgName.objects.create(org=now, name=now.name, kind=OrgNameKind.FORMER, valid_to=day)
    before = {"name": now.name, "former": former.pk}
    old_name, now.name = now.name, name
    now.save(update_fields=["name"])
    OrgChange.objects.note(
        now, ChangeKind.RENAMED, by=by, on=day, note=note, before=before, after={"name": name}
    )
    mark(KIND, [now.pk])
    announce("orgs.org_renamed", now, uid=now.uid, old_name=old_name, new_name=name)
    return now


@action("orgs.close_org")
def close_org(org: Org, *, by: Actor, on: datetime.date | None = None, note: str = "", seen: str = "") -> Org:
    """Take an organisation out of register; its record and history stay. Refused while others stand under it."""
    note = clean_note(note)
    lock_tree(alone=True)
    now = fresh(org, seen=seen)
    refuse_root(now)
    if below := Org.objects.active().filter(parent=now).count():
        sentence = _("它还有 %(count)s 个下级组织在册，请先划转或撤销下级。")
        raise Refused(say(sentence, count=below), code="has_children")
    day = on or timezone.localdate()
    FLOW.move(now, "close", by=by, note=note, closed_on=day)
    OrgChange.objects.note(now, ChangeKind.CLOSED, by=by, on=day, note=note)
    mark(KIND, [now.pk])
    announce("orgs.org_closed", now, uid=now.uid, org_name=now.name)
    return now


def _refuse_home(parent: Org | None, name: str, *, by: Actor) -> None:
    """Refuse a root from whoever may not set one up, a parent that is no longer active, and a namesake below it."""
    if parent is not None:
        refuse_inactive(Org.objects.get(pk=parent.pk))
        refuse_namesake(parent, name)
    elif not by.has_perm("orgs.load_tables"):
        raise Refused(_("顶层组织由系统管理员设立。请先选择上级组织。"), code="root", field="parent")
