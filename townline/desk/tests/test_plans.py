"""The hottest lists are answered from the index that was made for them, on either database, with no sorting."""

from itertools import pairwise

import pytest

from townline.desk.models import SavedView

LISTS = [
    ("ada", "/desk/work/mine/open/", "case_assignee_list"),
    ("ada", "/desk/work/mine/overdue/", "case_assignee_list"),
    ("ada", "/desk/work/department/roads/open/", "case_work_list"),
    ("ada", "/desk/work/department/roads/unassigned/", "case_work_list"),
    ("ada", "/desk/work/department/roads/overdue/", "case_work_list"),
    ("rita", "/desk/work/department/roads/open/", "case_work_list"),
    ("rita", "/desk/work/all/newest/", "case_newest"),
    ("ada", "/desk/work/department/roads/open/?order=newest", "newest"),
    ("ada", "/desk/work/department/roads/open/?channel=phone", "case_work_list"),
    ("ada", "/desk/work/department/roads/open/?due=week&assignee=nobody", "case_work_list"),
    ("ada", "/desk/work/department/roads/open/?language=en&received_from=2020-01-01", "case_work_list"),
    ("ada", "/desk/work/mine/open/?channel=phone", "case_assignee_list"),
    ("rita", "/desk/work/all/newest/?channel=phone&status=open", "case_newest"),
]
EVERYWHERE = ["/desk/work/all/open/", "/desk/work/all/overdue/", "/desk/work/all/open/?channel=phone&due=late"]


def the_list(asked: list[str]) -> str:
    """The query that reads the rows."""
    return next(sql for sql in asked if '"cases_case"."reference"' in sql and sql.endswith("LIMIT 51"))


def is_sorted_afterwards(plan: str) -> bool:
    return "TEMP B-TREE" in plan or "Sort" in plan


def unbounded_scans(plan: str) -> list[str]:
    """Scans of all cases that no limit ends; PostgreSQL may count a big share of a table to a hundred by one."""
    lines = plan.splitlines()
    return [line for above, line in pairwise(lines) if "Seq Scan on cases_case " in line and "Limit" not in above]


@pytest.mark.parametrize(("who", "address", "index"), LISTS)
def test_a_list_is_read_from_its_index(at_the_desk, queries, plan, who, address, index):
    browser = at_the_desk(who)

    with queries() as asked:
        browser.get(address)

    planned = plan(the_list(asked))
    assert index in planned, planned
    assert not is_sorted_afterwards(planned), planned


@pytest.mark.parametrize(
    ("who", "address", "index"), [one for one in LISTS if one[1].endswith(("open/", "newest/", "=newest"))]
)
def test_the_next_rows_are_read_from_the_same_place_of_the_index(at_the_desk, queries, plan, who, address, index):
    browser = at_the_desk(who)
    following = browser.get(address).context["next_url"]

    with queries() as asked:
        browser.get(address.split("?")[0] + following)

    planned = plan(the_list(asked))
    assert index in planned, planned
    assert not is_sorted_afterwards(planned), planned


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("ada", "/desk/work/mine/closed/"),
        ("ada", "/desk/work/department/roads/closed/"),
    ],
)
def test_closed_cases_are_not_sorted_either(at_the_desk, queries, plan, who, address):
    browser = at_the_desk(who)

    with queries() as asked:
        browser.get(address)

    assert not is_sorted_afterwards(plan(the_list(asked)))


def test_the_counts_stop_at_a_hundred_and_one(at_the_desk, queries, plan):
    browser = at_the_desk("ada")

    with queries() as asked:
        browser.get("/desk/work/department/roads/open/")

    counts = next(sql for sql in asked if "COUNT(*)" in sql)
    assert counts.count("LIMIT 101") == 6
    planned = plan(counts)
    assert "case_work_list" in planned
    assert "case_assignee_list" in planned


def test_the_latest_contacts_are_read_from_their_index(at_the_desk, queries, plan):
    browser = at_the_desk("rita")

    with queries() as asked:
        browser.get("/desk/interactions/")

    planned = plan(next(sql for sql in asked if "LIMIT 51" in sql))
    assert "interaction_newest" in planned, planned
    assert not is_sorted_afterwards(planned), planned


def test_what_has_come_in_is_asked_of_the_newest_cases_only(at_the_desk, queries, plan):
    browser = at_the_desk("ada")
    address = browser.get("/desk/work/department/roads/open/").context["changes_url"]

    with queries() as asked:
        browser.get(address.split("&event=")[0])

    planned = plan(next(sql for sql in asked if "COUNT(*)" in sql))
    assert "SCAN V0" not in planned.replace("SCAN V0 USING", ""), planned
    assert "PRIMARY KEY (rowid>?)" in planned or "cases_case_pkey" in planned or "case_work_list" in planned, planned


@pytest.mark.parametrize("address", EVERYWHERE)
def test_all_departments_are_read_from_the_place_of_each_in_one_index(at_the_desk, queries, plan, address):
    browser = at_the_desk("rita")

    with queries() as asked:
        browser.get(address)

    planned = plan(next(sql for sql in asked if "UNION ALL" in sql and "cases_case" in sql))
    assert planned.count("case_work_list") == 10, planned
    assert "Seq Scan on cases_case " not in planned
    assert "SCAN cases_case" not in planned


def test_the_end_of_a_look_and_the_count_of_a_view_are_read_from_the_index_too(many, at_the_desk, queries, plan):
    filters = {"channel": "phone", "language": "en"}
    SavedView.keep(
        by=many.staff["ada"], name="V", whose="department", which="open", department=many.roads, filters=filters
    )
    browser = at_the_desk("ada")

    with queries() as asked:
        browser.get("/desk/work/department/roads/open/?channel=phone")

    planned = plan(next(sql for sql in asked if "COUNT(*)" in sql))
    assert unbounded_scans(planned) == [], planned
    assert planned.count("case_work_list") + planned.count("Seq Scan on cases_case ") >= 5, (
        "three lists, a look, a view"
    )
