"""Permissions are well formed; lists are narrowed by byte ranges over paths."""

from __future__ import annotations

import pytest

from jiangxin.kernel.access import Anonymous, Permission, SystemActor, covered_by, within


@pytest.mark.parametrize("code", ["rename", "orgs.rename", "orgs.", ".rename_org"])
def test_a_permission_code_reads_app_verb_noun(code: str) -> None:
    with pytest.raises(ValueError, match=r"app\.verb_noun"):
        Permission(code, "x")


def test_the_system_is_covered_everywhere_and_a_visitor_nowhere() -> None:
    assert SystemActor("x").has_perm("orgs.rename_org")
    assert not Anonymous().has_perm("orgs.rename_org")
    assert str(covered_by(SystemActor("x"), "orgs.rename_org")) == "(NOT (AND: ('pk__in', [])))"
    assert str(covered_by(Anonymous(), "orgs.rename_org")) == "(AND: ('pk__in', []))"


def test_paths_become_ranges() -> None:
    condition = within(("0001", "00020003"))

    assert "('opath__gte', '0001')" in str(condition)
    assert "('opath__lt', '00020003~')" in str(condition)
