"""The press of one issuer: its key in use, what it signs, and its status lists."""

import secrets
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.credentials import Bitstring, SigningKey, build_status_list, sign
from jiangxin.honours.credentials.canonical import canonical
from jiangxin.honours.credentials.keystore import KeyUnavailable, load_key, new_key
from jiangxin.honours.models import Credential, Issuer, IssuerKey, StatusList
from jiangxin.honours.queries.issuers import key_folder
from jiangxin.honours.words import KeyState
from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.sayings import say

FULLEST = 0.5


class Press:
    """Signs in the name of one issuer with the key that is in use."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer

    @property
    def key(self) -> IssuerKey:
        """The key in use."""
        found: IssuerKey = self.issuer.keys.select_related("issuer").get(state=KeyState.ACTIVE)
        return found

    def signed(self, document: dict[str, Any], *, at: datetime) -> tuple[str, IssuerKey]:
        """The text of the document with a proof, and the key that made it; Refused when its file is not here."""
        key = self.key
        try:
            private = load_key(key_folder(self.issuer), key.public_multibase)
        except KeyUnavailable as fault:
            raise Refused(
                say(
                    _("%(name)s的签发密钥文件不在本机，暂不能签发。请联系系统管理员恢复密钥。"),
                    name=self.issuer.name,
                ),
                code="key_unavailable",
            ) from fault
        return canonical(sign(document, SigningKey(private, key.method_id), created=at)).decode(), key

    def add_key(self) -> IssuerKey:
        """Make the next key; the one before must have ended."""
        name = new_key(key_folder(self.issuer))
        return IssuerKey.objects.create(issuer=self.issuer, public_multibase=name, valid_from=timezone.now())

    def add_list(self, purpose: str) -> StatusList:
        """Open an empty status list of this purpose."""
        bits = Bitstring()
        found = StatusList(issuer=self.issuer, purpose=purpose, size=len(bits), bits=bytes(bits.raw))
        self.publish(found)
        return found

    def publish(self, status_list: StatusList) -> None:
        """Sign the list as it stands and keep the signed text."""
        now = timezone.now()
        document = build_status_list(
            status_list.url,
            issuer=self.issuer.did,
            purpose=status_list.purpose,
            bits=Bitstring(bytes(status_list.bits)),
            valid_from=now,
            name=self.issuer.name,
        )
        status_list.document, _key = self.signed(document, at=now)
        status_list.save()

    def free_place(self, purpose: str) -> tuple[StatusList, int]:
        """A list with room and a random index nobody has; a fresh list when half of the last one is used."""
        lists = self.issuer.status_lists.select_related("issuer").filter(purpose=purpose)
        found = lists.filter(used__lt=F("size") * FULLEST).order_by("pk").first() or self.add_list(purpose)
        fields = {f"{purpose}_list": found}
        index = secrets.randbelow(found.size)
        while Credential.objects.filter(**fields, **{f"{purpose}_index": index}).exists():
            index = secrets.randbelow(found.size)
        StatusList.objects.filter(pk=found.pk).update(used=F("used") + 1)
        return found, index
