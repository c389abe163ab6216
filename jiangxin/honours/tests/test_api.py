"""Honours and verification as JSON."""

import json
from typing import Any

import pytest
from django.test import Client

from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.tests.factories import make_conferral, make_ladder
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_catalogue_and_graph(client: Client) -> None:
    city, province, nation = make_ladder()

    listed = client.get("/api/v1/honours").json()
    detail = client.get(f"/api/v1/honours/{province.code}").json()

    assert [each["code"] for each in listed] == [nation.code, province.code, city.code]
    assert (detail["needs_hard"], detail["opens"], detail["granter"]) == (
        [city.code],
        [nation.code],
        "江州省人民政府",
    )
    assert client.get("/api/v1/honours/none").status_code == 404


def test_holders_are_paged_and_public(client: Client, conferral: Conferral) -> None:
    for year in (2021, 2022):
        make_conferral(PersonFactory(is_public=True), conferral.honour, year)
    make_conferral(PersonFactory(is_public=False), conferral.honour, 2022)
    url = f"/api/v1/honours/{conferral.honour.code}/holders"

    first = client.get(url, {"limit": 2}).json()
    second = client.get(url, {"limit": 2, "after": first["next"]}).json()

    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert (first["items"][0]["name"], second["next"]) == ("林小满", None)
    assert [each["year"] for each in client.get(url, {"year": 2022}).json()["items"]] == [2022]


def verdict(client: Client, text: str) -> dict[str, Any]:
    return client.post("/api/v1/verify", text, content_type="application/json").json()


def test_a_credential_is_verified_and_an_altered_one_refused(client: Client, credential: Credential) -> None:
    good = verdict(client, f'{{"credential": {credential.document}}}')
    bad = verdict(client, f'{{"credential": {credential.document.replace("林小满", "林小漫")}}}')

    assert (good["status"], good["issuer_name"], good["valid"]) == ("valid", "临江市总工会", True)
    assert (bad["status"], bad["code"], bad["valid"]) == ("altered", "bad_signature", False)


def test_a_key_written_twice_is_refused(client: Client, credential: Credential) -> None:
    doubled = credential.document.replace('"name":', '"name":"x","name":', 1)

    assert verdict(client, f'{{"credential": {doubled}}}')["code"] == "duplicate_key"


def test_the_bundle_is_the_same_as_the_download(client: Client, credential: Credential) -> None:
    bundle = client.get("/api/v1/verify/bundle").json()

    assert json.loads(credential.suspension_list.document) in bundle["statusLists"]
