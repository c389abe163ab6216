"""Work of the night: letters and messages that are past their time go."""

from __future__ import annotations

from jiangxin.accounts.actions import forget_expired
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import job, scheduled


@scheduled(daily="03:40")
@job("accounts.forget_what_expired", retries=3)
def forget_what_expired() -> None:
    """Delete invitations a year after their end and notices after three years (the purposes of module.py)."""
    forget_expired(by=SystemActor("accounts"))
