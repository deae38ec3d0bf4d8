"""A safe that only Lea may open, to investigate."""

import pytest

from townline.vault import door, grounds


@pytest.fixture
def safe(town, monkeypatch):
    def keeper(safe, user, purpose):
        return "assignment" if user == town.lea and purpose == "investigate" else ""

    monkeypatch.setitem(grounds._keepers, "test", keeper)
    return door.make_safe("test", case_id=town.case("Lamp").pk)
