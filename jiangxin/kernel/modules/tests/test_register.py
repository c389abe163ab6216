"""The register: each code is declared once, and a pointer leads to what it names."""

import pytest

from jiangxin.kernel.access import Permission
from jiangxin.kernel.modules import Module, installed_modules, named, register

TWICE = Module(
    app="test", title="", permissions=(Permission("test.look_on", "看"), Permission("test.look_on", "看"))
)


def test_a_permission_declared_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "installed_modules", lambda: (TWICE,))

    with pytest.raises(ValueError, match=r"test\.look_on"):
        register.permissions.__wrapped__()


def test_what_is_declared_is_found_by_its_code() -> None:
    assert register.permission("jobs.keep_terms").code == "jobs.keep_terms"
    assert register.event_type("jobs.term_kept").name == "jobs.term_kept"


@pytest.mark.parametrize("find", [register.permission, register.event_type])
def test_what_is_not_declared_is_named(find: object) -> None:
    with pytest.raises(KeyError, match=r"test\.nothing"):
        find("test.nothing")  # type: ignore[operator]


def test_a_pointer_leads_to_what_it_names() -> None:
    assert named("jiangxin.kernel.modules.register:installed_modules") is installed_modules


@pytest.mark.parametrize("pointer", ["jiangxin.kernel.modules.register:nothing", "jiangxin.nowhere:x"])
def test_a_pointer_to_nothing_is_an_import_error(pointer: str) -> None:
    with pytest.raises(ImportError):
        named(pointer)
