"""What a customer may ask about themselves: everything we hold, others masked; corrections and their disagreement."""

import json

import pytest

from townline.cases.intake import Contact
from townline.core.refusals import NotPossible
from townline.records.models import Correction, Export
from townline.records.tests.doings import a_correction, refused


@pytest.fixture
def told(town):
    case = town.case("Lamp", assignee=town.ada, contact=Contact(name="Elena Rivera", email="elena.rivera@example.org"))
    case.note(by=town.ada, text="Neighbour Jo Dorfmann (jo@example.net) called too; Elena Rivera knows.")
    return case


def test_the_file_holds_their_words_and_masks_others(town, client, told):
    client.force_login(town.dana)

    answer = client.post(f"/desk/records/customers/{told.customer_id}/export/", {"as": "json"})

    found = json.loads(answer.content)
    text = json.dumps(found)
    assert found["who"]["name"] == "Elena Rivera"
    assert told.reference in text
    assert "jo@example.net" not in text
    assert "elena.rivera@example.org" in text
    assert Export.objects.get().events.get().name == "export.made"


def test_the_page_reads_the_same(town, client, told):
    client.force_login(town.dana)

    page = client.post(f"/desk/records/customers/{told.customer_id}/export/", {"as": "page"}).content.decode()

    assert told.reference in page
    assert "[somebody else]" in page
    assert "jo@example.net" not in page


def test_another_customers_name_is_masked(town, client, told):
    from townline.customers.models import Customer

    told.follow(by=town.rita, customer=Customer.objects.create(name="Jo Dorfmann"))
    client.force_login(town.dana)

    page = client.post(f"/desk/records/customers/{told.customer_id}/export/", {"as": "page"}).content.decode()

    assert "Jo Dorfmann" not in page


def test_a_statement_of_disagreement_stands_beside_the_case_it_is_about(town, client):
    case = town.case("Lamp", assignee=town.ada)
    made = Correction.ask(case.customer, by=town.dana, what="It was the other lamp.", case=case)
    made.decide(by=town.dana, decision="refused", reasons="Seen on the spot.")
    made.disagree(by=town.dana, words="It was the lamp at number 12.")
    client.force_login(town.ada)

    assert "It was the lamp at number 12." in client.get(f"/desk/cases/{case.reference}/").content.decode()


def test_a_statement_about_a_customer_stands_on_their_page(town, client):
    refused(town).disagree(by=town.dana, words="My name has an accent.")
    client.force_login(town.rita)

    assert "My name has an accent." in client.get(f"/desk/customers/{town.rivera.pk}/").content.decode()


def test_a_statement_follows_a_decision_not_to_correct(town):
    made = a_correction(town)

    with pytest.raises(NotPossible, match="follows a decision"):
        made.disagree(by=town.dana, words="No.")
    made.decide(by=town.dana, decision="made", reasons="Done.")
    with pytest.raises(NotPossible, match="follows a decision"):
        made.disagree(by=town.dana, words="No.")


def test_a_correction_is_asked_and_decided_by_page(town, client):
    client.force_login(town.dana)
    client.post(f"/desk/records/customers/{town.rivera.pk}/correction/", {"what": "My street."})
    made = Correction.objects.get()

    client.post(f"/desk/records/corrections/{made.pk}/decide/", {"decision": "made", "reasons": "It was."})

    made.refresh_from_db()
    assert made.decision == "made"
    assert [event.name for event in made.events] == ["correction.asked", "correction.decided"]


def test_a_case_of_somebody_else_is_not_corrected_here(town):
    other = town.case("Lamp", contact=Contact(name="Jo Dorfmann", email="jo@example.net"))

    with pytest.raises(NotPossible, match="not one of the customer"):
        a_correction(town, case=other)
