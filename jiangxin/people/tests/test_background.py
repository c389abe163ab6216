"""Work in the background: all records are gone through a part at a time, and each question is put once."""

import pytest

from jiangxin.kernel.jobs import drain
from jiangxin.people import jobs
from jiangxin.people.models import LinkProposal
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_all_records_are_gone_through_part_by_part(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    same = {"name": "隋见山", "unit_text": "宏远重工有限公司", "post_text": "焊工"}
    people = [PersonFactory(**same), PersonFactory(name="周敏"), PersonFactory(**same)]

    jobs.propose_all_links.enqueue()
    drain()

    asked = LinkProposal.objects.get()
    assert (asked.first, asked.second) == (people[0], people[2])
    assert jobs.propose_all_links.call(after=people[2].pk) == 0
