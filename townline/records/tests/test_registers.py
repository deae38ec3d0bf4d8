"""Breaches, the disclosure log and privacy assessments."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from townline.complaints.testing import a_complaint, a_line, a_procedure
from townline.core.refusals import NotPossible
from townline.records.collecting import collecting, collects
from townline.records.disclosure_log import log
from townline.records.models import Assessment, Breach
from townline.records.tests.doings import (
    TODAY,
    a_breach,
    an_assessment,
    assessed,
    disclosed,
    gathered,
    refused,
)


def test_a_real_risk_is_reported_and_told_before_the_breach_is_closed(town):
    made = assessed(town)

    with pytest.raises(NotPossible, match="report it and tell the people"):
        made.close(by=town.dana, remedy="Window envelopes.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=made.pk).update(closed_on=TODAY)
    made.report(by=town.dana, on=TODAY)
    made.tell(by=town.dana, on=TODAY, how="A letter.")
    made.close(by=town.dana, remedy="Window envelopes.")

    assert [event.name for event in made.events] == [
        "breach.registered", "breach.contained", "breach.assessed", "breach.reported", "breach.told", "breach.closed",
    ]  # fmt: skip


def test_without_a_real_risk_it_is_closed_at_once(town):
    made = assessed(town, is_real_risk=False)

    made.close(by=town.dana, remedy="Window envelopes.")

    assert made.closed_on == TODAY
    with pytest.raises(NotPossible, match="closed"):
        made.report(by=town.dana, on=TODAY)


@pytest.mark.parametrize("days", [1, 400])
def test_nothing_happened_in_the_future(town, days):
    with pytest.raises(NotPossible, match="in the future"):
        a_breach(town, discovered_on=TODAY + timedelta(days=days))


def test_it_is_not_contained_before_it_is_discovered(town):
    with pytest.raises(NotPossible, match="before it was discovered"):
        a_breach(town).contain(by=town.dana, on=TODAY - timedelta(days=1), how="x")


def test_a_breach_goes_its_way_by_page(town, client):
    client.force_login(town.dana)
    day = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
    found = {f"discovered_on_{part}": value for part, value in day.items()}
    on = {f"on_{part}": value for part, value in day.items()}
    typed = {"what": "A list was lost.", "cause": "lost", "holds": ["contact", "health"], "people": 12, **found}
    client.post("/desk/records/breaches/register/", typed)
    address = f"/desk/records/breaches/{Breach.objects.get().pk}/"

    client.post(f"{address}contain/", {**on, "how": "Found in the car."})
    risk = {"sensitivity": "high", "misuse": "low", "is_reduced": "yes", "is_real_risk": "no", "why": "Nobody saw it."}
    client.post(f"{address}assess/", risk)
    client.post(f"{address}close/", {"remedy": "Lists stay in."})

    made = Breach.objects.get()
    assert (made.is_real_risk, made.closed_on) == (False, TODAY)
    page = client.get("/desk/records/breaches/").content.decode()
    assert f"<td>{made.people}</td>" in page


def test_the_log_holds_every_kind_of_disclosure(town):
    disclosed(town)
    town.rivera.consent(
        by=town.rita, kind="share", to_whom="Her son", what="How it stands", ground="spoken", from_on=TODAY
    )
    asked = gathered(town)
    asked.decide(by=town.dana, decision="part", why="W.")
    a_line(town)
    a_procedure(town)
    complaint = a_complaint(town)
    complaint.disclose(by=town.system, ground="law", what="file", to_whom="zzcanary court")

    lines, _further = log(town.dana)

    assert {line.to_whom for line in lines} == {
        "Invented police", "Her son", "the requester", "sealed with the complaint"
    }  # fmt: skip
    assert {line.about for line in lines} >= {f"Complainant {complaint.pseudonym}", "Elena Rivera"}


def test_a_disclosure_of_a_complaint_about_the_reader_is_not_in_their_log(town):
    a_line(town)
    a_procedure(town)
    complaint = a_complaint(town)
    complaint.disclose(by=town.system, ground="law", what="file", to_whom="court")
    complaint.subjects.create(user=town.ada)

    assert log(town.ada)[0] == []
    assert len(log(town.dana)[0]) == 1


def test_a_page_of_the_log_never_cuts_a_day_in_two(town):
    for number in range(60):
        disclosed(town, on=TODAY - timedelta(days=number))

    first, further = log(town.dana)
    second, nothing = log(town.dana, first[-1].on)

    assert (len(first), len(second), further, nothing) == (50, 10, first[-1].on.isoformat(), "")


@pytest.mark.parametrize("before", ["2026-99-99", "x", "", "0"])
def test_an_address_that_names_no_day_shows_the_newest(town, client, before):
    disclosed(town)
    client.force_login(town.dana)

    assert "Invented police" in client.get("/desk/records/disclosures/", {"before": before}).content.decode()


def test_those_who_were_given_it_are_shown_with_a_correction(town, client):
    disclosed(town)
    made = refused(town)
    client.force_login(town.dana)

    assert "Invented police" in client.get(f"/desk/records/corrections/{made.pk}/").content.decode()


def test_a_service_that_collects_is_red_until_it_is_assessed(town):
    town.pothole.contact = "none"
    town.pothole.save()
    assert [one.is_red for one in collecting()] == [True] * len(collecting())

    an_assessment(town)

    assert not collects(town.pothole)
    assert {one.service.code: one.is_red for one in collecting()}["noise"] is False
    Assessment.objects.update(review_on=TODAY - timedelta(days=1))
    assert {one.service.code: one.is_red for one in collecting()}["noise"] is True


def test_a_new_assessment_takes_the_place_of_the_one_before(town):
    first, second = an_assessment(town), an_assessment(town)

    first.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)
    with pytest.raises(NotPossible, match="newer one"):
        first.review(by=town.dana, review_on=TODAY + timedelta(days=30))


def test_the_list_of_assessments_asks_a_set_number_of_questions(town, client, django_assert_max_num_queries):
    client.force_login(town.dana)
    client.get("/desk/records/")

    with django_assert_max_num_queries(9):
        page = client.get("/desk/records/assessments/").content.decode()

    assert page.count("None yet") == 3
    assert timezone.localdate() == TODAY
