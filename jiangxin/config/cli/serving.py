"""run, serve and worker: the processes of an installation."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from jiangxin.config.turns import SLOW_SENDERS
from jiangxin.config.web_process import first_only, heeded_signs
from jiangxin.kernel.jobs.lifeline import PARENT, die_with_parent

WORKER_RESTART_SECONDS = 1.0
WORKER_STOP_SECONDS = 20.0
LOOK_UP_SECONDS = 0.5
WEB_STOP_SECONDS = 10  # for the requests in hand
WSGI = "jiangxin.config.wsgi:application"


class WorkerProcess:
    """The job worker as a child of the web server; started again when it dies, stopped with it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child = self._start()
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)
        self._watch.start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "jiangxin.config.cli", "worker"]
        return subprocess.Popen(command, start_new_session=True)

    def _keep_alive(self) -> None:
        while not self._stopping.is_set():
            self._child.wait()
            if not self._stopping.wait(WORKER_RESTART_SECONDS):
                click.echo("worker stopped; starting it again", err=True)
                self._child = self._start()

    def stop(self) -> None:
        """Ask the worker to finish its job and wait; after twenty seconds it is killed (its job runs again later)."""
        self._stopping.set()
        self._child.terminate()
        try:
            self._child.wait(WORKER_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()


@dataclass(frozen=True)
class Plan:
    """Where to listen and with how many processes (0: one on SQLite, one a core on PostgreSQL)."""

    host: str
    port: int
    workers: int
    postgres: bool
    key_file: str

    @property
    def address(self) -> str:
        """HOST as a number, which the server wants."""
        try:
            return str(socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0][4][0])
        except OSError as error:
            _wrong(f"HOST: {self.host}: {error.strerror}")

    def refuse_lost_keys(self) -> None:
        """End with one line and exit code 2 when production has no keys: no sealed value could be read or written."""
        if self.key_file and not Path(self.key_file).exists():
            _wrong(f"PRIVACY_KEYS: not set, and {self.key_file} does not exist")

    def refuse_a_taken_address(self) -> None:
        """End with one line and exit code 2 when the address is taken, not ours or no address at all."""
        with socket.socket(socket.AF_INET6 if ":" in self.address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.address, self.port))
            except OSError as error:
                name = "HOST" if error.errno == errno.EADDRNOTAVAIL else "PORT"
                _wrong(f"{name}: {self.host}:{self.port}: {error.strerror}")


def _wrong(fault: str) -> NoReturn:
    click.echo(f"jiangxin: wrong setting: {fault}", err=True)
    sys.exit(2)


def read_plan() -> Plan:
    """The plan, read by a process of its own to spare this one the memory; wrong settings end with exit code 2."""
    asked = subprocess.run(
        [sys.executable, "-m", "jiangxin.config.environment"], stdout=subprocess.PIPE, check=False
    )
    if asked.returncode:
        sys.exit(asked.returncode)
    return Plan(**json.loads(asked.stdout))


class Alert(threading.Event):
    """An event whose waiter looks up now and then, also whether the server was told to stop.

    Of two signs at once Python may leave both until it does; and granian clears the event when it starts a lost web process
    anew, with the sign in it that came at that moment.
    """

    def __init__(self, is_told: Callable[[], bool]) -> None:
        super().__init__()
        self._is_told = is_told

    def wait(self, timeout: float | None = None) -> bool:
        """Wait as any event does; without a time limit in short steps."""
        if timeout is not None:
            return super().wait(timeout)
        while not super().wait(LOOK_UP_SECONDS) and not self._is_told():
            pass
        return True


class WebServer(MPServer):
    """granian's server that stops at the first sign, with exit code 0 however soon its web processes are gone."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.main_loop_interrupt = Alert(lambda: self.interrupt_signal)
        self._heed = first_only(self._interrupt)
        self._heeded = heeded_signs()

    def signal_handler_interrupt(self, *told: Any, **named: Any) -> None:
        """Stop at the first sign."""
        self._heed(*told)

    def signal_handler_reload(self, *told: Any, **named: Any) -> None:
        """Stop when the terminal closes, where granian would start its web processes anew and stay behind without one."""
        if signal.SIGHUP in self._heeded:
            self._heed(*told)

    def _interrupt(self, _number: int) -> None:
        super().signal_handler_interrupt()  # type: ignore[no-untyped-call]  # granian leaves it without types

    def serve(self, *given: Any, **named: Any) -> None:
        """Serve until told to stop."""
        try:
            super().serve(*given, **named)
        except SystemExit:
            if not self.interrupt_signal:
                raise


def web_server(plan: Plan) -> WebServer:
    """The server for this engine: one process on SQLite, one a core on PostgreSQL."""
    processes = plan.workers or (os.cpu_count() or 1 if plan.postgres else 1)
    return WebServer(
        WSGI,
        address=plan.address,
        port=plan.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=SLOW_SENDERS,
        websockets=False,
        workers_kill_timeout=WEB_STOP_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )


def _prepare() -> None:
    """Migrate and, on an empty database in development, load the demo world, in a process of its own to spare memory."""
    preparing = subprocess.Popen([sys.executable, "-m", "jiangxin.config.cli", "migrate", "--first-start"])
    try:
        code = preparing.wait()
    finally:
        if preparing.poll() is None:
            preparing.terminate()
            preparing.wait()
    if code:
        sys.exit(code)


def _heed_signals() -> None:
    """Stop by SIGTERM, SIGINT and a closed terminal from the first moment, also when the shell that started us has interrupts ignored.

    Once the server listens it puts handlers of its own in their place, which end it with exit code 0.
    """
    for sign in heeded_signs():
        signal.signal(sign, first_only(lambda number: sys.exit(128 + number)))


def _serve(plan: Plan, *, with_worker: bool) -> None:
    plan.refuse_a_taken_address()
    plan.refuse_lost_keys()
    os.environ[PARENT] = str(os.getpid())
    worker = WorkerProcess() if with_worker else None
    shown = "localhost" if plan.host in {"127.0.0.1", "0.0.0.0", "::"} else plan.host  # noqa: S104 - compared, not bound
    click.echo(f"Jiangxin answers on http://{shown}:{plan.port}  (Ctrl-C stops it)")
    try:
        web_server(plan).serve()
    finally:
        if worker:
            worker.stop()


@click.command("run")
def run() -> None:
    """Migrate, load the demo world on an empty database (DEMO=0: none), serve web and worker."""
    _heed_signals()
    plan = read_plan()
    plan.refuse_a_taken_address()
    _prepare()
    _serve(plan, with_worker=True)


@click.command("serve")
@click.option("--with-worker", is_flag=True, help="Also run the job worker as a child process.")
def serve(with_worker: bool) -> None:
    """Serve the web pages (HOST, PORT, WORKERS from the environment)."""
    _heed_signals()
    _serve(read_plan(), with_worker=with_worker)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what waits now, then stop.")
def worker(once: bool) -> None:
    """Run jobs, the schedule, the log's sequencer and the delivery of announcements."""
    from jiangxin.config.cli.django_ready import load_django  # noqa: PLC0415 - slow: the web server's parent lives without

    die_with_parent()
    load_django()
    from django.conf import settings  # noqa: PLC0415 - slow: the web server's parent lives without

    from jiangxin.kernel.jobs.worker import run_worker  # noqa: PLC0415 - app ready: models
    from jiangxin.kernel.privacy.keys import key_store  # noqa: PLC0415 - app ready: settings

    if settings.PRODUCTION:
        key_store.ring()  # without keys it would fail at the first sealed value

    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for sign in heeded_signs():
        signal.signal(sign, ask_to_stop)
    run_worker(once=once, stop_event=stop)


COMMANDS = {"run": run, "serve": serve, "worker": worker}
