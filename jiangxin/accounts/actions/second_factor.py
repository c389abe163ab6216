"""One-time codes count once, also across several server processes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jiangxin.accounts.models import CodeUse, User
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action


@action("accounts.edit_account")
def take_code(user: User, *, step: int, by: Actor) -> CodeUse:
    """Note that the code of this 30-second step was used; Refused when it, or a later one, was used before.

    RFC 6238 §5.2: the verifier must not accept a one-time code a second time.
    """
    use, __ = CodeUse.objects.get_or_create(user=user)
    if not CodeUse.objects.filter(pk=use.pk, last_step__lt=step).update(last_step=step):
        raise Refused(_("这个动态码已用过，请等下一个。"), code="code_used", field="code")
    use.last_step = step
    return use
