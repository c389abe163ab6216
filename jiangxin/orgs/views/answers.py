"""What our pages share: who asks, and may they."""

from django.http import Http404

from jiangxin.kernel.access import Actor
from jiangxin.kernel.http.gates import found
from jiangxin.orgs import queries
from jiangxin.orgs.models import Org


def org_for(actor: Actor, uid: str, permission: str) -> Org:
    """The organisation, if the actor sees it and holds the permission there; 404 otherwise."""
    org = found(queries.org_at(uid, actor))
    if not actor.has_perm(permission, org):
        raise Http404
    return org
