"""Every kind of row is listed, shown, changed at the desk, and can be exported again."""

import pytest

from townline.packs.tables import TABLES
from townline.setup.kinds import KINDS
from townline.setup.tests.pack_town import PackTown
from townline.setup.tests.typing import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    """A whole municipality out of a pack, so that everything is checked as in earnest."""
    return PackTown()


def test_each_kind_has_a_list_and_a_page_and_each_row_can_be_saved_as_it_is(as_member, town):
    dana, ines = as_member("dana"), as_member("ines")
    before = [[table.record_written(record) for record in table.records()] for table in TABLES]
    refused = []

    for kind, about in KINDS.items():
        browser = ines if kind == "roles" else dana
        assert browser.get(f"/desk/setup/{kind}/").status_code == 200
        for record in list(about.table.records())[:12]:
            address = f"/desk/setup/{kind}/{record.code}/"
            answer = browser.post(address, typed(browser.get(address), "seen"))
            if answer.status_code != 302:
                refused.append((address, answer.context["form"].errors))

    assert refused == []
    for table, rows in zip(TABLES, before, strict=True):
        assert [table.record_written(record) for record in table.records()] == rows
