"""Finding a service, and its page."""

import json
import re

from townline.catalogue.models import Service
from townline.core.references import make
from townline.portal.tests.walking import text_of


def json_ld(response):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text_of(response))[1])


def test_a_service_describes_itself_to_machines(client, town):
    described = json_ld(client.get("/fr/services/pothole/"))

    assert described["@type"] == "GovernmentService"
    assert described["name"] == "Pothole (fr)"
    assert described["serviceOperator"]["name"] == "Voirie"
    assert described["areaServed"]["name"] == "Testville"
    assert described["availableChannel"]["servicePhone"]["telephone"] == "905-555-0100"


def test_what_machines_read_cannot_end_its_script(client, town):
    town.pothole.summary = {"en": "</script><script>alert(1)</script>", "fr": ""}
    town.pothole.save()

    response = client.get("/services/pothole/")

    assert json_ld(response)["description"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in text_of(response)


def test_the_page_says_the_standards_and_that_it_is_closed(client, town):
    Service.objects.filter(pk=town.pothole.pk).update(closed_reason={"en": "Not in summer.", "fr": "Pas en été."})

    page = text_of(client.get("/services/pothole/"))

    assert "We answer: within 2 business days" in page
    assert "Not in summer." in page
    assert "/services/pothole/start/" not in page


def test_words_find_a_service(client, town):
    page = text_of(client.get("/find/", {"q": "potholes"}))

    assert "1 service fits “potholes”." in page
    assert "/services/pothole/" in page


def test_words_that_fit_nothing_lead_to_everything(client, town):
    page = text_of(client.get("/find/", {"q": "<zebra>"}))

    assert "Nothing fits “&lt;zebra&gt;”." in page
    assert "/services/noise/" in page


def test_a_reference_leads_to_its_case(client, town):
    reference = make("TV")

    for typed in (reference, reference.lower(), reference.removeprefix("TV-").replace("-", " ") + "  "):
        if any(character.isdigit() for character in typed):
            assert client.get("/find/", {"q": typed})["Location"] == f"/track/{reference}/"


def test_words_are_not_taken_for_a_reference(client, town):
    for words in ("graffitis", "TV sidewalks", "bad-words", "12 Main Street"):
        assert client.get("/find/", {"q": words}).status_code == 200


def test_a_door_without_services_says_what_else_there_is(client, town):
    page = text_of(client.get("/doors/permit/"))

    assert "Nothing can be asked for here yet" in page
    assert "/find/" in page
    assert client.get("/doors/nothing/").status_code == 404


def test_the_glossary_teaches_while_it_is_empty(client, town):
    assert "No words are explained yet" in text_of(client.get("/words/"))
