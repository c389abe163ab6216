"""Verbs that begin long work on many honours at once; the worker does it step by step, in the name of who asked."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangxin.honours.models import ConferralQuerySet, IssuerKey
from jiangxin.honours.queries.issuers import signed_by
from jiangxin.honours.queries.tasks import ISSUE, PRINT, REPLACE
from jiangxin.honours.words import KeyState
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.files import StoredFile, store_file
from jiangxin.kernel.files.kinds import PDF, ZIP
from jiangxin.kernel.jobs import Progress, begin_progress, registered_jobs
from jiangxin.kernel.text.sayings import say

MOST = 20_000
MOST_IN_ONE = 5_000
MOST_BYTES = 1 << 30
KEPT_FOR = timedelta(days=7)


@action("honours.issue_credential")
def begin_issuing(*, conferrals: Sequence[int], by: Actor) -> Progress:
    """Have credentials issued for these conferrals (keys) in the background; each is checked and logged by itself."""
    _check_number(conferrals, most=MOST)
    return _begin(ISSUE, _("签发荣誉凭证"), len(conferrals), by=by, conferrals=list(conferrals))


@action("honours.export_conferrals")
def begin_printing(*, conferrals: Sequence[int], apart: bool, by: Actor) -> Progress:
    """Have the certificates of these conferrals (keys) set in the background: one document, or a file each in a ZIP."""
    _check_number(conferrals, most=MOST_IN_ONE)
    label = _("打印证书（每人一份）") if apart else _("打印证书（合成一份）")
    return _begin(PRINT, label, len(conferrals), by=by, conferrals=list(conferrals), apart=apart)


@action("honours.rotate_key")
def begin_replacing(key: IssuerKey, *, by: Actor) -> Progress:
    """Have every credential in force that a withdrawn key signed replaced by one of the key in use."""
    if key.state != KeyState.COMPROMISED:
        raise Refused(_("这把密钥没有作废，它签发的凭证仍然有效，不必换发。"), code="wrong_state")
    waiting = signed_by(key).count()
    if not waiting:
        raise Refused(_("没有需要换发的凭证。"), code="nothing_chosen")
    return _begin(REPLACE, _("换发荣誉凭证"), waiting, by=by, opath=key.issuer.opath, key=key.pk)


def _check_number(conferrals: Sequence[int], *, most: int) -> None:
    if not conferrals:
        raise Refused(_("请先勾选，或用条件选出要处理的荣誉。"), code="nothing_chosen")
    if len(conferrals) > most:
        sentence = _("一次最多处理 %(most)s 项，现在选了 %(chosen)s 项。请加条件分批处理。")
        raise Refused(say(sentence, most=most, chosen=len(conferrals)), code="too_many")


def _begin(kind: str, label: str, total: int, *, by: Actor, opath: str = "", **arguments: Any) -> Progress:
    task = begin_progress(kind, label=label, by=by, total=total, opath=opath, waiting=True)
    registered_jobs()[kind].enqueue(task=task.uid, language=get_language() or "", **arguments)
    return task


@action("honours.export_conferrals")
def keep_certificates(*, content: Path, name: str, apart: bool, count: int, by: Actor) -> StoredFile:
    """Keep the printed certificates for a week for who asked for them; the log says how many left the house."""
    kept = store_file(
        content,
        name=name,
        by=by,
        expires_at=timezone.now() + KEPT_FOR,
        allowed={ZIP if apart else PDF},
        most_bytes=MOST_BYTES,
    )
    announce("honours.conferrals_exported", kept, what="certificates", count=count)
    return kept


@action("honours.export_conferrals")
def export_conferrals(*, found: ConferralQuerySet, by: Actor) -> ConferralQuerySet:
    """Allow a list of conferrals to leave as a file; the log says how many."""
    del by
    announce("honours.conferrals_exported", None, what="list", count=found.order_by().count())
    return found
