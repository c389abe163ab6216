"""The top of the tree keeps its place: it is renamed and that is taken back, but it is not moved, split or closed."""

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.orgs import actions
from jiangxin.orgs.models import Org, OrgChange
from jiangxin.orgs.queries.tree import undoable_change

pytestmark = pytest.mark.django_db


def _refused(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_a_root_is_renamed_and_takes_its_old_name_back(tree, system):
    root = tree["national"]
    renamed = actions.rename_org(root, name="全国联合工会", by=system)
    change = undoable_change(renamed)

    restored = actions.undo_change(change, by=system)

    assert (renamed.name, restored.name, restored.path) == ("全国联合工会", "中华全国总工会", root.path)


def test_a_root_is_not_split_moved_or_closed(tree, system):
    root = tree["national"]
    before = OrgChange.objects.count()

    codes = [
        _refused(lambda: actions.split_org(root, name="第二总工会", by=system)),
        _refused(lambda: actions.move_org(root, parent=tree["city"], by=system)),
        _refused(lambda: actions.close_org(root, by=system)),
    ]

    assert (codes, OrgChange.objects.count()) == (["root"] * 3, before)
    assert Org.objects.filter(parent=None).count() == 1


def test_a_note_too_long_and_a_kind_nobody_knows_are_refused(tree, system):
    codes = [
        _refused(lambda: actions.rename_org(tree["county"], name="新名", note="长" * 201, by=system)),
        _refused(lambda: actions.edit_org(tree["county"], kind="guild", by=system)),
    ]

    assert codes == ["long_note", "unknown_kind"]
    assert Org.objects.get(pk=tree["county"].pk).name == "东城县总工会"
