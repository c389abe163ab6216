"""One-time codes count once, also across several server processes; second-factor secrets follow the key that seals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from jiangxin.accounts.models import CodeUse, User
from jiangxin.accounts.models.secrets import PLACE
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.privacy.rotation import SealedPlace

SEALED_KEYS = ("secret", "seed")
SEALED_LISTS = ("migrated_codes",)


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


def _sealed_texts(data: Mapping[str, Any]) -> list[str]:
    """The sealed texts within the JSON of one authenticator; a passkey holds none."""
    single = [data[key] for key in SEALED_KEYS if data.get(key)]
    return single + [text for key in SEALED_LISTS for text in data.get(key) or ()]


def _values(after: int, limit: int) -> list[tuple[int, list[str]]]:
    rows = Authenticator.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "data")[:limit]
    return [(pk, _sealed_texts(data)) for pk, data in rows]


def _replace(pk: int, texts: Mapping[str, str]) -> int:
    """Write new texts over old ones in a locked row; what somebody changed meanwhile is left alone."""
    held = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        return 0
    written = [text for text in _sealed_texts(held.data) if text in texts]
    for key in SEALED_KEYS:
        if held.data.get(key) in texts:
            held.data[key] = texts[held.data[key]]
    for key in SEALED_LISTS:
        if held.data.get(key):
            held.data[key] = [texts.get(text, text) for text in held.data[key]]
    if written:
        held.save(update_fields=["data"])
    return len(written)


SEALED_SECRETS = SealedPlace(**PLACE, values=_values, replace=_replace)
