"""A database of its own, which worker processes and the test look at together."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from townline.jobs.models import Job, JobQuerySet


@dataclass
class Apart:
    """Worker processes on a database that no other test sees."""

    url: str
    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def jobs(self) -> JobQuerySet:
        return Job.objects.using("apart")

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    @property
    def lines(self) -> list[str]:
        return self.notes.read_text().split() if self.notes.exists() else []

    def enqueue(self, name: str, **kwargs: Any) -> Job:
        task = f"townline.jobs.tests.work.{name}"
        return self.jobs.create(task=task, kwargs={"path": str(self.notes), **kwargs})

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        env = {
            **os.environ,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "townline.site.test_settings",
            "TOWNLINE_JOB_LEASE": "1",
        }
        process = subprocess.Popen([sys.executable, "-m", "townline", "worker", *options], env=env)
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        self.running.remove(process)

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Nobody can write (SQLite), or even connect (PostgreSQL)."""
        connections["apart"].close()
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(connections["apart"].settings_dict["NAME"], isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                yield
                other.execute("ROLLBACK")
        else:
            name = connections["apart"].settings_dict["NAME"]
            connections["apart"].close_pool()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
                cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
                yield
                cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    def wait_until(self, comes_true: Callable[[], bool], seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not comes_true():
            assert time.monotonic() < until, "It did not happen."
            assert not any(process.poll() for process in self.running), "A worker fell over."
            time.sleep(0.02)


@pytest.fixture
def apart(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Apart]:
    with django_db_blocker.unblock():
        settings = {**connection.settings_dict}
        if connection.vendor == "sqlite":
            settings |= {"NAME": str(tmp_path / "apart.sqlite3"), "TEST": {}}
            connection.ensure_connection()
            with sqlite3.connect(settings["NAME"]) as copy:
                connection.connection.backup(copy)
            url = f"sqlite:///{settings['NAME']}?timeout=0.5"
        else:
            settings["NAME"] = f"{settings['NAME']}_apart_{os.getpid()}"
            _copy_postgresql(settings["NAME"])
            url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
        connections.settings["apart"] = settings
        found = Apart(url, tmp_path)
        yield found
        for process in found.running:
            process.kill()
            process.wait()
        connections["apart"].close()
        if connection.vendor != "sqlite":
            connections["apart"].close_pool()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{settings["NAME"]}" WITH (FORCE)')
    del connections.settings["apart"]
    del connections["apart"]


def _copy_postgresql(name: str) -> None:
    """A copy of the test database; PostgreSQL makes one only while nobody is connected."""
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
