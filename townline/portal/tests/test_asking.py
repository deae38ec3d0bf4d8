import pytest
from django.test import Client

from townline.cases.models import Case, Draft
from townline.catalogue.models import Service
from townline.channels.models import Mail
from townline.questions.models import FormVersion

DEFINITION = {
    "schema_version": 1,
    "code": "pothole",
    "version": 1,
    "title": {"en": "Pothole", "fr": "Nid-de-poule"},
    "pages": [
        {
            "id": "what",
            "title": {"en": "The hole", "fr": "Le trou"},
            "questions": [
                {
                    "id": "danger",
                    "kind": "yes_no",
                    "label": {"en": "Is it dangerous?", "fr": "Est-ce dangereux?"},
                    "required": True,
                },
                {
                    "id": "words",
                    "kind": "paragraph",
                    "label": {"en": "Tell us more", "fr": "Dites-nous-en plus"},
                },
            ],
        },
        {
            "id": "why",
            "title": {"en": "The danger", "fr": "Le danger"},
            "show_if": {"eq": [{"answer": "danger"}, "yes"]},
            "questions": [
                {
                    "id": "cars",
                    "kind": "short_text",
                    "label": {"en": "What do cars do?", "fr": "Que font les autos?"},
                    "required": True,
                }
            ],
        },
    ],
}


@pytest.fixture
def pothole(town):
    town.pothole.questions = FormVersion.objects.create(code="pothole", version=1, definition=DEFINITION)
    town.pothole.save()
    return town.pothole


def begin(client, service):
    return client.post(f"/services/{service.code}/start/")["Location"].rsplit("/", 2)[0]


def answer_everything(client, at):
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.post(f"{at}/q-what/", {"q-danger": "yes", "q-words": "Deep."})
    client.post(f"{at}/q-why/", {"q-cars": "They swerve."})
    return client.post(f"{at}/you/", {"name": "Elena Rivera", "email": "elena@example.org"})


def test_a_customer_asks_and_gets_a_reference(client, pothole, work):
    at = begin(client, pothole)
    answer_everything(client, at)

    response = client.post(f"{at}/check/", follow=True)

    case = Case.objects.get()
    assert case.reference in response.content.decode()
    assert case.answers == {"danger": "yes", "words": "Deep.", "cars": "They swerve."}
    assert case.customer.name == "Elena Rivera"
    assert case.department == pothole.department
    assert case.collection_notice == pothole.collection_notice
    work()
    assert Mail.objects.get().subject == f"We have your request {case.reference}"


def test_the_same_draft_sent_twice_is_one_case_with_one_reference(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)

    first = client.post(f"{at}/check/", follow=True)
    second = client.post(f"{at}/check/", follow=True)

    assert Case.objects.count() == 1
    reference = Case.objects.get().reference
    assert reference in first.content.decode()
    assert reference in second.content.decode()


def test_two_drafts_are_two_matters(client, pothole):
    for _ in range(2):
        at = begin(client, pothole)
        answer_everything(client, at)
        client.post(f"{at}/check/")

    assert Case.objects.count() == 2


def test_a_page_that_depends_on_an_answer_is_left_out(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})

    response = client.post(f"{at}/q-what/", {"q-danger": "no"})

    assert response["Location"].endswith("/you/")


def test_what_is_missing_is_asked_again_with_what_was_typed(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})

    response = client.post(f"{at}/q-what/", {"q-words": "A hole <b>so</b> deep 🚗 עומק"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "A hole &lt;b&gt;so&lt;/b&gt; deep 🚗 עומק" in page
    assert "error-summary" in page


def test_nothing_can_be_sent_before_everything_is_answered(client, pothole):
    at = begin(client, pothole)

    response = client.post(f"{at}/check/")

    assert response["Location"].endswith("/where/")
    assert not Case.objects.exists()


def test_answers_nobody_asked_for_do_not_reach_the_case(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/q-what/", {"q-danger": "no", "q-words": "Deep."})
    client.post(f"{at}/check/")

    assert Case.objects.get().answers == {"danger": "no", "words": "Deep."}


def test_somebody_else_cannot_see_or_send_a_draft(client, pothole, as_member):
    at = begin(client, pothole)
    stranger = client.__class__()

    assert stranger.get(f"{at}/where/").status_code == 404
    assert stranger.post(f"{at}/check/").status_code == 404


def test_a_submitted_draft_keeps_nothing_about_the_customer(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/check/")

    draft = Draft.objects.get()
    assert (draft.contact, draft.answers, draft.place) == ({}, {}, {})


def test_an_unknown_service_is_not_found(client, town):
    assert client.get("/services/nothing/").status_code == 404
    assert client.post("/services/nothing/start/").status_code == 404


def test_a_closed_service_says_why_and_takes_nothing_in(client, pothole):
    pothole.closed_reason = {"en": "Not in summer.", "fr": "Pas en été."}
    pothole.save()

    response = client.post(f"/services/{pothole.code}/start/", follow=True)

    assert "Not in summer." in response.content.decode()
    assert not Draft.objects.exists()


def test_a_service_closed_while_a_draft_is_open_refuses_and_keeps_the_text(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    pothole.closed_reason = {"en": "Not in summer.", "fr": "Pas en été."}
    pothole.save()

    response = client.post(f"{at}/check/")

    assert response.status_code == 409
    assert Draft.objects.get().answers["cars"] == "They swerve."


def test_a_service_that_must_reach_somebody_refuses_without_an_address(client, pothole):
    pothole.contact = Service.Contact.REQUIRED
    pothole.save()
    at = begin(client, pothole)

    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.post(f"{at}/q-what/", {"q-danger": "no"})
    response = client.post(f"{at}/you/", {"name": "Elena Rivera"})

    assert "Give us an e-mail address" in response.content.decode()


def test_somebody_may_stay_anonymous_where_the_service_allows_it(client, pothole):
    pothole.anonymous = Service.Anonymous.ACCEPT
    pothole.save()
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.post(f"{at}/q-what/", {"q-danger": "no"})
    client.post(f"{at}/you/", {"name": "", "email": ""})
    client.post(f"{at}/check/")

    assert Case.objects.get().customer is None


def test_a_reference_with_the_right_address_shows_the_case(client, town):
    case = town.case("Broken lamp")

    response = client.post("/track/", {"reference": case.reference, "proof": "Elena.Rivera@example.org"}, follow=True)

    assert case.reference in response.content.decode()
    assert response.redirect_chain[-1][0].endswith(f"/track/{case.reference}/")


def test_a_stranger_learns_nothing_from_the_answer(client, town):
    case = town.case("Broken lamp")

    wrong = client.post("/track/", {"reference": case.reference, "proof": "other@example.org"})
    unknown = client.post("/track/", {"reference": "TV-0000-0000-0", "proof": "other@example.org"})

    sentence = "We find no request with this reference"
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert client.get(f"/track/{case.reference}/").status_code == 404


def test_the_link_in_our_mail_opens_the_case_and_leaves_the_address(client, town, work):
    case = town.case("Broken lamp")
    work()
    link = next(word for word in Mail.objects.get().body.split() if "/track/l/" in word)

    response = client.get(link.split("8000")[1])

    assert response["Location"] == f"/track/{case.reference}/"
    assert client.get(response["Location"]).status_code == 200


def test_a_confidential_case_cannot_be_tracked(client, town):
    case = town.case("Broken lamp", is_confidential=True)

    response = client.post("/track/", {"reference": case.reference, "proof": "elena.rivera@example.org"})

    assert response.status_code == 200
    assert client.get(f"/track/{case.reference}/").status_code == 404


def test_what_was_sent_from_this_browser_can_be_followed_in_it_alone(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/check/")
    case = Case.objects.get()

    mine = client.get(f"/track/{case.reference}/")
    theirs = Client().get(f"/track/{case.reference}/")

    assert mine.status_code == 200
    assert theirs.status_code == 404
