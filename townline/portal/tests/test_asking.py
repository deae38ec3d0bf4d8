from townline.cases.models import Case, Draft
from townline.catalogue.models import Service
from townline.channels.models import Mail
from townline.portal.tests.walking import STOPPING, answer_everything, begin, text_of
from townline.questions.models import FormVersion
from townline.questions.testing import page, question, written


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


def test_a_service_that_must_reach_somebody_refuses_without_an_address(client, pothole):
    pothole.contact = Service.Contact.REQUIRED
    pothole.save()
    at = begin(client, pothole)

    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.post(f"{at}/q-what/", {"q-danger": "no"})
    response = client.post(f"{at}/you/", {"name": "Elena Rivera"})

    assert "Enter an e-mail address, a phone number" in response.content.decode()


def test_somebody_may_stay_anonymous_where_the_service_allows_it(client, pothole):
    pothole.anonymous = Service.Anonymous.ACCEPT
    pothole.save()
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.post(f"{at}/q-what/", {"q-danger": "no"})
    client.post(f"{at}/you/", {"name": "", "email": ""})
    client.post(f"{at}/check/")

    assert Case.objects.get().customer is None


def test_the_promise_is_said_in_words(client, town):
    at = begin(client, town.noise)
    client.post(f"{at}/you/", {"name": "Elena Rivera"})

    page = text_of(client.post(f"{at}/check/", follow=True))

    clock = Case.objects.get().clocks.get(promise="answer")
    assert clock.in_words.startswith("By-law will answer by ")
    assert clock.in_words in page


def test_the_page_at_the_end_is_small(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)

    response = client.post(f"{at}/check/", follow=True)

    assert len(response.content) < 10_000


def test_an_answer_that_ends_the_form_says_what_to_do_instead(client, town):
    town.pothole.questions = FormVersion.objects.create(
        code="pothole", version=1, definition=written(page("safety", STOPPING), code="pothole")
    )
    town.pothole.save()
    at = begin(client, town.pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})

    stopped = client.post(f"{at}/q-safety/", {"q-danger": "now"})
    sent = client.post(f"{at}/check/")

    assert "Call 9-1-1 now." in text_of(stopped)
    assert sent["Location"].endswith("/q-safety/")
    assert not Case.objects.exists()


def test_a_rule_may_speak_of_how_somebody_came(client, rivera, town):
    signed_in = question("member", required=True, show_if={"eq": [{"context": "is_signed_in"}, True]})
    french = question("fr", required=True, show_if={"eq": [{"context": "language"}, "fr"]})
    web = question("web", required=True, show_if={"eq": [{"context": "channel"}, "web"]})
    definition = written(page("what", signed_in, french, web), code="noise")
    town.noise.questions = FormVersion.objects.create(code="noise", version=1, definition=definition)
    town.noise.save()

    strangers = text_of(client.get(f"{begin(client, town.noise)}/q-what/"))
    client.force_login(rivera)
    riveras = text_of(client.get(f"{begin(client, town.noise, '/fr')}/q-what/"))

    assert [name in strangers for name in ("q-member", "q-fr", "q-web")] == [False, False, True]
    assert [name in riveras for name in ("q-member", "q-fr", "q-web")] == [True, True, True]


def test_answers_that_fit_nowhere_are_refused_in_words(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    draft = Draft.objects.get()
    draft.keep("answers", draft.answers | {"strange": "?"})

    response = client.post(f"{at}/check/")

    assert response.status_code == 409
    assert "do not fit this form any more" in text_of(response)
    assert not Case.objects.exists()


def test_a_missing_answer_is_asked_for_in_our_own_words(client, pothole):
    at = begin(client, pothole)

    where = client.post(f"{at}/where/", {"label": " "})
    you = client.post(f"{at}/you/", {"name": "", "email": "elena"})

    assert text_of(where).count("Tell us where it is.") == 2
    assert "Tell us your name." in text_of(you)
    assert "Enter an e-mail address, such as name@example.com." in text_of(you)
    assert "This field is required" not in text_of(where) + text_of(you)


def test_a_signed_in_customer_finds_their_name_and_address(client, pothole, rivera):
    client.force_login(rivera)

    page = text_of(client.get(f"{begin(client, pothole)}/you/"))

    assert 'value="Elena Rivera"' in page
    assert 'value="elena.rivera@example.org"' in page


def test_a_request_of_a_signed_in_customer_is_theirs(client, pothole, rivera, town):
    client.force_login(rivera)
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/check/")

    case = Case.objects.get()
    assert case.customer == town.rivera
    assert town.events(case).get().by == rivera


def test_what_is_typed_is_kept_by_no_cache(client, pothole):
    at = begin(client, pothole)

    assert "no-store" in client.get(f"{at}/where/")["Cache-Control"]
