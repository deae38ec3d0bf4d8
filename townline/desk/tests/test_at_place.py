"""A place over the years: found by how it begins, read newest first, and no more of it than one may know."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case, CaseAccess
from townline.cases.places import beginnings_of_keys, place_key
from townline.core.paging import SIZE

HERE = {"latitude": 43.9128, "longitude": -78.6879}


def at(town, label, days=0, **more):
    """A case at this place, received so many days ago."""
    where = {name: more.pop(name) for name in ("latitude", "longitude") if name in more}
    case = town.case("Lamp", received_at=timezone.now() - timedelta(days=days), **more)
    case.place_label = label
    case.latitude, case.longitude = where.get("latitude"), where.get("longitude")
    case.save()
    return case


def references(page):
    return [row.reference for row in page.context["page"].rows]


@pytest.mark.parametrize("typed", ["12 King", "12 king st", "12 King S", "12 KING STREET", "12 King Street, Somewhere"])
def test_a_place_is_found_by_how_it_begins_however_it_is_typed(as_member, town, typed):
    case = at(town, "12 King Street")
    at(town, "120 Queen Street")

    page = as_member("ada").post("/desk/places/", {"begins": typed}, follow=True)

    assert page.context["found"] == [case]
    assert "king" not in page.redirect_chain[0][0].lower()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12 King S", ["12 king south", "12 king s"]),
        ("12 King", ["12 king"]),
        ("Église St", ["eglise street", "eglise st"]),
        ("King St & Queen", ["king street & queen"]),
        ("  ,;", []),
    ],
)
def test_the_last_word_may_be_short_or_only_begun(typed, found):
    assert beginnings_of_keys(typed) == found


def test_each_place_stands_there_once_with_its_last_case(as_member, town):
    at(town, "12 King Street", 9)
    last = at(town, "12 king st.", 2)
    other = at(town, "14 King Street")
    ada = as_member("ada")

    assert ada.post("/desk/places/", {"begins": "12 King"}, follow=True).context["found"] == [last]
    assert ada.post("/desk/places/", {"begins": "14 king"}, follow=True).context["found"] == [other]


def test_a_place_of_which_one_may_not_know_is_like_one_that_is_not_there(as_member, town):
    hidden = at(town, "12 King Street", is_confidential=True)
    ben = as_member("ben")

    before = ben.post("/desk/places/", {"begins": "12 King"}, follow=True)
    nowhere = ben.get(f"/desk/places/{hidden.reference}/")
    CaseAccess.objects.create(case=hidden, user=town.ben)
    after = ben.post("/desk/places/", {"begins": "12 King"}, follow=True)

    assert "No place begins like this" in before.content.decode()
    assert nowhere.status_code == 404
    assert after.context["found"] == [hidden]


def test_too_little_is_said_and_what_was_typed_stays(as_member, town):
    page = as_member("ada").post("/desk/places/", {"begins": "1 K"})

    assert page.content.decode().count("Type at least three letters") == 2, "once in the summary, once at the field"
    assert 'value="1 K"' in page.content.decode()


def test_what_was_typed_means_nothing_in_another_session(as_member, town):
    at(town, "12 King Street")
    address = as_member("ada").post("/desk/places/", {"begins": "12 King"}).url

    assert as_member("ben").get(address).context["found"] == []


def test_all_cases_of_a_place_stand_there_newest_first_open_and_closed(as_member, town):
    old = at(town, "12 King St", 900)
    middle = at(town, "12 King Street, Somewhere", 20, assignee=town.ada)
    middle.close(by=town.ada, outcome="done", words="Done.")
    new = at(town, "12 king street", 1)
    at(town, "13 King Street")

    page = as_member("ada").get(f"/desk/places/{old.reference}/")

    assert references(page) == [new.reference, middle.reference, old.reference]


def test_confidential_cases_at_a_place_are_not_told(as_member, town):
    known = at(town, "12 King Street", **HERE)
    at(town, "12 King Street", 1, is_confidential=True, **HERE)

    assert references(as_member("ada").get(f"/desk/places/{known.reference}/")) == [known.reference]


def test_cases_of_another_department_are_not_told(as_member, town):
    known = at(town, "12 King Street", 3)
    theirs = at(town, "12 King Street", service=town.noise)

    assert references(as_member("ada").get(f"/desk/places/{known.reference}/")) == [known.reference]
    assert references(as_member("rita").get(f"/desk/places/{known.reference}/")) == [theirs.reference, known.reference]


def test_a_case_on_the_map_brings_those_a_few_metres_away_and_marks_them(as_member, town):
    here = at(town, "12 King Street", 5, **HERE)
    close = at(town, "The yellow bench", 4, latitude=43.91285, longitude=-78.6879)
    at(town, "Far away", 3, latitude=43.9200, longitude=-78.6879)

    page = as_member("ada").get(f"/desk/places/{here.reference}/")

    assert references(page) == [close.reference, here.reference]
    assert page.content.decode().count("Close by") == 1


def test_a_long_history_goes_on_where_it_stopped_each_case_once(as_member, town):
    made = [at(town, "12 King Street", number, **HERE).reference for number in range(SIZE + 7)]
    ada = as_member("ada")
    address = f"/desk/places/{made[0]}/"

    first = ada.get(address)
    second = ada.get(address + first.context["next_url"])

    assert references(first) + references(second) == made
    assert second.context["next_url"] == ""


def test_the_case_leads_to_its_place_and_so_does_the_search(as_member, town):
    case = at(town, "12 King Street")
    ada = as_member("ada")

    assert f'href="/desk/places/{case.reference}/"' in ada.get(case.get_absolute_url()).content.decode()
    searched = ada.post("/desk/search/", {"q": "12 King"}, follow=True).content.decode()
    assert 'action="/desk/places/"' in searched
    assert 'value="12 King"' in searched
    assert "/desk/places/" not in as_member("ines").get("/desk/search/").content.decode()


def test_a_case_without_a_place_says_so(as_member, town):
    case = town.case("Lamp")
    Case.objects.filter(pk=case.pk).update(place_label="", place_key="")

    assert "Nothing is known of this place" in as_member("ada").get(f"/desk/places/{case.reference}/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_no_more_than_twelve_questions_whatever_lies_there(as_member, town, queries, count):
    made = [at(town, "12 King Street", number, **HERE) for number in range(count)]
    ada = as_member("ada")
    found = ada.post("/desk/places/", {"begins": "12 King S"}).url

    with queries() as timeline:
        ada.get(f"/desk/places/{made[0].reference}/")
    with queries() as looking:
        ada.get(found)

    assert len(timeline) <= 12, "\n".join(timeline)
    assert len(looking) <= 12, "\n".join(looking)


def placed(many):
    """Every one of the many cases lies somewhere: thirty at each place, some on the map."""
    rows = list(Case.objects.only("pk", "place_label", "latitude", "longitude"))
    for case in rows:
        case.place_label = f"{case.pk % 1000} King Street"
        case.latitude, case.longitude = 43.9 + case.pk % 300 / 1000, -78.6
        case.locate()
    fields = ["place_label", "latitude", "longitude", "place_key", "place_cell"]
    Case.objects.bulk_update(rows, fields, batch_size=150)
    return Case.objects.filter(place_key=place_key("17 King Street"), department=many.roads).first()


def test_a_place_is_read_and_found_by_its_indexes(many, at_the_desk, queries, plan, analyze):
    case = placed(many)
    analyze()
    ada = at_the_desk("ada")
    found = ada.post("/desk/places/", {"begins": "17 K"}).url

    with queries() as reading:
        ada.get(f"/desk/places/{case.reference}/")
    with queries() as looking:
        ada.get(found)

    close, named = (plan(sql) for sql in reading if "LIMIT 51" in sql)
    assert "case_near_on_map" in close, close
    assert "case_near_by_words" in named, named
    assert "case_near_by_words" in plan(next(sql for sql in looking if "LIMIT 5000" in sql))


@pytest.fixture
def analyze():
    """Let the planner know what there is now."""
    from django.db import connection

    def doing():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    return doing
