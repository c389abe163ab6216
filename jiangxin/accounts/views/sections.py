"""Parts of accounts on pages of other apps."""

from __future__ import annotations

from typing import Any

from jiangxin.accounts import queries
from jiangxin.kernel.access import Actor
from jiangxin.people.models import Person


def record_account(person: Person, actor: Actor) -> dict[str, Any]:
    """Beside a record on the workbench: whether the worker has an account, and the way to invite."""
    if not actor.has_perm("accounts.invite_person", person):
        return {}
    account = queries.account_of(person)
    if account is not None:
        return {"account": account, "may_open": actor.has_perm("accounts.view_user", account)}
    if person.canonical_id or person.state == "deceased":
        return {}
    return {"person": person, "letter": queries.invitation_waiting_for(person)}
