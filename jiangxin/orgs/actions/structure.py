"""Verbs that change the shape of the tree: move, merge, split, and take such a change back."""

import datetime
from collections.abc import Callable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Employer, Org, OrgChange, OrgName
from jiangxin.orgs.models.paths import SEGMENT, lock_tree
from jiangxin.orgs.queries.searching import KIND
from jiangxin.orgs.queries.standing import fresh, refuse_inactive, refuse_namesake, refuse_place, refuse_root
from jiangxin.orgs.queries.tree import undoable_change
from jiangxin.orgs.rules import clean_name, clean_note
from jiangxin.orgs.states import FLOW
from jiangxin.orgs.words.choices import ChangeKind


@action("orgs.move_org")
def move_org(
    org: Org, *, parent: Org, by: Actor, on: datetime.date | None = None, note: str = "", seen: str = ""
) -> Org:
    """Put an organisation, with everything below it, under another parent.

    Rewrites paths in one statement and announces orgs.org_moved with the old and the new path; apps that keep a copy
    of the path (opath) follow by a job. `seen`: see rename_org.
    """
    note = clean_note(note)
    lock_tree(alone=True)
    now, parent = fresh(org, seen=seen), Org.objects.get(pk=parent.pk)
    refuse_root(now)
    refuse_inactive(now)
    refuse_place(now, parent, by=by, permission="orgs.move_org")
    if parent.pk == now.parent_id:
        raise Refused(
            say(_("它已经在“%(name)s”之下。"), name=parent.name), code="same_parent", field="parent"
        )
    refuse_namesake(parent, now.name, besides=now)
    before = {"parent": now.parent_id, "parent_name": now.parent.name if now.parent else "", "path": now.path}
    _carry(now, parent)
    after = {"parent": parent.pk, "parent_name": parent.name, "path": now.path}
    OrgChange.objects.note(now, ChangeKind.MOVED, by=by, on=on, note=note, before=before, after=after)
    return now


@action("orgs.merge_org")
def merge_org(
    org: Org, *, into: Org, by: Actor, on: datetime.date | None = None, note: str = "", seen: str = ""
) -> Org:
    """Merge an organisation into another: its children and employers go over, it stays below as a merged record.

    What was recorded under the old organisation thereby comes under the eyes of the new one and keeps its history.
    """
    note = clean_note(note)
    lock_tree(alone=True)
    now, into = fresh(org, seen=seen), Org.objects.get(pk=into.pk)
    refuse_root(now)
    refuse_inactive(now)
    refuse_place(now, into, by=by, permission="orgs.merge_org")
    children = list(Org.objects.active().filter(parent=now).order_by("path"))
    employers = list(Employer.objects.filter(org=now).order_by("pk"))
    before = {
        "parent": now.parent_id,
        "children": [child.pk for child in children],
        "employers": [employer.pk for employer in employers],
    }
    _carry_all(children, employers, into)
    _carry(now, into)
    FLOW.move(now, "merge", by=by, note=note, merged_into=into)
    mark(KIND, [now.pk])
    after = {"into": into.pk, "into_name": into.name}
    OrgChange.objects.note(now, ChangeKind.MERGED, by=by, on=on, note=note, before=before, after=after)
    announce("orgs.org_merged", now, uid=now.uid, into_uid=into.uid, into_name=into.name)
    return now


@action("orgs.split_org")
def split_org(
    org: Org,
    *,
    name: str,
    by: Actor,
    children: Sequence[Org] = (),
    employers: Sequence[Employer] = (),
    on: datetime.date | None = None,
    note: str = "",
    seen: str = "",
) -> Org:
    """Split a new organisation off: same parent, kind and region; the chosen children and employers go over to it.

    Returns the new organisation. To split into several, call it once for each.
    """
    name, note = clean_name(name), clean_note(note)
    lock_tree(alone=True)
    now = fresh(org, seen=seen)
    refuse_inactive(now)
    if now.parent is None:
        raise Refused(_("顶层组织不能分设。"), code="root")
    refuse_namesake(now.parent, name)
    going = _still_below(now, children)
    staff = list(Employer.objects.filter(org=now, pk__in=[each.pk for each in employers]).order_by("pk"))
    new = _beside(now, name=name, founded_on=on)
    _carry_all(going, staff, new)
    gone = {"children": [each.pk for each in going], "employers": [each.pk for each in staff]}
    after = {"new": new.pk, "new_name": name, **gone}
    OrgChange.objects.note(now, ChangeKind.SPLIT, by=by, on=on, note=note, after=after)
    came = {"name": name, "from": now.name}
    OrgChange.objects.note(new, ChangeKind.ADDED, by=by, on=on, note=note, after=came)
    mark(KIND, [new.pk])
    announce("orgs.org_added", new, uid=new.uid, org_name=name, path=new.path)
    announce("orgs.org_split", now, uid=now.uid, new_uids=[new.uid])
    return new


@action("orgs.undo_change")
def undo_change(change: OrgChange, *, by: Actor) -> Org:
    """Take back the newest change of an organisation, as far as what it made still stands; nothing is erased from history.

    An organisation goes back to its old parent at a new place of the tree. Refused, with the reason, when later changes
    are in the way.
    """
    lock_tree(alone=True)
    org = Org.objects.select_related("parent", "merged_into").get(pk=change.org_id)
    newest = undoable_change(org)
    if newest is None or newest.pk != change.pk:
        raise Refused(_("只能撤回这个组织最近一次、尚未撤回的变更。"), code="not_newest")
    _UNDOING[ChangeKind(change.kind)](org, change, by)
    OrgChange.objects.note(
        org,
        ChangeKind.UNDONE,
        by=by,
        undoes=change,
        before=change.after,
        after=change.before,
        note=str(change.get_kind_display()),
    )
    mark(KIND, [org.pk, *([change.after["new"]] if "new" in change.after else [])])
    announce("orgs.org_restored", org, uid=org.uid, org_name=org.name)
    return org


def _still_below(org: Org, chosen: Sequence[Org]) -> list[Org]:
    """The chosen children as they stand now; Refused when one has left."""
    wanted = {child.pk for child in chosen}
    going = list(Org.objects.active().filter(parent=org, pk__in=wanted).order_by("path"))
    if len(going) != len(wanted):
        sentence = _("所选组织中有的已不在“%(name)s”之下，请刷新后再选。")
        raise Refused(say(sentence, name=org.name), code="overtaken")
    return going


def _beside(org: Org, *, name: str, founded_on: datetime.date | None) -> Org:
    """A new organisation like this one, at the end of the same parent."""
    path = Org.objects.new_place(org.parent_id)
    return Org.objects.create(
        parent=org.parent,
        path=path,
        depth=len(path) // SEGMENT,
        name=name,
        kind=org.kind,
        region=org.region,
        founded_on=founded_on,
    )


def _carry(org: Org, parent: Org) -> None:
    """Give `org` a place under `parent`, take the subtree and its employers along, and tell."""
    old, new = org.path, Org.objects.new_place(parent.pk)
    Org.objects.rebase(old, new)
    Employer.objects.rebase(old, new)
    Org.objects.filter(pk=org.pk).update(parent=parent)
    org.parent, org.path, org.depth = parent, new, len(new) // SEGMENT
    mark(KIND, Org.objects.under(new).values_list("pk", flat=True).iterator())
    announce("orgs.org_moved", org, uid=org.uid, old_path=old, new_path=new)


def _carry_all(children: list[Org], employers: list[Employer], target: Org) -> None:
    for child in children:
        _carry(child, target)
    moving = Q(pk__in=[employer.pk for employer in employers])
    Employer.objects.filter(moving).update(org=target, opath=target.path)


def _carry_back(change_part: dict[str, list[int]], holder: Org, home: Org) -> None:
    """Bring children and employers that still stand with `holder` back to `home`."""
    children = Org.objects.filter(pk__in=change_part.get("children", []), parent=holder).order_by("path")
    employers = Employer.objects.filter(pk__in=change_part.get("employers", []), org=holder)
    _carry_all(list(children), list(employers), home)


def _home(change: OrgChange) -> Org:
    """The parent a change took the organisation away from."""
    home = Org.objects.get(pk=change.before["parent"])
    refuse_inactive(home)
    return home


def _undo_rename(org: Org, change: OrgChange, by: Actor) -> None:
    del by
    if org.parent is not None:
        refuse_namesake(org.parent, change.before["name"], besides=org)
    old_name, org.name = org.name, change.before["name"]
    org.save(update_fields=["name"])
    OrgName.objects.filter(pk=change.before["former"], org=org).delete()
    announce("orgs.org_renamed", org, uid=org.uid, old_name=old_name, new_name=org.name)


def _undo_move(org: Org, change: OrgChange, by: Actor) -> None:
    home = _home(change)
    refuse_place(org, home, by=by, permission="orgs.undo_change")
    refuse_namesake(home, org.name, besides=org)
    _carry(org, home)


def _undo_merge(org: Org, change: OrgChange, by: Actor) -> None:
    home, holder = _home(change), Org.objects.get(absorbed=org)
    FLOW.move(org, "part", by=by, merged_into=None)
    _carry(org, home)
    _carry_back(change.before, holder, org)


def _undo_split(org: Org, change: OrgChange, by: Actor) -> None:
    new = Org.objects.get(pk=change.after["new"])
    refuse_inactive(new)
    _carry_back(change.after, new, org)
    if Org.objects.active().filter(parent=new).exists() or Employer.objects.filter(org=new).exists():
        sentence = _("“%(name)s”下已有分设以后的新组织或单位，不能撤回，请改用合并。")
        raise Refused(say(sentence, name=new.name), code="grown")
    FLOW.move(new, "close", by=by, closed_on=change.happened_on)


def _undo_close(org: Org, change: OrgChange, by: Actor) -> None:
    del change
    parent = Org.objects.get(children=org)  # a root is never closed
    refuse_inactive(parent)
    refuse_namesake(parent, org.name, besides=org)
    FLOW.move(org, "reopen", by=by, closed_on=None)


_UNDOING: dict[ChangeKind, Callable[[Org, OrgChange, Actor], None]] = {
    ChangeKind.RENAMED: _undo_rename,
    ChangeKind.MOVED: _undo_move,
    ChangeKind.MERGED: _undo_merge,
    ChangeKind.SPLIT: _undo_split,
    ChangeKind.CLOSED: _undo_close,
}
