"""Many honours at once: credentials issued or replaced, certificates printed, with progress and a word at the end."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jiangxin.honours import actions
from jiangxin.honours.certificates import CertificateText, certificate_pdf, certificates_pdf
from jiangxin.honours.models import Conferral, Credential, IssuerKey
from jiangxin.honours.queries.issuers import IN_FORCE, signed_by
from jiangxin.honours.queries.tasks import ISSUE, PRINT, REPLACE, actor_named, in_steps, texts_of
from jiangxin.kernel.access import Actor, Refused, SystemActor
from jiangxin.kernel.jobs import Progress, advance, cancelled, fail, finish, job, start_progress

KEYS = SystemActor("keys")
TOGETHER = 20  # in one transaction: quick, and others wait for less than half a second


class _Stopped(Exception):  # noqa: N818 - somebody asked for it; nothing went wrong
    """The person who waits asked to stop."""


@job(ISSUE, atomic=False)
def issue_batch(*, task: str, language: str, conferrals: list[int]) -> None:
    """Issue what is missing; a second run after a crash finds the first ones issued and goes on."""
    _carry_out(task, language, lambda progress, actor: _issue(progress, actor, conferrals))


@job(PRINT, atomic=False, retries=1)
def print_batch(*, task: str, language: str, conferrals: list[int], apart: bool) -> None:
    """Print the certificates of those with a valid credential, in one document or a file each."""
    _carry_out(task, language, lambda progress, actor: _print(progress, actor, conferrals, apart=apart))


@job(REPLACE, atomic=False)
def replace_batch(*, task: str, language: str, key: int) -> None:
    """Replace what a withdrawn key signed; a second run after a crash goes on with what is left."""
    found = IssuerKey.objects.select_related("issuer__org").get(pk=key)
    _carry_out(task, language, lambda progress, _actor: _replace(progress, found))


def _carry_out(uid: str, language: str, work: Callable[[Progress, Actor], tuple[str, str]]) -> None:
    """Do the work in the language of who asked; what hinders the whole of it is said on the page they wait at."""
    progress = Progress.objects.still_open().filter(uid=uid).first()
    if progress is None:
        return
    actor = actor_named(progress.actor)
    with translation.override(language or settings.LANGUAGE_CODE):
        if actor is None:
            fail(progress, _("发起人的账号已停用，工作没有进行。"))
            return
        start_progress(progress)
        try:
            result, message = work(progress, actor)
        except _Stopped:
            return
        except Refused as refusal:
            fail(progress, str(refusal))
            return
        finish(progress, result=result, message=message)


def _count(progress: Progress, steps: int) -> None:
    advance(progress, steps)
    if cancelled(progress):
        raise _Stopped


def _issue(progress: Progress, actor: Actor, pks: list[int]) -> tuple[str, str]:
    """Issue step by step; returns no file and a word on how it went."""
    tally: Counter[str] = Counter()
    for conferrals in in_steps(pks, actor):
        has_one = set(
            Credential.objects.filter(conferral__in=conferrals, state__in=IN_FORCE).values_list(
                "conferral_id", flat=True
            )
        )
        for few in _few(conferrals):
            with transaction.atomic():
                tally.update(_issued(each, actor, has_one) for each in few)
            _count(progress, len(few))
    return "", _told(tally, left=len(pks) - tally.total())


def _issued(conferral: Conferral, actor: Actor, has_one: set[int]) -> str:
    if conferral.pk in has_one:
        return "known"
    try:
        actions.issue_credential(conferral, by=actor)
    except Refused as refusal:
        return str(refusal)
    return "issued"


def _told(tally: Counter[str], *, left: int) -> str:
    parts = [_("新签发 %(count)d 份。") % {"count": tally.pop("issued", 0)}]
    if known := tally.pop("known", 0):
        parts.append(_("%(count)d 份此前已经签发。") % {"count": known})
    parts += [
        _("%(count)d 项没有签发：%(reason)s") % {"count": count, "reason": reason}
        for reason, count in tally.most_common(5)
    ]
    if left > 0:
        parts.append(_("%(count)d 项已不归您管理，没有处理。") % {"count": left})
    return "".join(parts)


def _print(progress: Progress, actor: Actor, pks: list[int], *, apart: bool) -> tuple[str, str]:
    """Print and keep the file; returns its number and a word on how it went."""
    texts = [
        text
        for conferrals in in_steps(pks, actor)
        for text in texts_of(conferrals, base_url=settings.PUBLIC_URL)
    ]
    if not texts:
        raise Refused(_("所选荣誉都没有有效凭证，请先签发凭证。"), code="nothing_to_print")
    day = timezone.localdate().strftime("%Y%m%d")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "certificates"
        if apart:
            _zip(path, texts, progress)
        else:
            path.write_bytes(certificates_pdf(texts))
            _count(progress, len(texts))
        kept = actions.keep_certificates(
            content=path,
            name=_("荣誉证书-%(day)s-%(count)d份") % {"day": day, "count": len(texts)},
            apart=apart,
            count=len(texts),
            by=actor,
        )
    left = len(pks) - len(texts)
    advance(progress, left)
    words = _("%(count)d 项没有有效凭证，没有打印。") % {"count": left} if left else ""
    return kept.uid, _("已打印 %(count)d 份证书，文件保留 7 天。") % {"count": len(texts)} + words


def _zip(path: Path, texts: list[CertificateText], progress: Progress) -> None:
    """One PDF each; they are compressed already, so they are only put together."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for text in texts:
            year = f"-{text.year}" if text.year else ""
            name = f"{text.name}-{text.honour}{year}-{text.credential_no[-6:]}.pdf".replace("/", "／")
            archive.writestr(name, certificate_pdf(text))
            _count(progress, 1)


def _replace(progress: Progress, key: IssuerKey) -> tuple[str, str]:
    """Replace step by step in the name of the system, on the word of the administrator who asked."""
    tally: Counter[str] = Counter()
    after = 0
    while waiting := list(signed_by(key).filter(pk__gt=after)[:TOGETHER]):
        with transaction.atomic():
            tally.update([_replaced(each) for each in waiting])
        after = waiting[-1].pk
        _count(progress, len(waiting))
    parts = [_("已换发 %(count)d 份。") % {"count": tally.pop("", 0)}]
    parts += [
        _("%(count)d 份没有换发：%(reason)s") % {"count": count, "reason": reason}
        for reason, count in tally.most_common(5)
    ]
    return "", "".join(parts)


def _replaced(credential: Credential) -> str:
    """The sentence of a refusal, or nothing."""
    try:
        actions.replace_credential(credential, by=KEYS)
    except Refused as refusal:
        return str(refusal)
    return ""


def _few(things: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(things), TOGETHER):
        yield things[start : start + TOGETHER]
