"""Several people at the same moment, on either database."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections


@pytest.fixture
def at_once(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Does things at the same moment, each on a connection of its own: what each returned or raised.

    An SQLite in memory is one connection; the others work on a copy of it in a
    file, so what they did is asked through `at_once` as well.
    """
    plain = connections.settings["default"]
    file = tmp_path / "town.sqlite3"

    def run(*doings: Callable[[], Any]) -> list[Any]:
        if connection.vendor == "sqlite" and not file.exists():
            with sqlite3.connect(file) as copy:
                connection.connection.backup(copy)
            connections.settings["default"] = {**connection.settings_dict, "NAME": str(file), "TEST": {}}
        start = threading.Barrier(len(doings))

        def one(do: Callable[[], Any]) -> Any:
            try:
                start.wait()
                return do()
            except Exception as error:
                return error
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(len(doings)) as pool:
            return list(pool.map(one, doings))

    yield run
    connections.settings["default"] = plain
