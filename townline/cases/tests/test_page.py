"""The page of one case asks few questions, however long its story is."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 12


def questions_of(browser, case):
    browser.get(f"/desk/cases/{case.reference}/")  # What is kept between pages is asked for once.
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/desk/cases/{case.reference}/").status_code == 200
    plumbing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(plumbing)]


def test_the_page_of_a_case_asks_at_most_twelve_questions_and_no_more_when_much_has_happened(as_member, town, work):
    case = town.case(assignee=town.ada)
    browser = as_member("lea")
    short = questions_of(browser, case)
    for number in range(8):
        case.note(by=town.ada, text=f"Note {number}")
        case.message(by=town.ada, text=f"Message {number}")
        case.contact(by=town.ada, channel="phone", text=f"Contact {number}", customer=case.customer)
    work()

    long = questions_of(browser, case)

    assert len(short) <= MOST, "\n".join(short)
    assert len(long) <= MOST, "\n".join(long)
