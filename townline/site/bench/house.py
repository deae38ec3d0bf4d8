"""An installation to measure: a folder, a database and a port of its own, gone afterwards.

`move_in` comes before anything of Townline's models is imported: where the
database is stands in the environment, which the servers started here inherit.
"""

import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from townline.site.processes import command_of

HOST = "127.0.0.1"
START = 60.0


@dataclass
class House:
    """One installation, with the processes that were started in it."""

    folder: Path
    port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def web(self, processes: int) -> subprocess.Popen[bytes]:
        """Start the web server as `townline serve` does; it answers when this returns."""
        from townline.site.management.commands.serve import web_command

        server = self._start(web_command(HOST, self.port, processes))
        until = time.monotonic() + START
        while not self.answers():
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The web server did not start; see {self.folder / 'log'}.")
            time.sleep(0.02)
        return server

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self._start(command_of("townline", "worker"))

    def answers(self) -> bool:
        """Does the web server answer?"""
        connection = HTTPConnection(HOST, self.port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started, without a word of warning."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self.running.append(process)
        return process


def vendor() -> str:
    """Which database `DATABASE_URL` names."""
    return "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"


@contextmanager
def move_in(environment: dict[str, str], kept: Path | None = None) -> Iterator[House]:
    """An installation with the Clarington pack and the cast; on SQLite in the file `kept`, when one is named."""
    folder = Path(tempfile.mkdtemp(prefix="townline-bench-"))
    try:
        with _database(kept) as url:
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "townline.site.settings",
                "TOWNLINE_VAR": str(folder),
                "TOWNLINE_HOLD_AFTER": "0",
                "TOWNLINE_SECRET_KEY": secrets.token_urlsafe(32),
                "DATABASE_URL": url or f"sqlite:///{folder}/townline.sqlite3",
                **environment,
            }
            os.environ.pop("EMAIL_URL", None)
            yield from _settled(House(folder, _free_port()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settled(house: House) -> Iterator[House]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from townline.accounts.models import Department
    from townline.site import demo_town, preparing

    try:
        preparing.prepare()
        if not Department.objects.exists():
            call_command("apply", "clarington", verbosity=0, stdout=(house.folder / "log").open("a"))
            demo_town.settle(cases=0)
        yield house
    finally:
        for process in list(house.running):
            house.kill(process)
        for connection in connections.all():
            connection.close()
            if pool := getattr(connection, "pool", None):
                pool.close()


@contextmanager
def _database(kept: Path | None) -> Iterator[str]:
    """The address of a new database on the server of `DATABASE_URL`, dropped afterwards; or of the file."""
    server = os.environ.get("DATABASE_URL", "")
    if vendor() == "SQLite":
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            _forget_half_made(kept)
        yield f"sqlite:///{kept}" if kept else ""
        return
    import psycopg

    name = f"townline_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _forget_half_made(kept: Path) -> None:
    """A file that does not carry the mark of one that was finished is made anew."""
    with closing(sqlite3.connect(kept)) as connection:
        is_finished = connection.execute("PRAGMA user_version").fetchone()[0]
    if not is_finished:
        for path in kept.parent.glob(f"{kept.name}*"):
            path.unlink()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
