"""An employer's page in the reader's language, and the ways on from it."""

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.tests.factories import make_officer
from jiangxin.orgs.tests.factories import make_employer, make_industry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, tree):
    client.force_login(make_officer("city_officer", tree["city"], "xuqinghe"))
    return client


@pytest.mark.parametrize(
    ("language", "shown", "other"),
    [("zh-hans", "34 通用设备制造业", "General machinery"), ("en", "34 General machinery", "通用设备制造业")],
)
def test_an_industry_is_named_in_the_readers_language(officer, tree, language, shown, other):
    industry = make_industry("34", "通用设备制造业", "General machinery")
    employer = make_employer(org=tree["enterprise"], industry=industry)
    officer.cookies["django_language"] = language

    page = officer.get(reverse("orgs:employer", args=[employer.uid])).content.decode()
    form = officer.get(reverse("orgs:edit_employer", args=[employer.uid])).content.decode()

    assert (shown in page, shown in form, other in page + form) == (True, True, False)


def test_an_employers_page_leads_to_its_union_and_back_to_the_list(officer, tree):
    employer = make_employer(org=tree["enterprise"])

    page = officer.get(reverse("orgs:employer", args=[employer.uid])).content.decode()

    union = reverse("orgs:org", args=[tree["enterprise"].uid])
    assert f'<a href="{union}">宏远重工工会</a>' in page
    assert f'href="{reverse("orgs:employers")}"' in page
