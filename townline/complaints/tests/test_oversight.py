"""Oversight: figures for the Deputy Clerk and the CAO, and nobody behind a small one."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case, Passing
from townline.complaints import oversight
from townline.complaints.filing import Filing, file
from townline.complaints.models import Complaint
from townline.complaints.testing import TYPED
from townline.complaints.tests.test_pages import browser_of

PAGE = "/desk/complaints/oversight/"


@pytest.fixture
def year():
    return timezone.localdate().year


@pytest.fixture
def browser(procedure, line):
    return browser_of(line["overseer"])


def filed(town, count, service="pothole"):
    return [
        file(Filing(about="service", about_service=service, **TYPED), by=town.system, channel="web")
        for _ in range(count)
    ]


def decided(town, line, complaints, finding="not"):
    for one in complaints:
        one.find(by=line["supervisor"], finding=finding, reasons="x")
        one.decide(by=line["supervisor"], letter="y")


def figure(user, year, code):
    return next(one for one in oversight.figures(user, year) if one.code == code)


def counts(found):
    return {str(cell.name): cell.count for cell in found.cells}


def test_complaints_are_counted_by_level_service_and_month(town, line, procedure, year):
    filed(town, 6)
    filed(town, 7, service="noise")
    over = line["overseer"]

    assert counts(figure(over, year, "service")) == {"Noise": 7, "Pothole": 6, "No service was named": 0}
    assert figure(over, year, "service").total == 13
    assert sum(one for one in counts(figure(over, year, "month")).values() if one) == 13


def test_a_small_count_and_what_would_give_it_away_are_not_shown(town, line, procedure, year, browser):
    filed(town, 6)
    filed(town, 2, service="noise")

    found = figure(line["overseer"], year, "service")

    assert counts(found) == {"Noise": None, "Pothole": None, "No service was named": 0}
    assert found.total == 8
    assert "not shown" in browser.get(PAGE).content.decode()


def test_a_few_in_all_show_not_even_their_total(town, line, procedure, year):
    filed(town, 3)

    found = figure(line["overseer"], year, "service")

    assert (counts(found), found.total) == ({"Pothole": None, "No service was named": None}, None)
    assert oversight.by_year(line["overseer"], year)[0][1] is None


def test_promises_and_findings_are_counted(town, line, procedure, year, time_machine):
    decided(town, line, filed(town, 6))
    filed(town, 5)
    time_machine.move_to(timezone.now() + timedelta(days=30))
    over = line["overseer"]

    promises = figure(over, year, "promise")
    assert counts(promises) == {"Kept in time": 6, "Broken": 5, "Still running": 0}
    assert counts(figure(over, year, "outcome"))["Not substantiated"] == 6


def test_the_time_at_a_level_is_said_when_enough_took_it(town, line, procedure, year, time_machine):
    made = filed(town, 5)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    decided(town, line, made[:4])
    few = {str(name): days for name, days in oversight.days_at_levels(line["overseer"], year)}
    decided(town, line, made[4:])

    assert few["supervisor"] is None
    assert oversight.days_at_levels(line["overseer"], year)[0][1] == 3


def test_a_figure_opens_the_rows_behind_it_by_pseudonym(town, line, procedure, year, browser):
    made = filed(town, 6)
    page = browser.get(PAGE).content.decode()
    url = f"{PAGE}rows/?year={year}&by=service&of={town.pothole.pk}"

    rows = browser.get(url).content.decode()

    assert url.replace("&", "&amp;") in page
    assert all(one.pseudonym in rows for one in made)
    assert "anary" not in rows


def test_the_rows_of_promises_and_findings_open_too(town, line, procedure, year, browser):
    made = filed(town, 11)
    decided(town, line, made[:6])

    kept = browser.get(f"{PAGE}rows/?year={year}&by=promise&of=kept").context["rows"]
    running = browser.get(f"{PAGE}rows/?year={year}&by=promise&of=running").context["rows"]
    found = browser.get(f"{PAGE}rows/?year={year}&by=outcome&of=not").context["rows"]

    assert {one.pk for one in kept} == {one.pk for one in found} == {one.pk for one in made[:6]}
    assert {one.pk for one in running} == {one.pk for one in made[6:]}


@pytest.mark.parametrize(
    "query", ["by=service&of={}", "by=service&of=", "by=nothing&of=1", "by=level&of=x", "by=promise&of=x", ""]
)
def test_what_is_not_shown_opens_nothing(town, line, procedure, year, browser, query):
    filed(town, 3)

    assert browser.get(f"{PAGE}rows/?year={year}&{query.format(town.pothole.pk)}").status_code == 404


def test_rows_are_paged(town, line, procedure, year, browser, monkeypatch):
    from townline.complaints import views_oversight

    monkeypatch.setattr(views_oversight, "SIZE", 4)
    filed(town, 6)
    url = f"{PAGE}rows/?year={year}&by=service&of={town.pothole.pk}"

    first = browser.get(url)
    second = browser.get(f"{PAGE}rows/{first.context['older']}")

    seen = [one.pk for one in (*first.context["rows"], *second.context["rows"])]
    assert seen == sorted(Complaint.objects.values_list("pk", flat=True), reverse=True)
    assert second.context["older"] == ""


def test_the_same_as_a_table_to_take_away_with_the_same_left_out(town, line, procedure, year, browser):
    filed(town, 6)
    filed(town, 2, service="noise")

    answer = browser.get(f"{PAGE}export/?year={year}")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert ["By the service they are about", "Noise", "not shown"] in rows
    assert ["By the service they are about", "Pothole", "not shown"] in rows
    assert ["By the service they are about", "Together", "8"] in rows


def test_emergency_accesses_are_counted_and_a_late_review_is_red(town, line, procedure, browser, time_machine):
    (one,) = filed(town, 1)
    one.open_in_emergency(by=line["overseer"], reason="safety", words="Now.")
    assert "notice--bad" not in browser.get(PAGE).content.decode()

    time_machine.move_to(timezone.now() + timedelta(days=8))

    assert "notice--bad" in browser.get(PAGE).content.decode()


def test_remedies_that_are_open_stand_there_until_they_are_done(town, line, procedure, browser):
    (one,) = filed(town, 1)
    made = one.follow_up(
        by=line["supervisor"], kind="training", words="Calls are answered.", due_on=timezone.localdate()
    )
    assert "Calls are answered." in browser.get(PAGE).content.decode()

    one.finish_follow_up(by=line["overseer"], follow_up=made)

    assert "Calls are answered." not in browser.get(PAGE).content.decode()


def test_compliments_and_feedback_stand_beside_them(town, line, procedure, year):
    Passing.objects.create(case=town.case("Thanks"), about="service", department=town.roads, by=town.rita)

    assert oversight.by_year(line["overseer"], year)[0] == (year, 0, 1, 0)


def test_an_empty_year_teaches(browser, year):
    assert "No formal complaint came in this year" in browser.get(PAGE).content.decode()


def test_another_year_is_another_table(town, line, procedure, year, browser):
    filed(town, 6)
    Case.objects.update(received_at=timezone.now() - timedelta(days=366))

    assert "No formal complaint came in this year" in browser.get(PAGE).content.decode()
    assert "No formal complaint came in this year" not in browser.get(f"{PAGE}?year={year - 1}").content.decode()


@pytest.mark.parametrize("who", ["supervisor", "manager", "cao", "intake", "foi", "officer"])
def test_only_who_oversees_sees_it(procedure, line, who):
    browser = browser_of(line[who])

    assert [browser.get(f"{PAGE}{one}").status_code for one in ("", "rows/", "export/")] == [403, 403, 403]


def test_what_is_about_its_reader_is_not_even_counted(town, line, procedure, year):
    role = line["overseer"].roles.get()
    line["cao"].roles.add(role)
    for one in filed(town, 6):
        one.subjects.create(user=line["cao"])

    assert figure(line["cao"], year, "service").total == 0
    assert figure(line["overseer"], year, "service").total == 6


def test_nobody_is_named(town, line, procedure, browser):
    decided(town, line, filed(town, 6))
    page = browser.get(PAGE).content.decode()

    assert "anary" not in page
    assert not any(one.pseudonym in page for one in Complaint.objects.all())


def test_it_asks_a_bounded_number_of_questions(town, line, procedure, browser, django_assert_max_num_queries):
    filed(town, 8)
    browser.get(PAGE)

    with django_assert_max_num_queries(60):
        browser.get(PAGE)
