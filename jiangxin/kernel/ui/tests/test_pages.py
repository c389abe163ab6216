"""Error pages, navigation and what every page carries."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from jiangxin.kernel.access import Actor, Anonymous, SystemActor
from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.modules import Module, NavItem
from jiangxin.kernel.ui import navigation
from jiangxin.kernel.ui.context import contact
from jiangxin.kernel.ui.navigation import Navigation


def how_many(actor: Actor) -> int:
    """What is new for this actor."""
    return 3 if actor.is_authenticated else 0


MODULE = Module(
    app="sample",
    title="样例",
    nav=(
        NavItem("陈列", "ui:gallery", "public", order=20),
        NavItem("显示", "ui:modes", "public", order=10),
        NavItem("待办", "ui:modes", "workbench", permission="sample.see_todos"),
        NavItem("不在此处", "nowhere:list", "public"),
        NavItem("消息", "ui:gallery", "account", count="jiangxin.kernel.ui.tests.test_pages:how_many"),
        NavItem("账号", "ui:modes", "account"),
        NavItem("我的", "ui:gallery", "worker", when="jiangxin.kernel.ui.tests.test_pages:how_many"),
    ),
)


@pytest.fixture
def _one_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "installed_modules", lambda: (MODULE,))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "413", "429", "500", "503"])
def test_error_page_is_whole_with_and_without_a_request(name: str, rf: RequestFactory) -> None:
    bare = render_to_string(f"{name}.html")
    full = render_to_string(f"{name}.html", request=rf.get("/"))

    assert (bare.count("<h1"), full.count("<h1")) == (1, 1)
    assert bare.count('class="lead"') == 1


@pytest.mark.usefixtures("_one_module")
def test_links_come_in_order_and_absent_apps_are_left_out() -> None:
    links = Navigation("/gallery/public/", Anonymous()).public

    assert [(str(link.title), link.url, link.current) for link in links] == [
        ("显示", "/modes/", False),
        ("陈列", "/gallery/", True),
    ]


@pytest.mark.usefixtures("_one_module")
def test_link_shows_only_to_those_who_hold_its_permission() -> None:
    assert Navigation("/", Anonymous()).workbench == []
    assert [link.url for link in Navigation("/", SystemActor("test")).workbench] == ["/modes/"]


@pytest.mark.usefixtures("_one_module")
def test_link_shows_only_to_those_for_whom_its_condition_holds() -> None:
    assert Navigation("/", Anonymous()).worker == []
    assert [link.url for link in Navigation("/", SystemActor("test", is_authenticated=True)).worker] == [
        "/gallery/"
    ]


def test_the_rail_is_grouped_by_task(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [NavItem(str(order), "ui:modes", "workbench", order=order) for order in (80, 30, 1, 50)]
    monkeypatch.setattr(
        navigation, "installed_modules", lambda: (Module(app="a", title="样例", nav=tuple(items)),)
    )
    groups = Navigation("/", Anonymous()).bench

    assert [(str(title), [link.title for link in links]) for title, links in groups] == [
        ("", ["1"]),
        ("审核与答复", ["50"]),
        ("登记与查询", ["30"]),
        ("管理", ["80"]),
    ]


@pytest.mark.usefixtures("_one_module")
def test_what_is_new_is_counted_for_who_is_signed_in() -> None:
    signed_in = SystemActor("test", is_authenticated=True)

    assert [(link.url, link.count) for link in Navigation("/", signed_in).counted] == [("/gallery/", 3)]
    assert Navigation("/", Anonymous()).counted == []


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("help@example.org", "mailto:help@example.org"),
        ("https://example.org/help/", "https://example.org/help/"),
        ("工会 12351", ""),
        ("", ""),
    ],
)
def test_contact_leads_where_it_can(text: str, url: str) -> None:
    assert contact(text)["url"] == url


@pytest.mark.django_db
def test_the_foot_names_the_contact(client: Client, settings: Any) -> None:
    settings.CONTACT = "help@example.org"

    assert (
        '<a href="mailto:help@example.org">help@example.org</a>'
        in client.get("/gallery/public/").content.decode()
    )


@pytest.mark.django_db
def test_paper_names_the_configured_address_and_not_the_host_asked(client: Client, settings: Any) -> None:
    settings.PUBLIC_URL = "https://honours.example.org"
    page = client.get("/gallery/print/").content.decode()

    assert (page.count("打印自 honours.example.org/gallery/print/"), page.count("testserver")) == (1, 0)


def test_request_without_a_user_acts_as_a_visitor(rf: RequestFactory) -> None:
    assert actor_of(rf.get("/")) == Anonymous()


def test_public_pages_carry_no_htmx_and_the_workbench_carries_it_locked_down(client: Client) -> None:
    public = client.get("/gallery/public/").content.decode()
    bench = client.get("/gallery/workbench/").content.decode()

    assert (public.count("htmx-2.min.js"), bench.count("htmx-2.min.js")) == (0, 1)
    assert bench.count('"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false') == 1


def test_policy_of_the_page_allows_nothing_inline(client: Client) -> None:
    policy = client.get("/gallery/public/")["Content-Security-Policy"]

    assert [word for word in policy.split() if "unsafe" in word] == []
