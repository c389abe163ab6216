"""What the small demo world leaves out, so that every page has something to show."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jiangxin.accounts.models import Notice, User
from jiangxin.accounts.tests.factories import make_officer
from jiangxin.honours.actions import issue_credential, revoke_conferral
from jiangxin.honours.models import Conferral, HonourList, Recheck
from jiangxin.kernel.sheets.jobs import check_import
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.orgs.actions import rename_org
from jiangxin.orgs.models import Org
from jiangxin.people.actions import add_person, add_to_passport, ask_right, correct_entry, open_dispute
from jiangxin.people.jobs import propose_links
from jiangxin.people.models import PassportEntry
from tests.browser.place import AUDITOR, OPERATOR, SYSTEM, TWICE_TOLD
from tests.cast import CITY_OFFICER, WELDER, signed_in
from tests.cast import TEAM_LEADER as LEADER


def furnish() -> None:
    """What the small demo world leaves out, so that every list holds something."""
    welder = User.objects.get(username=WELDER)
    officer = User.objects.get(username=CITY_OFFICER)
    conferral = Conferral.objects.filter(person=welder.person).order_by("pk").first()
    issue_credential(conferral, by=SYSTEM)
    entry = PassportEntry.objects.filter(person=welder.person).order_by("pk").first()
    open_dispute(welder.person, kind="wrong", text="年份应为 2021 年", entry=entry, by=welder)
    ask_right(welder.person, kind="erase", text="我不再需要这份档案。", by=welder)
    told = add_to_passport(welder.person, kind="people.milestone", title="带徒十人", year=2018, by=SYSTEM)
    correct_entry(told, title=TWICE_TOLD, year=2019, reason="与师徒协议核对", by=officer)
    Notice.objects.create(
        user=officer, title="有一条线索等您认定", body="请到同一人线索查看。", link="/work/links/"
    )
    Recheck.objects.create(conferral=conferral, opath=conferral.opath, year=2025)
    HonourList.objects.create(title="2024 年市级表彰名单（演示）", year=2024, opath=officer.org.path)
    make_officer("audit_admin", Org.objects.get(depth=1), AUDITOR, display_name="宋见山", is_persona=True)
    make_officer("system_admin", Org.objects.get(depth=1), OPERATOR, display_name="苏知行", is_persona=True)
    _furnish_decisions(welder, officer)
    _bring_in_a_file()


def _furnish_decisions(welder: User, officer: User) -> None:
    """Two records of one name, a renamed union, a lower honour revoked under a higher one."""
    unit = {"unit_text": welder.person.unit_text, "post_text": welder.person.post_text}
    twin = add_person(name=welder.person.name, sex="female", org=officer.org, by=SYSTEM, **unit)
    propose_links.call(ids=[twin.pk])
    union = Org.objects.filter(parent=officer.org).order_by("pk").first()
    rename_org(union, name=f"{union.name}（新）", by=SYSTEM)
    leader = User.objects.get(username=LEADER).person
    lower = Conferral.objects.filter(person=leader, honour__level="province").first()
    Conferral.objects.filter(pk=lower.pk).update(bonus_fen=500_000)
    lower.refresh_from_db()
    revoke_conferral(lower, grounds="procedure", reason="评选程序存在严重违规", by=SYSTEM)


def _bring_in_a_file() -> None:
    """A list that an officer sent in, checked and waiting to be decided on."""
    lines = (
        "名单名称,姓名,荣誉,年份,单位",
        "2024 年名单,周小山,市级劳动模范（演示）,2024,宏远重工",
        "2024 年名单,,未知荣誉,20x4,",
    )
    file = SimpleUploadedFile("名单.csv", "\n".join(lines).encode("utf-8"), "text/csv")
    answer = signed_in(CITY_OFFICER).post(
        reverse("sheets:upload"), {"sheet": "honours", "scope": "0", "file": file}
    )
    assert answer.status_code == 302
    check_import.call(run_uid=ImportRun.objects.get().uid)
