"""Runs a command against a private PostgreSQL cluster on a free port: python -m tests.postgres COMMAND…"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
listen_addresses = '127.0.0.1'
max_connections = 60
unix_socket_directories = ''
shared_buffers = 128MB
"""


class Missing(RuntimeError):  # noqa: N818 - reads as a sentence where it is raised
    """PostgreSQL's server programs are not on this machine."""


def server_programs() -> Path:
    """Directory of initdb and pg_ctl; raises Missing when PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).parent
    raise Missing("PostgreSQL's server programs were not found (Debian: postgresql).")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; then the system's postgres (or nobody) account runs it."""
    if os.geteuid() != 0:
        return command
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = "postgres" if "postgres" in names else "nobody"
    return [
        "setpriv",
        f"--reuid={account}",
        f"--regid={pwd.getpwnam(account).pw_gid}",
        "--clear-groups",
        *command,
    ]


def _initialise(programs: Path, folder: Path) -> None:
    words = ["-U", "jiangxin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    init = [str(programs / "initdb"), "-D", str(folder), *words]
    subprocess.run(_as_server(init), check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def _running(programs: Path, folder: Path, *, port: int, settings: str) -> Iterator[None]:
    """The server of a cluster, stopped at the end whatever happens."""
    control = [str(programs / "pg_ctl"), "-D", str(folder), "-w", "-l", str(folder.parent / "log")]
    options = " ".join(f"-c {line.replace(' = ', '=')}" for line in settings.strip().splitlines())
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(_as_server([*control, "-o", f"-p {port} {options}", "start"]), check=True, **quiet)
    try:
        yield
    finally:
        subprocess.run(_as_server([*control, "-m", "immediate", "stop"]), check=False, **quiet)


@contextlib.contextmanager
def cluster(extra: str = "") -> Iterator[str]:
    """A fresh cluster for as long as the block runs; gives its DATABASE_URL."""
    programs, port = server_programs(), _free_port()
    home = Path(tempfile.mkdtemp(prefix="jx-pg-"))
    try:
        if os.geteuid() == 0:
            home.chmod(0o777)
        _initialise(programs, home / "cluster")
        with _running(programs, home / "cluster", port=port, settings=SETTINGS + extra):
            at = ["-h", "127.0.0.1", "-p", str(port), "-U", "jiangxin"]
            subprocess.run([str(programs / "createdb"), *at, "jiangxin"], check=True)
            yield f"postgres://jiangxin@127.0.0.1:{port}/jiangxin"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command with the cluster's address; one that is told to stop takes the cluster down with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with cluster() as url:
            return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode
    except Missing as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
