"""Steps that stories about requests share: a worker with an achievement asks, an officer decides."""

from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.search import Query, drain, engine
from jiangxin.people import actions
from jiangxin.people.models import RightsRequest
from jiangxin.people.tests.conftest import signed_in
from jiangxin.people.tests.factories import PassportEntryFactory, SourceFactory, invented_number

GRANT = {"decision": "grant", "checked": "on", "answer": "已核对，同意办理。"}


def honoured_worker(tree):
    """A record with a number, a phone and one achievement."""
    made = actions.add_person(
        name="林小满",
        org=tree["enterprise"],
        id_number=invented_number(9),
        phone="13800001234",
        by=SystemActor("test"),
    )
    PassportEntryFactory(person=made, title="某市劳动模范", year=2019, source=SourceFactory())
    return made


def ask(worker, kind: str) -> RightsRequest:
    sent = signed_in(worker).post(reverse("people:ask_right", args=[kind]), {"text": ""})
    assert sent.status_code == 302
    return RightsRequest.objects.get(kind=kind)


def decide(officer, request: RightsRequest, **data):
    return signed_in(officer).post(reverse("people:work_right", args=[request.uid]), data)


def searched(text: str) -> list[int]:
    while drain():
        continue
    return list(engine().search(Query(kind="person", text=text)).ids)
