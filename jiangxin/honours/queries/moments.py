"""How honours stand on a timeline today: whether they rest, and what the catalogue calls them in the reader's language."""

from collections.abc import Collection

from jiangxin.honours.models import Conferral
from jiangxin.honours.words import ConferralState
from jiangxin.kernel.modules import Moment


def moments_of(uids: Collection[str]) -> dict[str, Moment]:
    """{uid of a conferral: how it stands}. One query."""
    return {
        each.uid: _moment(each) for each in Conferral.objects.filter(uid__in=uids).select_related("honour")
    }


def _moment(conferral: Conferral) -> Moment:
    honour, is_suspended = conferral.honour, conferral.state == ConferralState.SUSPENDED
    return Moment(
        reads={honour.title: honour.shown_title, honour.granter: honour.shown_granter},
        resting=str(ConferralState.SUSPENDED.label) if is_suspended else "",
    )
