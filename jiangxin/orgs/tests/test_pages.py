"""Pages of the workbench and the public region pages, as an officer and a stranger meet them."""

import pytest
from django.urls import reverse

from jiangxin.accounts.tests.factories import make_officer
from jiangxin.kernel.search import drain
from jiangxin.orgs import actions
from jiangxin.orgs.models import Employer, Org, OrgChange
from jiangxin.orgs.queries.tree import undoable_change
from jiangxin.orgs.tests.factories import make_employer, make_industry, make_org, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, tree):
    user = make_officer("city_officer", tree["city"], "xuqinghe")
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"orgs:{name}", args=[each.uid if hasattr(each, "uid") else each for each in args])


def fresh(org):
    return Org.objects.get(pk=org.pk)


def test_a_stranger_is_sent_to_sign_in(client, tree):
    for address in (url("orgs"), url("tree"), url("org", tree["city"]), url("employers")):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, f"/account/login/?next={address}")


def test_the_list_begins_with_the_officers_own_area(client, officer, tree):
    text = client.get(url("orgs")).content.decode()

    assert "宏远重工工会" in text
    assert "望海市总工会" not in text
    assert "望海市总工会" in client.get(url("orgs"), {"all": "1"}).content.decode()


@pytest.mark.parametrize("children", [1, 3])
def test_the_list_costs_the_same_however_many_it_shows(
    client, officer, tree, children, django_assert_max_num_queries
):
    for number in range(children):
        make_org(f"第{number}工会", parent=tree["county"])
    client.get(url("orgs"))

    with django_assert_max_num_queries(11):
        client.get(url("orgs"))


def test_words_go_through_the_index_and_find_former_names(client, officer, tree, system):
    actions.rename_org(tree["enterprise"], name="远大装备工会", by=system)
    assert "索引正在更新" in client.get(url("orgs"), {"q": "宏远"}).content.decode()

    drain()
    page = client.get(url("orgs"), {"q": "宏远重工"}).content.decode()

    assert "远大装备工会" in page
    assert "索引正在更新" not in page
    assert "没有找到组织" in client.get(url("orgs"), {"q": "不存在的名字"}).content.decode()


def test_filters_narrow_and_nonsense_is_ignored(client, officer, tree):
    text = client.get(url("orgs"), {"kind": "branch", "region": "' OR 1=1", "state": "x"}).content.decode()

    assert "焊接分会" in text
    assert "宏远重工工会</a>" not in text


def test_a_long_list_is_turned_page_by_page(client, officer, tree):
    for number in range(55):
        make_org(f"第{number:02d}工会", parent=tree["county"])

    first = client.get(url("orgs"))
    second = client.get(url("orgs") + first.context["older_url"])

    names = [org.name for page in (first, second) for org in page.context["orgs"]]
    assert (len(names), len(set(names)), second.context["older_url"]) == (59, 59, "")


def test_the_tree_unfolds_in_place_and_by_plain_links(client, officer, tree):
    whole = client.get(url("tree")).content.decode()
    assert "江州省总工会" in whole
    branch = client.get(url("branches", tree["county"])).content.decode()

    assert f'href="{url("tree_at", tree["province"])}"' in whole
    assert "<html" not in branch
    assert "宏远重工工会" in branch
    assert "东城县总工会" in client.get(url("tree_at", tree["city"])).content.decode()


def test_an_organisations_page_shows_place_children_units_and_history(client, officer, tree, system):
    make_employer(org=tree["enterprise"])
    actions.rename_org(tree["enterprise"], name="远大装备工会", note="县工字〔2024〕3号", by=system)

    text = client.get(url("org", tree["enterprise"])).content.decode()

    for piece in (
        "远大装备工会",
        "东城县总工会",
        "焊接分会",
        "宏远重工有限公司",
        "由“宏远重工工会”改为“远大装备工会”",
        "县工字〔2024〕3号",
    ):
        assert piece in text


def test_an_organisation_of_another_city_is_read_only(client, officer, tree):
    page = client.get(url("org", tree["other_city"]))

    assert page.status_code == 200
    assert not any(page.context["may"].values())
    for name in ("add", "edit", "rename", "move", "merge", "split", "close"):
        assert client.get(url(name, tree["other_city"])).status_code == 404


def test_an_organisation_is_set_up_by_form(client, officer, tree):
    make_region("230200", "临江市")
    sent = {
        "name": "新星电子工会",
        "kind": "enterprise",
        "short_name": "",
        "code": "X-1",
        "region": "230200",
        "founded_on": "2003-05-01",
    }

    answer = client.post(url("add", tree["county"]), sent)

    made = Org.objects.get(code="X-1")
    assert (answer.status_code, answer.url) == (302, url("org", made))
    assert (made.name, made.parent, made.region.code, str(made.founded_on)) == (
        "新星电子工会",
        tree["county"],
        "230200",
        "2003-05-01",
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "请填写这一项。"),
        ("name", "宏远重工工会", "“东城县总工会”下已有“宏远重工工会”，请换一个名称或打开已有的组织。"),
        ("region", "999999", "没有区划代码 999999（区划表 2026-09）。"),
        ("founded_on", "2999-01-01", "请填写今天或以前的日期。"),
    ],
)
def test_a_wrong_input_is_answered_beside_its_field_and_the_rest_is_kept(
    client, officer, tree, field, value, sentence
):
    sent = {"name": "新星电子工会", "kind": "enterprise", "short_name": "新星", field: value}

    answer = client.post(url("add", tree["county"]), sent)

    assert answer.context["form"].errors[field] == [sentence]
    assert 'value="新星"' in answer.content.decode()


def test_facts_are_edited(client, officer, tree):
    answer = client.post(url("edit", tree["branch"]), {"kind": "branch", "short_name": "焊接", "code": ""})

    assert answer.status_code == 302
    assert fresh(tree["branch"]).short_name == "焊接"


def test_a_move_is_searched_shown_and_done(client, officer, tree):
    target = make_org("西城县总工会", parent=tree["city"], kind="county")
    address = url("move", tree["enterprise"])

    found = client.get(address, {"q": "县总工会"}).content.decode()
    shown = client.get(address, {"to": target.uid})
    done = client.post(
        f"{address}?to={target.uid}", {"seen": shown.context["form"].initial["seen"], "note": "区划调整"}
    )

    assert f"?to={target.uid}" in found
    assert "随同划转的下级组织 1 个，单位 0 个。" in shown.content.decode()
    assert done.status_code == 302
    assert fresh(tree["enterprise"]).parent == target


def test_a_page_that_has_grown_old_is_refused_and_nothing_is_lost(client, officer, tree, system):
    target = make_org("西城县总工会", parent=tree["city"], kind="county")
    seen = tree["enterprise"].stamp
    actions.rename_org(tree["enterprise"], name="远大装备工会", by=system)

    answer = client.post(
        f"{url('move', tree['enterprise'])}?to={target.uid}", {"seen": seen, "note": "区划调整"}
    )

    text = answer.content.decode()
    assert "刚才已有人改动了这个组织，请刷新后再看。" in text
    assert "区划调整" in text
    assert fresh(tree["enterprise"]).parent == tree["county"]


def test_a_rename_merger_split_closing_and_undo_by_form(client, officer, tree):
    into = make_org("新星工会", parent=tree["county"])
    second = make_org("装配分会", parent=tree["enterprise"])

    client.post(url("rename", into), {"name": "新星集团工会", "seen": into.stamp})
    assert fresh(into).name == "新星集团工会"

    client.post(
        url("split", tree["enterprise"]),
        {"name": "远大装备工会", "children": [second.pk], "seen": tree["enterprise"].stamp},
    )
    assert fresh(second).parent.name == "远大装备工会"

    seen = fresh(tree["enterprise"]).stamp
    client.post(f"{url('merge', tree['enterprise'])}?to={into.uid}", {"seen": seen})
    assert fresh(tree["enterprise"]).merged_into == into

    change = undoable_change(fresh(tree["enterprise"]))
    assert "将撤回" in client.get(url("undo", change)).content.decode()
    client.post(url("undo", change))
    assert fresh(tree["enterprise"]).is_active

    assert "它还有 1 个下级组织在册" in client.get(url("close", tree["enterprise"])).content.decode()
    client.post(url("close", tree["branch"]), {"seen": fresh(tree["branch"]).stamp})
    assert fresh(tree["branch"]).state == "closed"
    assert "这个组织已于" in client.get(url("org", tree["branch"])).content.decode()


def test_an_undo_that_is_in_the_way_says_why(client, officer, tree, system):
    actions.rename_org(tree["enterprise"], name="远大装备工会", by=system)
    change = OrgChange.objects.get(kind="renamed")
    actions.undo_change(change, by=system)

    answer = client.post(url("undo", change))

    assert "只能撤回这个组织最近一次、尚未撤回的变更。" in answer.content.decode()


def test_an_employer_is_registered_edited_and_named(client, officer, tree):
    industry = make_industry()
    client.post(
        url("add_employer", tree["enterprise"]),
        {"name": "宏远重工 有限公司", "ownership": "nonpublic", "industry": industry.pk},
    )
    employer = Employer.objects.get()
    assert (employer.name, employer.opath, employer.industry) == (
        "宏远重工有限公司",
        tree["enterprise"].path,
        industry,
    )

    client.post(url("edit_employer", employer), {"ownership": "public", "size": "large"})
    client.post(url("employer_name", employer), {"name": "远大装备有限公司", "kind": "current"})
    client.post(url("employer_name", employer), {"name": "远大", "kind": "short"})

    text = client.get(url("employer", employer)).content.decode()
    for piece in ("远大装备有限公司", "曾用名", "宏远重工有限公司", "简称", "公有制", "大型"):
        assert piece in text
    assert "远大装备有限公司" in client.get(url("employers"), {"q": "宏远重工"}).content.decode()


def test_a_wrong_credit_code_is_answered_with_the_right_character(client, officer, tree):
    answer = client.post(
        url("add_employer", tree["enterprise"]), {"name": "某厂", "uscc": "91590101MA00000000"}
    )

    assert answer.context["form"].errors["uscc"][0].startswith("统一社会信用代码第 18 位应为")


def test_a_worker_finds_no_workbench(client, tree):
    client.force_login(make_officer("worker", tree["enterprise"]))

    assert client.get(url("orgs")).status_code == 404


def test_regions_are_browsed_by_anybody(client, db):
    province = make_region("330000", "浙江省")
    city = make_region("330100", "杭州市", parent=province)
    make_region("330106", "西湖区", parent=city)

    assert "浙江省" in client.get(reverse("orgs:regions")).content.decode()
    assert "浙江省杭州市西湖区" in client.get(reverse("orgs:regions"), {"q": "西湖"}).content.decode()
    assert client.get(reverse("orgs:regions"), {"q": "330106"}).url == "/regions/330106/"
    assert "西湖区" in client.get(reverse("orgs:region", args=["330100"])).content.decode()
    assert client.get(reverse("orgs:region", args=["999999"])).status_code == 404


@pytest.mark.parametrize("name", ["orgs", "tree", "employers"])
def test_pages_are_english_for_who_reads_english(client, officer, tree, name):
    client.cookies["django_language"] = "en"

    text = client.get(url(name)).content.decode()

    assert 'lang="en"' in text
    assert "上下级" not in text
