"""Jobs and a reaction for the tests of this package; each leaves its trace as a security event."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event, on, record_refusal, record_security
from jiangxin.kernel.jobs import begin_progress, job
from jiangxin.kernel.jobs.running import LONGEST_TRACE, LostClaim

NUMBER, MOBILE = "59010119850305948" + "9", "1390452" + "7714"


@job("test.leave_trace")
def leave_trace(*, word: str) -> str:
    record_security(f"trace {word}")
    return word


@job("test.stumble", retries=2, backoff=timedelta(seconds=10))
def stumble(*, word: str) -> None:
    record_security(f"trace {word}")
    begin_progress("test", label="跌倒", by=SystemActor("test"))
    raise ValueError("stumbled")


@job("test.blurt", retries=1, backoff=timedelta(seconds=10))
def blurt() -> None:
    raise ValueError(f"{NUMBER} and {MOBILE} " + "x" * (LONGEST_TRACE - 40))


@job("test.be_refused")
def be_refused() -> None:
    record_refusal("test.move_thing", by=SystemActor("test"))
    raise Refused("不可以。")


@job("test.step_by_step", retries=1, atomic=False)
def step_by_step() -> None:
    begin_progress("test", label="分步", by=SystemActor("test"))
    raise ValueError("stumbled")


@job("test.answer_oddly", retries=0)
def answer_oddly() -> object:
    record_security("trace odd")
    return object()


@job("test.leave", retries=0)
def leave() -> None:
    raise SystemExit(3)


@task
def plain_task(word: str) -> None:
    """A task declared without our decorator, as a library may bring one."""
    record_security(f"trace {word}")


@job("test.lose_the_claim")
def lose_the_claim() -> None:
    """Another worker takes this job over while it runs."""
    record_security("trace lost")
    DBTaskResult.objects.update(worker_ids=["W1", "W2"])
    raise LostClaim


@job("test.ask_to_stop", retries=3)
def ask_to_stop() -> None:
    """Once for an orderly stop, twice for one at once."""
    os.kill(os.getpid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)


def _die_the_first_time(folder: str) -> None:
    """Say that the middle is reached; the first time wait there to be killed."""
    reached = Path(folder) / "reached"
    if not reached.exists():
        reached.write_text(str(os.getpid()))
        time.sleep(60)


@job("test.die_in_the_middle")
def die_in_the_middle(*, folder: str, word: str) -> None:
    record_security(f"trace {word}")
    _die_the_first_time(folder)
    record_security(f"trace {word} to the end")


@job("test.kill_the_worker", retries=1)
def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@on("test.folder_told")
def die_in_a_reaction(event: Event) -> None:
    record_security("reaction trace")
    _die_the_first_time(event.payload["folder"])
    record_security("reaction trace to the end")
