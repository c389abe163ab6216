"""The inbox: once, to the right users, by mail when wanted."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from jiangxin.accounts.actions import (
    choose_notices,
    give_grant,
    mail_notice,
    notify,
    read_all_notices,
    read_notice,
)
from jiangxin.accounts.models import Notice, User
from jiangxin.accounts.queries import topics_of, unread_count, wants_mail
from jiangxin.accounts.reactions import mail_what_was_noticed, tell_user_of_change, tell_user_of_grant
from jiangxin.accounts.tests.factories import make_notice, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def test_a_notice_reaches_each_user_once_for_a_key() -> None:
    users = [make_user(), make_user()]

    first = notify([*users, users[0]], kind="honours.conferred", title="已授予", dedupe_key="c1", by=SYSTEM)
    again = notify(users, kind="honours.conferred", title="已授予", dedupe_key="c1", by=SYSTEM)

    assert ([notice.user for notice in first], again) == (users, [])
    assert unread_count(users[0]) == 1
    assert Event.objects.filter(name="accounts.notice_sent").count() == 2


def test_a_notice_without_a_key_comes_each_time() -> None:
    user = make_user()

    sent = [notify([user], kind="honours.conferred", title="已授予", by=SYSTEM) for _turn in range(2)]

    assert ([len(each) for each in sent], unread_count(user)) == ([1, 1], 2)


def test_only_the_system_sends_notices() -> None:
    user = make_user()

    assert refusal(lambda: notify([user], kind="x.y", title="嗨", by=user)) == "no_permission"


def test_reading_is_the_readers_own_business() -> None:
    user, other = make_user(), make_user()
    notice = make_notice(user)
    make_notice(user)

    code = refusal(lambda: read_notice(notice, by=other))
    read_notice(notice, by=user)
    first_read = notice.read_at
    read_notice(notice, by=user)

    assert (code, unread_count(user), notice.read_at) == ("no_permission", 1, first_read)
    assert (read_all_notices(user, by=user), unread_count(user)) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "email", "wish", "expected"),
    [
        ("honours.conferred", "lin@example.cn", None, False),
        ("honours.conferred", "lin@example.cn", True, True),
        ("accounts.grant_given", "lin@example.cn", None, True),
        ("accounts.grant_given", "lin@example.cn", False, False),
        ("accounts.grant_given", "", True, False),
    ],
)
def test_mail_goes_to_those_who_want_it(kind: str, email: str, wish: bool | None, expected: bool) -> None:
    user = make_user(email=email)
    if wish is not None:
        choose_notices(user, by_mail={kind.partition(".")[0]: wish}, by=user)

    assert wants_mail(user, kind) is expected


def test_a_notice_is_mailed_once() -> None:
    user = make_user(email="lin@example.cn")
    notice = make_notice(user, title="请核对", body="有一件事", link="/work/")
    event = Event(name="accounts.notice_sent", payload={"notice": notice.uid})

    mail_what_was_noticed(event)
    mail_what_was_noticed(event)

    assert [(sent.subject, sent.to) for sent in mail.outbox] == [("请核对", ["lin@example.cn"])]
    assert mail.outbox[0].body == "有一件事\n\nhttp://localhost:8000/work/"
    assert mail_notice("nothing", by=SYSTEM) is None


def test_a_user_is_told_of_a_new_role_and_a_new_password(tree: dict[str, Org]) -> None:
    user = make_user()
    give_grant(user, role="editor", org=tree["city"], by=SYSTEM)
    event = Event.objects.get(name="accounts.grant_given")
    changed = Event(pk=7, name="accounts.password_changed", object_id=user.uid, payload={})

    for _repeat in range(2):
        tell_user_of_grant(event)
        tell_user_of_change(changed)

    assert list(Notice.objects.order_by("id").values_list("title", flat=True)) == [
        "您获得了角色“编辑”",
        "您的密码已修改",
    ]


def test_each_reads_a_notice_in_the_own_language_whoever_caused_it(tree: dict[str, Org]) -> None:
    user = make_user()
    with translation.override("en"):
        give_grant(user, role="city_officer", org=tree["city"], by=SYSTEM)
        tell_user_of_grant(Event.objects.get(name="accounts.grant_given"))
    notice = Notice.objects.get()

    assert notice.title == "您获得了角色“市级工会干部”"
    with translation.override("en"):
        assert notice.heading == "You were assigned the role “City union officer”"
        assert Notice(title="您的密码已修改").heading == "Your password was changed"  # of an older version
    with translation.override("zh-hans"):
        assert (notice.heading, notice.words) == (notice.title, "")


def test_the_preferences_page_saves_every_topic(client: Client) -> None:
    user = make_user(email="lin@example.cn")
    client.force_login(user)

    answer = client.post("/inbox/preferences/", {"orgs": "on"})

    assert answer.status_code == 302
    assert [topic.code for topic in topics_of(user) if topic.by_mail] == ["orgs"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_lists_notices_with_a_fixed_number_of_queries(
    client: Client, count: int, django_assert_num_queries: object
) -> None:
    user = make_user()
    for number in range(count):
        make_notice(user, f"第 {number} 条")
    client.force_login(user)
    client.get("/inbox/")

    with django_assert_num_queries(8):  # type: ignore[operator]
        page = client.get("/inbox/")

    assert page.content.decode().count('<h2 class="moment-title">') == count


def test_a_notice_of_somebody_else_does_not_exist(client: Client) -> None:
    notice = make_notice(make_user())
    client.force_login(make_user())

    assert client.get(f"/inbox/{notice.uid}/").status_code == 404


@pytest.mark.parametrize(
    ("link", "target"), [("/work/", "/work/"), ("https://evil.example/", "/inbox/"), ("", "/inbox/")]
)
def test_opening_a_notice_leads_on_but_never_away(client: Client, link: str, target: str) -> None:
    user = make_user()
    notice = make_notice(user, link=link)
    client.force_login(user)

    page, answer = client.get(f"/inbox/{notice.uid}/"), client.post(f"/inbox/{notice.uid}/")

    assert (page.status_code, answer.status_code, answer.headers["Location"]) == (200, 302, target)
    assert Notice.objects.get(pk=notice.pk).read_at is not None


def test_the_count_is_for_the_signed_in_user(client: Client, tree: dict[str, Org]) -> None:
    officer = make_officer("city_officer", tree["city"])
    make_notice(officer)
    client.force_login(officer)

    assert "1 条未读" in client.get("/inbox/count/").content.decode()
    assert client.post("/inbox/read-all/").status_code == 302
    assert unread_count(User.objects.get(pk=officer.pk)) == 0
