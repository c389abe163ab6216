"""Background work: jobs with retries, the schedule, the worker and the progress of long work.

Names are fetched on first use, because this package is itself an app and its models load later than it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiangxin.kernel.jobs.condition import health
    from jiangxin.kernel.jobs.models import Progress, ProgressState
    from jiangxin.kernel.jobs.progress import (
        advance,
        begin_progress,
        cancelled,
        fail,
        finish,
        request_cancel,
        start_progress,
    )
    from jiangxin.kernel.jobs.registry import Job, job, registered_jobs, registered_schedules, scheduled
    from jiangxin.kernel.jobs.worker import drain, run_worker

__all__ = [
    "Job",
    "Progress",
    "ProgressState",
    "advance",
    "begin_progress",
    "cancelled",
    "drain",
    "fail",
    "finish",
    "health",
    "job",
    "registered_jobs",
    "registered_schedules",
    "request_cancel",
    "run_worker",
    "scheduled",
    "start_progress",
]

_HOMES = {
    "condition": ("health",),
    "models": ("Progress", "ProgressState"),
    "progress": (
        "advance",
        "begin_progress",
        "cancelled",
        "fail",
        "finish",
        "request_cancel",
        "start_progress",
    ),
    "registry": ("Job", "job", "registered_jobs", "registered_schedules", "scheduled"),
    "worker": ("drain", "run_worker"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
