from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections


@pytest.fixture
def filed(tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """The alias of a database in a file, on Townline's SQLite backend, whichever database the tests run on."""
    connections.settings["filed"] = connections.configure_settings(
        {
            "default": {},
            "filed": {
                "ENGINE": "townline.core.sqlite",
                "NAME": str(tmp_path / "town.sqlite3"),
                "OPTIONS": {"timeout": 0.3},
            },
        }
    )["filed"]
    with django_db_blocker.unblock():
        with connections["filed"].cursor() as cursor:
            cursor.execute("CREATE TABLE note (id integer PRIMARY KEY, body text)")
        yield "filed"
        connections["filed"].close()
    del connections.settings["filed"]
    del connections["filed"]
