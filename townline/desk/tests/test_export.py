"""A list as CSV: the same rows for the same reader, and no formula in it."""

import csv
import io

import pytest

from townline.cases.models import Case
from townline.desk.exporting import cell

ROADS = "/desk/export/?whose=department&which=open&code=roads"


def rows_of(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_rows_of_a_list_with_its_filters_in_its_order(as_member, town):
    first, second = town.case("Lamp"), town.case("Sign")
    town.case("French", language="fr")

    response = as_member("ada").get(f"{ROADS}&language=en")
    rows = rows_of(response)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [row[0] for row in rows] == ["Reference", first.reference, second.reference]
    assert rows[1][-1] == "Elena Rivera"


@pytest.mark.parametrize("nasty", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_a_spreadsheet_would_reckon_with_is_plain_text(as_member, town, nasty):
    case = town.case("Lamp")
    Case.objects.filter(pk=case.pk).update(subject=nasty)

    assert cell(nasty) == f"'{nasty}"
    assert rows_of(as_member("ada").get(ROADS))[1][3].startswith("'")


def test_numbers_stay_numbers():
    assert [cell(-3), cell(2.5), cell(None), cell("plain")] == [-3, 2.5, None, "plain"]


def test_names_of_customers_are_for_those_who_may_know_them(as_member, town):
    town.case("Lamp")

    rows = rows_of(as_member("dana").get("/desk/export/?whose=all&which=newest"))

    assert "Elena Rivera" not in str(rows)
    assert rows[0][-1] == "Where"


def test_it_ends_with_a_sentence_when_there_are_more(as_member, town, monkeypatch):
    monkeypatch.setattr("townline.desk.exporting.MOST", 2)
    for number in range(4):
        town.case(f"Lamp {number}")

    rows = rows_of(as_member("ada").get(ROADS))

    assert len(rows) == 4
    assert "Only the first 2 cases" in rows[-1][0]


def test_a_list_one_may_not_see_is_not_exported(as_member, town):
    assert as_member("otto").get(ROADS).status_code == 404
    assert as_member("ines").get(ROADS).status_code == 404


def test_confidential_cases_stay_where_they_are(as_member, town):
    town.case("Quiet matter", is_confidential=True)

    assert len(rows_of(as_member("rita").get("/desk/export/?whose=all&which=newest"))) == 1
