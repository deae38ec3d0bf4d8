"""No page goes through a big table: whatever it shows, it finds by an index, on either database.

A page that is quick in a small town and slow in a big one looks well in every other test.
"""

import pytest

from townline.accounts.models import Department
from townline.cases.models import Case
from townline.conftest import StaffClient
from townline.site.bench.many import Many
from townline.site.bench.plans import going_through
from townline.site.tests.test_gates import addresses

__all__ = ["addresses"]


@pytest.fixture
def busy_town(town):
    """Twenty thousand cases, and Ada, who for once may do everything everywhere.

    The cases come first: an index that PostgreSQL builds after a row has changed serves only later transactions.
    """
    Many(cases=20_000, seed=1, every=2).write()
    town.ada.roles.set(town.roles.values())
    town.ada.departments.set(Department.objects.all())
    return town


@pytest.fixture
def browser(busy_town):
    signed_in = StaffClient()
    signed_in.force_login(busy_town.ada)
    return signed_in


def test_no_page_of_the_desk_goes_through_a_big_table(busy_town, browser, addresses):
    newest = Case.objects.order_by("-pk")[0]
    asked = sorted({*addresses.values(), newest.get_absolute_url(), f"/desk/customers/{newest.customer_id}/"})

    found = {address: going_through(lambda address=address: browser.get(address)) for address in asked}

    assert len(asked) > 100
    assert {address: queries for address, queries in found.items() if queries} == {}
