"""Running one job: claim it, run it, mark it done in the same transaction, or put it back to be tried again."""

from __future__ import annotations

import logging
from traceback import format_exception
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import refusals_kept
from jiangxin.kernel.events.context import alone
from jiangxin.kernel.jobs.progress import current_job_id, fail_progress_of
from jiangxin.kernel.jobs.registry import LONGEST_WAIT, Job, wait_before
from jiangxin.kernel.privacy.discretion import discreet

log = logging.getLogger("jiangxin.jobs")
LONGEST_TRACE = 8000


class LostClaim(Exception):  # noqa: N818 - reads as a sentence
    """The job was taken away from this worker in the meantime; its effect must not happen here."""


def run_next(worker: str) -> bool:
    """Run the next due job to its end; False if there is none."""
    claimed = _claim(worker)
    if claimed is None:
        return False
    try:
        found = claimed.task
    except (ImportError, SuspiciousOperation) as error:
        _bury(claimed, error)
        return True
    job = found if isinstance(found, Job) else Job(func=found.func, code=found.name, retries=0, atomic=False)
    token = current_job_id.set(str(claimed.pk))
    try:
        with refusals_kept(), alone(SystemActor(job.code)):
            _run(job, claimed)
    except LostClaim:
        log.warning("job %s %s was given to another worker", job.code, claimed.pk)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a job raises must not stop the worker
        _put_back(job, claimed, error)
    finally:
        current_job_id.reset(token)
    return True


def _claim(worker: str) -> Any:
    """Take the next due job for this worker; the attempt is counted and committed before the job begins."""
    if not DBTaskResult.objects.ready().order_by().exists():
        return None
    with transaction.atomic():
        claimed = DBTaskResult.objects.ready().get_locked()
        if claimed is not None:
            claimed.claim(worker)
    return claimed


def _run(job: Job[Any, Any], claimed: Any) -> None:
    arguments = claimed.args_kwargs
    if job.atomic:
        with transaction.atomic():
            _hold(claimed)
            _mark_done(claimed, job.call(*arguments["args"], **arguments["kwargs"]))
        return
    value = job.call(*arguments["args"], **arguments["kwargs"])
    with transaction.atomic():
        _hold(claimed)
        _mark_done(claimed, value)


def _hold(claimed: Any) -> None:
    """Lock the job's row; LostClaim unless it still runs here."""
    held = DBTaskResult.objects.select_for_update().filter(pk=claimed.pk).first()
    if held is None or held.status != TaskResultStatus.RUNNING or held.worker_ids != claimed.worker_ids:
        raise LostClaim


def _mark_done(claimed: Any, value: Any) -> None:
    DBTaskResult.objects.filter(pk=claimed.pk).update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=timezone.now(),
        return_value=normalize_json(value),
        exception_class_path="",
        traceback="",
    )


def _put_back(job: Job[Any, Any], claimed: Any, error: BaseException) -> None:
    """Wait and try again; dead after the last retry, and at once when the act was refused: asking again is no use."""
    attempts = len(claimed.worker_ids)
    if isinstance(error, Refused) or attempts > job.retries:
        _bury(claimed, error)
        return
    log.warning("job %s %s failed, attempt %s", job.code, claimed.pk, attempts, exc_info=error)
    _mine(claimed).update(
        status=TaskResultStatus.READY,
        run_after=timezone.now() + wait_before(attempts, job.backoff),
        **_described(error),
    )


def _bury(claimed: Any, error: BaseException) -> None:
    log.error("job %s %s is dead", claimed.task_path, claimed.pk, exc_info=error)
    _mine(claimed).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now(), return_value=None, **_described(error)
    )
    sentence = (
        str(error) if isinstance(error, Refused) else _("这项工作多次失败，已停止。系统管理员可以查看原因。")
    )
    fail_progress_of([str(claimed.pk)], sentence)


def _mine(claimed: Any) -> Any:
    return DBTaskResult.objects.filter(
        pk=claimed.pk, status=TaskResultStatus.RUNNING, worker_ids=claimed.worker_ids
    )


def _described(error: BaseException) -> dict[str, str]:
    """What the job's row keeps of an error, without secrets and numbers of people; whole first, for a cut could hide one."""
    return {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": discreet("".join(format_exception(error)))[-LONGEST_TRACE:],
    }


def release_jobs(dead: set[str]) -> int:
    """Let the jobs of dead workers be taken again, or bury them after their last retry; returns how many.

    A job that is one transaction keeps its row locked while it runs, so the job of a worker that only seems dead is
    passed over.
    """
    released = 0
    running = DBTaskResult.objects.running().order_by().values_list("pk", "worker_ids")
    for pk in [pk for pk, workers in running if workers and workers[-1] in dead]:
        with transaction.atomic():
            held = DBTaskResult.objects.select_for_update(skip_locked=True)
            found = held.filter(pk=pk, status=TaskResultStatus.RUNNING).first()
            if found is not None and found.worker_ids[-1] in dead:
                _release(found)
                released += 1
    return released


def _release(found: Any) -> None:
    try:
        retries = getattr(found.task, "retries", 0)
    except (ImportError, SuspiciousOperation):
        retries = 0
    if len(found.worker_ids) > retries:
        _bury(found, RuntimeError("the worker died in the middle, every time"))
    else:
        _mine(found).update(status=TaskResultStatus.READY, run_after=get_date_max())


def mend_clock() -> int:
    """Bring back retries that wait for a time too far ahead, as after the clock was set back; returns how many."""
    now = timezone.now()
    too_far = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__gt=now + LONGEST_WAIT * 1.5, run_after__lt=get_date_max()
    ).exclude(worker_ids=[])
    return int(too_far.update(run_after=get_date_max()))


def revive(pk: str) -> bool:
    """Let a dead job be tried again from the start; False if it was not dead."""
    dead = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED)
    return bool(
        dead.update(status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[], finished_at=None)
    )
