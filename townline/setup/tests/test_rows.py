"""Every kind of row is listed, shown, changed at the desk, and can be exported again."""

import pytest
from django.urls import reverse

from townline.desk.setting_up import PAGES
from townline.packs.tables import TABLES
from townline.setup.kinds import KINDS
from townline.setup.tests.pack_town import PackTown
from townline.setup.tests.typing import typed

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "closures": "accounts:calendars",
    "routing": "routing:in_force",
    "templates": "wording:templates",
    "macros": "macros:macros",
    "notices": "notices:notices",
    "urgent_scripts": "afterhours:scripts",
    "rotas": "afterhours:now",
    "council": "council:members",
}
"""Tables with pages of their own, of the part that looks after them."""
ONLY_IN_THE_PACK = {
    "access_rules": "the law, from a day on: the clerk does not decide when it comes into force",
    "outside_offices": "offices that the Province names",
}
LOOKED_AFTER_WITH_THEIR_PART = {"records_classes", "complaint_procedure", "ladder"}
"""The retention schedule and the procedure of formal complaints stand with the records and the complaints."""


def test_every_table_of_the_pack_is_changed_at_the_desk_or_has_a_reason_not_to_be():
    kinds = {table.kind for table in TABLES}

    assert kinds - KINDS.keys() == ELSEWHERE.keys() | ONLY_IN_THE_PACK.keys() | LOOKED_AFTER_WITH_THEIR_PART
    assert all(reverse(view) for view in ELSEWHERE.values())
    assert {page.args[0] for page in PAGES if page.view == "setup:rows"} == set(KINDS)


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
