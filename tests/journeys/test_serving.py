"""A running house: it answers, stops when told to, leaves no process behind, and mends its own worker."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from jiangxin.config.cli.serving import Plan, web_server
from tests.journeys.installation import (
    POSTGRES,
    Installation,
    all_gone,
    answer_of,
    children_of,
    still_running,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]


RUN = [sys.executable, "-m", "jiangxin.config.cli", "run"]
IN_THE_BACKGROUND = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]  # as a shell starts what ends in &
# $0 is a terminal: the first of a session that opens one is told when it closes
ITSELF = 'exec < "$0" > "$0" 2>&1; exec "$@"'
WITHOUT_OUTPUT = 'exec < "$0" > /dev/null 2>&1; exec "$@"'
BELOW_A_SHELL = 'exec < "$0" > "$0" 2>&1; "$@"; true'
AT_ONCE = 8.0  # seconds; less than what requests in hand are given


@pytest.fixture
def served(
    installation: Installation, free_port: int, request: pytest.FixtureRequest
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running `jiangxin run`, a group of its own, and its address; the parameter is what starts it."""
    starter = getattr(request, "param", ())
    environment = {**installation.environment, "PORT": str(free_port)}
    server = subprocess.Popen([*starter, *RUN], env=environment, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{free_port}"
        answer_of(f"{url}/healthz", server)
        yield server, url
    finally:
        children = children_of(server.pid)
        server.kill() if server.poll() is None else None
        server.wait()
        assert all_gone(children)


@pytest.mark.parametrize("served", [("env", "HOST=localhost")], indirect=True, ids=["by name"])
def test_a_host_may_be_given_by_its_name(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, url = served

    assert answer_of(f"{url}/healthz", server)["ok"]


def test_ctrl_c_stops_web_and_worker(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, _ = served
    children = children_of(server.pid)

    server.send_signal(signal.SIGINT)
    code = server.wait(30)

    assert (code, still_running(children)) == (0, [])
    assert len(children) >= 2


@pytest.mark.parametrize("served", [IN_THE_BACKGROUND], indirect=True, ids=["in the background"])
def test_a_group_that_is_told_twice_stops_at_once(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, _ = served
    children = children_of(server.pid)

    os.killpg(server.pid, signal.SIGINT)
    os.killpg(server.pid, signal.SIGTERM)
    code = server.wait(AT_ONCE)

    assert (code, still_running(children)) == (0, [])


def test_every_process_told_at_once_stops(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, _ = served
    children = children_of(server.pid)

    for process in (*children, server.pid):
        os.kill(process, signal.SIGTERM)
    code = server.wait(AT_ONCE)

    assert (code, still_running(children)) == (0, [])


def test_a_sign_that_came_while_a_lost_process_was_replaced_is_not_lost() -> None:
    server = web_server(Plan("127.0.0.1", 8000, 1, postgres=False, key_file=""))
    server.interrupt_signal = True  # what the sign leaves behind when its alert was cleared

    assert server.main_loop_interrupt.wait()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: closing the first is closing its window."""
    ours, theirs = os.openpty()
    before = signal.signal(
        signal.SIGHUP, signal.SIG_DFL
    )  # whoever runs the tests may have asked to outlive a terminal
    try:
        yield ours, theirs
    finally:
        signal.signal(signal.SIGHUP, before)
        for end in (ours, theirs):
            with contextlib.suppress(OSError):
                os.close(end)


@contextlib.contextmanager
def in_terminal(
    installation: Installation, port: int, theirs: int, *starter: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The first process of a session with this terminal, which runs the house; nothing is left behind, whatever happens."""
    environment = {**installation.environment, "PORT": str(port)}
    command = ["sh", "-c", starter[0], os.ttyname(theirs), *starter[1:], *RUN]
    first = subprocess.Popen(command, env=environment, start_new_session=True)
    running: dict[int, str] = {}
    try:
        url = f"http://127.0.0.1:{port}/healthz"
        answer_of(url, first)
        running = {first.pid: "", **children_of(first.pid)}
        yield first, url
    finally:
        for process in still_running({**running, first.pid: "", **children_of(first.pid)}):
            os.kill(process, signal.SIGKILL)
        first.wait()


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_taken_port_is_told_in_one_line(installation: Installation, free_port: int, command: str) -> None:
    with socket.create_server(("127.0.0.1", free_port)):
        done = installation.run(command, PORT=str(free_port))

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("jiangxin: wrong setting: PORT: ")


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_an_address_that_is_not_ours_is_told_in_one_line(installation: Installation, host: str) -> None:
    done = installation.run("serve", HOST=host)

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("jiangxin: wrong setting: HOST: ")


@pytest.mark.parametrize("shell", [ITSELF, BELOW_A_SHELL], ids=["first in it", "below a shell"])
def test_a_closed_terminal_stops_everything(
    installation: Installation, free_port: int, terminal: tuple[int, int], shell: str
) -> None:
    ours, theirs = terminal
    with in_terminal(installation, free_port, theirs, shell) as (first, _url):
        running = {first.pid: "", **children_of(first.pid)}

        os.close(ours)

        assert (all_gone(running), len(running) >= 3) == (True, True)


def test_who_asked_to_outlive_the_terminal_does(
    installation: Installation, free_port: int, terminal: tuple[int, int]
) -> None:
    ours, theirs = terminal
    with in_terminal(installation, free_port, theirs, WITHOUT_OUTPUT, "nohup") as (server, url):
        before = children_of(server.pid)

        os.close(ours)
        time.sleep(2)
        answer_of(url, server)

        assert children_of(server.pid) == before
        server.terminate()
        assert (server.wait(30), all_gone(before)) == (0, True)


def test_no_child_outlives_a_killed_parent(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, _ = served
    children = children_of(server.pid)

    server.kill()

    assert all_gone(children)


def test_a_killed_worker_is_started_again(served: tuple[subprocess.Popen[bytes], str]) -> None:
    server, url = served
    worker = next(pid for pid, command in children_of(server.pid).items() if command.endswith(" worker"))

    os.kill(worker, signal.SIGKILL)
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        others = [
            pid
            for pid, command in children_of(server.pid).items()
            if command.endswith(" worker") and pid != worker
        ]
        if others:
            break
        time.sleep(0.2)

    assert others
    assert answer_of(f"{url}/healthz", server)["database"] == {
        "ok": True,
        "engine": "postgresql" if POSTGRES else "sqlite",
    }
