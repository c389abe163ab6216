"""The sample of really published lists goes through as it is; skipped where the sample is not at hand."""

import json
from collections import Counter
from pathlib import Path

import pytest

from jiangxin.honours.actions import load_catalogue
from jiangxin.honours.models import Collective, Conferral, HonourList, Nominee, UnknownTitle
from jiangxin.honours.sheets import HONOURS_SHEET
from jiangxin.honours.tests.factories import SYSTEM
from jiangxin.kernel.sheets import Applied, ImportContext, Row
from jiangxin.people.jobs import propose_links
from jiangxin.people.models import LinkProposal, Person

SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "honour_lists_sample.jsonl"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of published lists is not here"),
]


def cleaned() -> list[Row]:
    """The rows as the sheet cleans them."""
    rows = []
    for number, line in enumerate(SAMPLE.read_text(encoding="utf-8").splitlines(), start=1):
        raw = json.loads(line)
        values = {}
        for column in HONOURS_SHEET.columns:
            value = raw.get(column.name)
            text = "" if value is None else str(value)
            values[column.name] = (column.clean(text) if column.clean else text) if text else None
        rows.append(Row(number, values))
    return rows


def run() -> Applied:
    context = ImportContext(run_uid="x", file_name=SAMPLE.name, sha256="0" * 64)
    return HONOURS_SHEET.apply(cleaned(), by=SYSTEM, dry_run=False, context=context)


def test_every_row_is_taken_and_a_second_time_changes_nothing() -> None:
    load_catalogue(by=SYSTEM)

    first = run()
    before = [model.objects.count() for model in (Conferral, Person, Collective, Nominee, HonourList)]
    second = run()

    assert (first.new, first.same, first.refused) == (253, 0, 0)
    assert (second.new, second.same, second.refused) == (0, 253, 0)
    assert [model.objects.count() for model in (Conferral, Person, Collective, Nominee, HonourList)] == before
    assert (Nominee.objects.count(), UnknownTitle.objects.count()) == (19, 0)
    assert Conferral.objects.count() == 253 - 19


def test_people_who_occur_twice_stay_apart_until_somebody_decides() -> None:
    load_catalogue(by=SYSTEM)
    run()

    names = Counter(Person.objects.values_list("name", flat=True))

    assert sorted(count for count in names.values() if count > 1) == [2, 2, 2]
    assert Person.objects.filter(canonical__isnull=False).count() == 0


def test_who_occurs_under_two_unit_names_is_proposed_as_one() -> None:
    load_catalogue(by=SYSTEM)
    run()

    propose_links.call(ids=list(Person.objects.values_list("pk", flat=True)))

    proposed = {proposal.first.name for proposal in LinkProposal.objects.select_related("first")}
    twice = Counter(Person.objects.values_list("name", flat=True))
    assert proposed
    assert all(twice[name] == 2 for name in proposed)
    assert all(item["text"] for each in LinkProposal.objects.all() for item in each.evidence)
