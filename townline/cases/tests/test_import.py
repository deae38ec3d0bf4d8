"""Taking cases over from another system's extract, with the dirt that real ones have."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from townline.cases.models import AFTER_ALL, NEVER, Case, Status, Weather
from townline.catalogue.models import Service, Standard
from townline.channels.models import Mail
from townline.jobs.models import Job
from townline.timeline.models import Event

MAPPING = """
source: elsewhere
zone: America/Los_Angeles
language: en
date_format: "%m/%d/%Y %I:%M:%S %p"
columns: {number: SRNumber, received: CreatedDate, changed: UpdatedDate, closed: ClosedDate, type: RequestType,
          status: Status, channel: RequestSource, place: Address, latitude: Latitude, longitude: Longitude}
types:
  Pothole: {service: pothole}
  Bulky Items: {service: bulky, new: {name: {en: Bulky items, fr: Encombrants}, department: roads}}
statuses: {Open: {status: open}, Closed: {status: closed, outcome: done},
           Cancelled: {status: closed, outcome: withdrawn}}
channels: {Call: phone, Mobile App: web}
"""
HEADING = ["SRNumber", "CreatedDate", "UpdatedDate", "RequestType", "Status", "RequestSource", "ClosedDate",
           "Address", "Latitude", "Longitude"]  # fmt: skip
GOOD = {
    "SRNumber": "1-1",
    "CreatedDate": "12/27/2017 09:00:00 AM",
    "UpdatedDate": "12/28/2017 09:00:00 AM",
    "RequestType": "Pothole",
    "Status": "Closed",
    "RequestSource": "Call",
    "ClosedDate": "12/28/2017 10:00:00 AM",
    "Address": "12 MAIN ST",
    "Latitude": "34.07",
    "Longitude": "-118.26",
}


@pytest.fixture
def extract(tmp_path, town):
    (tmp_path / "mapping.yaml").write_text(MAPPING)

    def write(*rows):
        path = tmp_path / "extract.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, HEADING)
            writer.writeheader()
            writer.writerows(GOOD | row for row in rows)
        return path

    return write


def take_over(path, *more):
    out = io.StringIO()
    call_command("import", "cases", str(path), "--mapping", str(path.with_name("mapping.yaml")), *more, stdout=out)
    return out.getvalue()


def rejects(path):
    with path.with_name("extract.csv.rejects.csv").open() as file:
        return [(row["row"], row["column"], row["reason"]) for row in csv.DictReader(file)]


def test_a_row_becomes_a_case_with_the_dates_it_had(extract):
    said = take_over(extract({}))

    case = Case.objects.get(source="elsewhere", source_number="1-1")
    assert case.received_at == datetime(2017, 12, 27, 17, tzinfo=UTC)
    assert case.closed_at == datetime(2017, 12, 28, 18, tzinfo=UTC)
    assert (case.status, case.outcome, case.due_at) == (Status.CLOSED, "done", AFTER_ALL)
    assert (case.channel, case.place_label, case.latitude) == ("phone", "12 MAIN ST", 34.07)
    assert "1 cases were made." in said


def test_clocks_are_computed_from_the_date_of_receipt(extract):
    take_over(extract({}, {"SRNumber": "1-2", "Status": "Open", "ClosedDate": ""}))

    closed, still_open = Case.objects.order_by("source_number")
    assert all(clock.is_kept for clock in closed.clocks.all())
    assert still_open.due_kind == "answer"
    assert still_open.due_at < NEVER
    assert still_open.clocks.get(promise="answer").due_at == still_open.due_at


def test_what_came_in_while_a_weather_event_lasts_begins_when_it_is_over(extract, town, work):
    Standard.objects.update(is_winter=True)
    storm = Weather.objects.create(
        words={"en": "Storm"}, declared_by=town.lea, declared_at=datetime(2017, 12, 27, 12, tzinfo=UTC)
    )
    take_over(extract({"Status": "Open", "ClosedDate": ""}, {"SRNumber": "1-2", "CreatedDate": "12/26/2017 09:00:00 AM",
                                                            "Status": "Open", "ClosedDate": ""}))  # fmt: skip
    during, before = Case.objects.order_by("source_number")
    held = during.due_at

    storm.end(by=town.lea)
    work()

    during.refresh_from_db()
    assert before.due_at < NEVER
    assert held == NEVER
    assert during.due_at > storm.ended_at


def test_each_case_carries_its_events_and_nobody_is_written_to(extract, work):
    take_over(extract({}))

    assert list(Event.objects.filter(case_id=Case.objects.get().pk).values_list("name", flat=True).order_by("id")) == [
        "case.imported",
        "case.closed",
    ]
    assert not Job.objects.exists()
    assert not Mail.objects.exists()


def test_an_import_that_is_run_again_makes_nothing_twice(extract):
    path = extract({}, {"SRNumber": "1-2"})
    take_over(path)

    said = take_over(path)

    assert Case.objects.count() == 2
    assert "2 are known already" in said
    assert "0 cases were made." in said


def test_a_dry_run_changes_nothing(extract):
    said = take_over(extract({}, {"RequestType": "Bulky Items", "SRNumber": "1-2"}), "--dry-run")

    assert "2 can be cases" in said
    assert not Case.objects.exists()
    assert not Service.objects.filter(code="bulky").exists()


def test_a_type_without_a_service_becomes_one_that_is_never_offered(extract):
    take_over(extract({"RequestType": "Bulky Items"}))

    service = Service.objects.get(code="bulky")
    assert not Service.objects.offered().filter(pk=service.pk).exists()
    assert Case.objects.get().service == service


@pytest.mark.parametrize(
    ("dirt", "column", "reason"),
    [
        ({"ClosedDate": "12/26/2017 10:00:00 AM"}, "ClosedDate", "closed before it was received"),
        ({"ClosedDate": ""}, "ClosedDate", "no date of closing"),
        ({"CreatedDate": "27.12.2017"}, "CreatedDate", "not a date"),
        ({"CreatedDate": "12/27/2090 09:00:00 AM"}, "CreatedDate", "in the future"),
        ({"RequestType": "Meteor"}, "RequestType", "does not say what type"),
        ({"Status": "Lost"}, "Status", "does not say what status"),
        ({"RequestSource": "Pigeon"}, "RequestSource", "does not say what channel"),
        ({"Latitude": "north"}, "Latitude", "not a number of degrees"),
        ({"Longitude": "-999"}, "Longitude", "between -180 and 180"),
        ({"SRNumber": ""}, "SRNumber", "no number"),
        ({"Address": "12 MAIN\x00ST"}, "Address", "NUL"),
    ],
)
def test_a_row_that_cannot_be_a_case_is_named_with_its_column_and_reason(extract, dirt, column, reason):
    path = extract({"SRNumber": "1-0"}, dirt)

    said = take_over(path)

    (found,) = rejects(path)
    assert found[0] == "2"
    assert found[1] == column
    assert reason in found[2]
    assert Case.objects.count() == 1
    assert "1 are rejected" in said


def test_a_number_that_stands_twice_is_taken_once(extract):
    path = extract({}, {"Address": "elsewhere"})

    take_over(path)

    assert Case.objects.get().place_label == "12 MAIN ST"
    assert rejects(path) == [("2", "SRNumber", "the number stands in row 1 already")]


def test_text_in_a_wrong_charset_is_rejected_and_not_guessed(extract):
    path = extract({"SRNumber": "1-0"})
    path.write_bytes(path.read_bytes() + "1-9,12/27/2017 09:00:00 AM,,Pothole,Open,Call,,Rue É,,\r\n".encode("latin-1"))

    take_over(path)

    assert rejects(path) == [("2", "Address", "the text is not utf-8")]


def test_a_row_without_a_place_on_the_map_is_a_case_all_the_same(extract):
    take_over(extract({"Latitude": "", "Longitude": ""}))

    assert Case.objects.get().latitude is None


def test_a_formula_in_a_reject_is_written_as_text(extract):
    path = extract({"Status": "=HYPERLINK(1)"})

    take_over(path)

    with path.with_name("extract.csv.rejects.csv").open() as file:
        assert next(csv.DictReader(file))["value"] == "'=HYPERLINK(1)"


def test_a_column_that_is_missing_is_refused_before_a_row_is_read(extract):
    path = extract({})
    path.write_text("SRNumber,Status\n1,Open\n")

    with pytest.raises(CommandError, match="has no column CreatedDate"):
        take_over(path)


def test_a_wrong_mapping_is_refused_with_every_mistake(extract):
    path = extract({})
    mapping = path.with_name("mapping.yaml")
    mapping.write_text(MAPPING.replace("outcome: done", "outcome: finished").replace("Los_Angeles", "Los_Angles"))

    with pytest.raises(CommandError) as refused:
        take_over(path)

    assert "finished" in str(refused.value)
    assert "not a time zone" in str(refused.value)


REAL = Path(__file__).parents[4] / "shared" / "data" / "myla311_2017_subset.csv"


@pytest.mark.skipif(not REAL.exists(), reason="the real extract lies beside the repository, and is not here")
def test_every_row_of_the_real_extract_is_a_case_or_a_named_reject(db, tmp_path):
    call_command("apply", "clarington", stdout=io.StringIO())
    mapping = Path(__file__).parents[3] / "docs" / "examples" / "myla311.yaml"

    call_command("import", "cases", str(REAL), "--mapping", str(mapping), "--rejects", str(tmp_path / "rejects.csv"),
                 stdout=io.StringIO())  # fmt: skip

    with (tmp_path / "rejects.csv").open() as file:
        named = list(csv.DictReader(file))
    assert len(named) == 12
    assert {row["column"] for row in named} == {"ClosedDate"}
    assert Case.objects.count() + len(named) == 9_999
