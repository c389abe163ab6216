"""Every form of organisations and employers has a way back above its title."""

import re

import pytest
from django.urls import reverse

from jiangxin.accounts.tests.factories import make_officer
from jiangxin.orgs import actions
from jiangxin.orgs.models import OrgChange
from jiangxin.orgs.tests.factories import make_employer

pytestmark = pytest.mark.django_db
FORMS = ("add", "edit", "rename", "move", "merge", "split", "close", "add_employer")


@pytest.fixture
def officer(client, tree):
    user = make_officer("city_officer", tree["city"], "xuqinghe")
    client.force_login(user)
    return user


def way_back(client, address):
    """Where the link above the title leads."""
    main = client.get(address).content.decode().partition("<main")[2].partition("<h1")[0]
    return re.findall(r'<a [^>]*href="([^"]+)"', main)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_leads_back_to_its_organisation(client, officer, tree, name):
    org = tree["county"]

    assert way_back(client, reverse(f"orgs:{name}", args=[org.uid])) == [reverse("orgs:org", args=[org.uid])]


@pytest.mark.parametrize("name", ["move", "merge"])
def test_once_a_target_is_chosen_too(client, officer, tree, name):
    address = f"{reverse(f'orgs:{name}', args=[tree['enterprise'].uid])}?to={tree['city'].uid}"

    assert way_back(client, address) == [reverse("orgs:org", args=[tree["enterprise"].uid])]


def test_taking_a_change_back_too(client, officer, tree, system):
    actions.rename_org(tree["county"], name="东城区总工会", by=system)
    change = OrgChange.objects.get(kind="renamed")

    back = way_back(client, reverse("orgs:undo", args=[change.uid]))

    assert back == [reverse("orgs:org", args=[tree["county"].uid])]


@pytest.mark.parametrize("name", ["edit_employer", "employer_name"])
def test_forms_of_an_employer_lead_back_to_it(client, officer, tree, name):
    employer = make_employer(org=tree["enterprise"])

    back = way_back(client, reverse(f"orgs:{name}", args=[employer.uid]))

    assert back == [reverse("orgs:employer", args=[employer.uid])]
