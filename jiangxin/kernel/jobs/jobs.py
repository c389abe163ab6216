"""The house's own recurring jobs: checkpoints of the log, clearing away what is long done, and the terms of keeping."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events.checkpoints import make_checkpoint
from jiangxin.kernel.events.models import Receipt, ReceiptState
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.jobs.progress import advance, finish, start_progress
from jiangxin.kernel.jobs.registry import job, scheduled
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.kernel.privacy.rotation import count_stale, re_encrypt_all
from jiangxin.kernel.search import engine

KEPT_DONE = timedelta(days=7)
AT_ONCE = 5000
SAMPLE = 1000  # entries of each index


@scheduled(every=timedelta(minutes=10))
@job("jobs.sign_checkpoint", retries=2)
def sign_checkpoint() -> int | None:
    """Sign the log as it stands; returns its length."""
    checkpoint = make_checkpoint()
    return checkpoint.size if checkpoint else None


@scheduled(daily="03:10")
@job("jobs.clear_done_work", retries=2, atomic=False)
def clear_done_work() -> int:
    """Remove jobs and receipts that were done a week ago; dead ones stay. Returns how many went."""
    before = timezone.now() - KEPT_DONE
    gone, jobs = 0, DBTaskResult.objects.successful().filter(finished_at__lt=before).order_by()
    while ids := list(jobs.values_list("pk", flat=True)[:AT_ONCE]):
        gone += DBTaskResult.objects.filter(pk__in=ids).delete()[0]
    receipts = Receipt.objects.filter(state=ReceiptState.DONE, done_at__lt=before)
    while numbers := list(receipts.values_list("pk", flat=True)[:AT_ONCE]):
        gone += Receipt.objects.filter(pk__in=numbers).delete()[0]
    return gone


@scheduled(daily="03:40")
@job("jobs.let_terms_go", retries=2, atomic=False)
def let_terms_go() -> None:
    """Let the search index drop physically what was taken out of it, above all terms of people who were erased."""
    engine().let_go()


@scheduled(every=timedelta(hours=1))
@job("jobs.measure_tables", retries=2)
def measure_tables() -> None:
    """Tell SQLite's planner how large tables are and how much their indexes part, from samples: 0.3 s at a million workers.

    Without it a question may begin at the wrong end. PostgreSQL does this by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {SAMPLE}")
            cursor.execute("ANALYZE")


@scheduled(daily="02:40")
@job("jobs.keep_terms", retries=2)
def keep_terms() -> int:
    """Queue one job for each declared term of keeping, so that one that fails does not hold up the others."""
    codes = list(retentions())
    for code in codes:
        keep_term.enqueue(code=code)
    return len(codes)


@job("jobs.keep_term", retries=3, atomic=False)
def keep_term(*, code: str) -> int:
    """End what is past one term; returns how many rows. A run that was stopped goes on with what is still due."""
    return end_due(retentions()[code])


@job("jobs.seal_again", retries=20, atomic=False)
def seal_again(*, progress: int) -> int:
    """Seal every stored value with the active key; returns how many this run rewrote.

    Batches commit one by one: a worker that is killed leaves everything readable, and the next run does the rest.
    """
    shown = start_progress(Progress.objects.get(pk=progress), total=count_stale())
    done = 0

    def told(total: int) -> None:
        nonlocal done
        advance(shown, total - done)
        done = total

    rewritten = re_encrypt_all(progress=told)
    finish(shown)
    return rewritten
