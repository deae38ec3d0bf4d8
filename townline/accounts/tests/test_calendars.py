"""Closures entered and taken away at the desk: what they change, what they leave, and who may."""

from datetime import date

import pytest
import time_machine

from townline.accounts.hours_in_words import week_in_words
from townline.accounts.models import Calendar, Closure
from townline.core.localized import Localized
from townline.core.refusals import NotPossible

TODAY = date(2027, 3, 12)
"""A Friday."""
MONDAY = date(2027, 3, 15)
GOOD_FRIDAY = date(2027, 3, 26)
TRAINING = Localized(en="Staff training", fr="Formation du personnel")
PAGE = "/desk/calendars/office/"
TYPED = {
    "on_day": "15",
    "on_month": "3",
    "on_year": "2027",
    "name_en": "Staff training",
    "name_fr": "Formation du personnel",
}


@pytest.fixture(autouse=True)
def stopped():
    with time_machine.travel("2027-03-12T15:00:00Z", tick=False):
        yield


@pytest.fixture
def calendar(town):
    return town.calendar


def test_closing_a_day_makes_a_municipal_closure_that_holds_at_once(town, calendar):
    assert MONDAY not in calendar.closed_on

    calendar.close_on(by=town.dana, on=MONDAY, name=TRAINING)

    closure = calendar.closures.get()
    assert (closure.on, closure.name, closure.kind) == (MONDAY, TRAINING, Closure.Kind.MUNICIPAL)
    assert MONDAY in calendar.closed_on
    assert calendar.opening_hours.spans_on(MONDAY) == ()
    event = calendar.events.get()
    assert (event.name, event.by, event.details) == ("calendar.closed_on", town.dana, {"on": "2027-03-15"})


def test_a_day_that_is_closed_is_not_closed_again(town, calendar):
    calendar.close_on(by=town.dana, on=MONDAY, name=TRAINING)

    with pytest.raises(NotPossible, match="already closed on Monday 15 March 2027"):
        calendar.close_on(by=town.dana, on=MONDAY, name=TRAINING)

    assert calendar.events.count() == 1


def test_today_can_be_closed_and_opened_and_yesterday_stays_as_it_was(town, calendar):
    calendar.closures.create(on=date(2027, 3, 11), name=TRAINING)
    calendar.close_on(by=town.dana, on=TODAY, name=TRAINING)
    calendar.open_on(by=town.dana, on=TODAY)

    with pytest.raises(NotPossible, match="Thursday 11 March 2027 is over"):
        calendar.open_on(by=town.dana, on=date(2027, 3, 11))
    with pytest.raises(NotPossible, match="is over"):
        calendar.close_on(by=town.dana, on=date(2027, 3, 10), name=TRAINING)


def test_a_day_too_far_away_is_taken_for_a_slip(town, calendar):
    with pytest.raises(NotPossible, match="up to 10 years ahead"):
        calendar.close_on(by=town.dana, on=date(2207, 3, 15), name=TRAINING)
    with pytest.raises(NotPossible, match="up to 10 years ahead"):
        calendar.seed(by=town.dana, year=99999)


def test_a_holiday_too_can_be_opened_and_a_day_that_is_not_closed_cannot(town, calendar):
    calendar.seed(by=town.dana, year=2027)

    calendar.open_on(by=town.dana, on=GOOD_FRIDAY)

    assert GOOD_FRIDAY not in calendar.closed_on
    event = calendar.events.get(name="calendar.opened_on")
    assert event.details == {"on": "2027-03-26", "kind": "statutory"}
    with pytest.raises(NotPossible, match="not closed on Friday 26 March 2027"):
        calendar.open_on(by=town.dana, on=GOOD_FRIDAY)


def test_seeding_adds_the_holidays_that_are_missing_and_still_to_come(town, calendar):
    calendar.close_on(by=town.dana, on=date(2027, 7, 1), name=TRAINING)

    calendar.seed(by=town.dana, year=2027)

    closures = {closure.on: closure for closure in calendar.closures.all()}
    assert min(closures) == GOOD_FRIDAY
    assert closures[GOOD_FRIDAY].kind == Closure.Kind.STATUTORY
    assert closures[GOOD_FRIDAY].name == {"en": "Good Friday", "fr": "Vendredi saint"}
    assert closures[date(2027, 7, 1)].name == TRAINING
    assert date(2027, 12, 27) in calendar.closed_on
    assert calendar.holiday_years == [2027]
    details = calendar.events.get(name="calendar.seeded").details
    assert details["year"] == 2027
    assert details["on"][0] == "2027-03-26"
    assert "2027-07-01" not in details["on"]


def test_seeding_is_refused_when_nothing_is_missing(town, calendar):
    calendar.seed(by=town.dana, year=2028)

    with pytest.raises(NotPossible, match="No public holiday of 2028 is missing"):
        calendar.seed(by=town.dana, year=2028)
    with pytest.raises(NotPossible, match="is over"):
        calendar.seed(by=town.dana, year=2026)


def test_a_calendar_without_public_holidays_takes_none(town, calendar):
    Calendar.objects.update(holidays=Calendar.Holidays.NONE)

    with pytest.raises(NotPossible, match="does not follow the public holidays"):
        calendar.seed(by=town.dana, year=2028)


@pytest.mark.parametrize(
    ("who", "looks", "lists", "changes"),
    [("dana", 200, 200, 302), ("ines", 200, 200, 403), ("ada", 404, 403, 404), ("rita", 404, 403, 404)],
    ids=["deputy clerk", "administrator", "officer", "representative"],
)
def test_who_may_look_and_who_may_change(as_member, town, who, looks, lists, changes):
    browser = as_member(who)

    assert browser.get("/desk/calendars/").status_code == lists
    assert browser.get(PAGE).status_code == looks
    assert browser.post(f"{PAGE}close-on/", TYPED).status_code == changes
    assert browser.post(f"{PAGE}seed/", {"year": "2028"}).status_code == changes
    town.calendar.closures.get_or_create(on=MONDAY, defaults={"name": TRAINING})
    assert browser.post(f"{PAGE}open-on/", {"on": "2027-03-15"}).status_code == changes


def test_strangers_and_customers_see_no_calendar(client, town):
    assert client.get(PAGE).url.startswith("/sign-in/login/")


def test_who_may_only_look_is_offered_nothing(as_member, town):
    town.calendar.close_on(by=town.dana, on=MONDAY, name=TRAINING)

    page = as_member("ines").get(PAGE).content.decode()

    assert "Staff training" in page
    assert "Add a closure" not in page
    assert "Remove" not in page
    assert "public holidays of" not in page


def test_the_list_says_hours_users_and_what_comes_next(as_member, town):
    town.calendar.seed(by=town.dana, year=2027)

    page = as_member("dana").get("/desk/calendars/").content.decode()

    assert "Monday to Friday: 8:30 a.m. to 4:30 p.m." in page
    assert "Saturday and Sunday: closed" in page
    assert "Roads" in page
    assert "Friday 26 March 2027, Good Friday" in page
    assert "Christmas" not in page


def test_the_list_asks_no_more_when_there_are_more_calendars(as_member, town, django_assert_max_num_queries):
    for number in range(8):
        made = Calendar.objects.create(code=f"c{number}", name={"en": "Hours", "fr": "Heures"})
        made.closures.create(on=MONDAY, name=TRAINING)
    browser = as_member("dana")

    with django_assert_max_num_queries(14):
        browser.get("/desk/calendars/")


def test_a_day_is_closed_and_opened_on_the_page(as_member, town):
    browser = as_member("dana")

    closed = browser.post(f"{PAGE}close-on/", TYPED, follow=True).content.decode()
    opened = browser.post(f"{PAGE}open-on/", {"on": "2027-03-15"}, follow=True).content.decode()

    assert "Closed on Monday 15 March 2027." in closed
    assert "Staff training" in closed
    assert "Closed in 2027" in closed
    assert "Not closed any more on Monday 15 March 2027." in opened
    assert not town.calendar.closures.exists()


def test_a_refusal_stands_beside_what_was_typed(as_member, town):
    browser = as_member("dana")

    page = browser.post(f"{PAGE}close-on/", TYPED | {"on_year": "2026"}).content.decode()
    half = browser.post(f"{PAGE}close-on/", TYPED | {"name_fr": ""}).content.decode()

    assert "Sunday 15 March 2026 is over." in page
    assert 'value="Staff training"' in page
    assert "There is a problem" in half
    assert not town.calendar.closures.exists()


def test_the_next_year_without_holidays_is_offered_until_three_years_ahead(as_member, town):
    browser = as_member("dana")
    for year in (2027, 2028, 2029, 2030):
        assert f"Add Ontario’s public holidays of {year}" in browser.get(PAGE).content.decode()
        browser.post(f"{PAGE}seed/", {"year": str(year)})

    town.calendar.open_on(by=town.dana, on=GOOD_FRIDAY)

    assert "Add Ontario’s public holidays" not in browser.get(PAGE).content.decode()


def test_what_is_over_can_be_seen_and_not_removed(as_member, town):
    town.calendar.closures.create(on=date(2026, 12, 25), name={"en": "Christmas Day", "fr": "Noël"})
    town.calendar.closures.create(on=date(2027, 1, 1), name={"en": "New Year’s Day", "fr": "Jour de l’An"})

    page = as_member("dana").get(PAGE).content.decode()

    assert "Closures that are over" in page
    assert "Closed in 2026" in page
    assert "Remove" not in page


@pytest.mark.parametrize(("verb", "typed"), [("open-on", {"on": "soon"}), ("seed", {"year": "next"}), ("seed", {})])
def test_a_day_or_year_that_the_page_never_offers_is_not_found(as_member, town, verb, typed):
    assert as_member("dana").post(f"{PAGE}{verb}/", typed).status_code == 404


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({}, [("Every day", "closed")]),
        ({"sat": [["00:00", "24:00"]]}, [("Monday to Friday", "closed"), ("Saturday", "day and night"),
                                         ("Sunday", "closed")]),
        ({day: [["08:30", "12:00"], ["13:00", "24:00"]] for day in ("sat", "sun")},
         [("Monday to Friday", "closed"), ("Saturday and Sunday", "8:30 a.m. to noon, 1 p.m. to midnight")]),
    ],
    ids=["never", "one whole day", "two spans"],
)  # fmt: skip
def test_hours_are_said_in_words(hours, said):
    assert week_in_words(hours) == said
