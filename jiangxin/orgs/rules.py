"""Rules on names and places of organisations; no reading, no writing."""

import unicodedata

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.sayings import say

NAME_LENGTH = 120
NOTE_LENGTH = 200


def clean_name(text: str) -> str:
    """The name without blanks around it and with single blanks inside; Refused when empty, too long or not printable."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise Refused(_("请填写名称。"), code="no_name", field="name")
    if len(name) > NAME_LENGTH:
        raise Refused(say(_("名称最多 %(most)s 个字。"), most=NAME_LENGTH), code="long_name", field="name")
    if not name.isprintable():
        raise Refused(_("名称中有不能显示的字符，请删去后再试。"), code="odd_name", field="name")
    return name


def clean_note(text: str) -> str:
    """A remark of at most 200 characters."""
    if len(text.strip()) > NOTE_LENGTH:
        raise Refused(say(_("说明最多 %(most)s 个字。"), most=NOTE_LENGTH), code="long_note", field="note")
    return text.strip()
