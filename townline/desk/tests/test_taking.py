"""The screen of a contact: everything typed stays, nobody is guessed, and each ending happens once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.intake import Contact, Matter, Place, submit
from townline.cases.models import Case, Draft
from townline.catalogue.models import Service
from townline.channels.models import Interaction
from townline.core.localized import Localized
from townline.customers.models import Customer
from townline.questions.models import FormVersion
from townline.timeline.models import Event

SCREEN = "/desk/interactions/new/"
FORM = {
    "schema_version": 1,
    "code": "pothole",
    "version": 1,
    "title": {"en": "Pothole", "fr": "Nid-de-poule"},
    "pages": [
        {
            "id": "about",
            "title": {"en": "About it", "fr": "À ce sujet"},
            "questions": [
                {
                    "id": "size",
                    "kind": "one_choice",
                    "label": {"en": "How big is it?", "fr": "De quelle taille?"},
                    "required": True,
                    "options": [
                        {"code": "small", "label": {"en": "Small", "fr": "Petit"}},
                        {"code": "big", "label": {"en": "Big", "fr": "Grand"}},
                    ],
                },
                {"id": "more", "kind": "short_text", "label": {"en": "Anything else?", "fr": "Autre chose?"}},
            ],
        }
    ],
}


@pytest.fixture
def rita(as_member):
    return as_member("rita")


@pytest.fixture
def asked(town):
    """The pothole service asks how big it is."""
    town.pothole.questions = FormVersion.objects.create(code="pothole", version=1, definition=FORM)
    town.pothole.script = Localized(en="Is anybody in danger?", fr="Quelqu’un est-il en danger?")
    town.pothole.save()
    return town.pothole


def begun(browser):
    """What the screen holds when it is opened: the key of its draft."""
    return {"draft": browser.get(SCREEN).context["taking"].token, "channel": "phone", "language": "en"}


def raising(browser, **typed):
    """Everything that raising a case about a pothole takes."""
    return {
        **begun(browser),
        "service": "pothole",
        "asked": "pothole",
        "place": "12 Main Street",
        "name": "Sam Sample",
        "phone": "905 555 0123",
        "summary": "A deep hole.",
        "do": "raise",
        **typed,
    }


# --- Looking up -------------------------------------------------------------


def test_looking_up_shows_who_it_may_be_and_chooses_nobody(rita, town):
    case = town.case("Broken street lamp")

    response = rita.post(SCREEN, {**begun(rita), "email": "elena.rivera@example.org", "do": "show"})

    field = response.context["fields"]["customer"]
    assert [value for value, label in field.field.choices] == [str(town.rivera.pk), "new"]
    assert not field.value()
    assert case.reference in response.content.decode()


def test_the_cases_of_other_departments_are_not_shown_to_those_who_may_not_see_them(as_member, town):
    town.roles["officer"].grants = [*town.roles["officer"].grants, "intake.take"]
    town.roles["officer"].save()
    case = town.case("Broken street lamp")
    otto = as_member("otto")

    page = otto.post(SCREEN, {**begun(otto), "name": "Elena", "do": "show"}).content.decode()

    assert "Elena Rivera" in page
    assert case.reference not in page


def test_two_words_find_a_service_internal_ones_too(rita, town):
    Service.objects.filter(pk=town.pothole.pk).update(is_public=False)

    response = rita.post(SCREEN, {**begun(rita), "words": "pothole road", "do": "show"})

    assert [value for value, label in response.context["fields"]["service"].field.choices] == ["pothole"]


def test_words_that_fit_nothing_show_everything_there_is(rita, town):
    response = rita.post(SCREEN, {**begun(rita), "words": "zebra", "do": "show"})

    assert len(response.context["fields"]["service"].field.choices) == 3
    assert "No service fits these words" in response.content.decode()


def test_choosing_a_service_shows_its_questions_and_what_to_read_out(rita, asked):
    page = rita.post(SCREEN, {**begun(rita), "service": "pothole", "do": "show"}).content.decode()

    assert "How big is it?" in page
    assert "Is anybody in danger?" in page
    assert "We need this to answer you." in page
    assert "Where is it?" in page


def test_a_french_caller_is_asked_in_french(rita, asked):
    typed = {**begun(rita), "service": "pothole", "language": "fr", "do": "show"}

    page = rita.post(SCREEN, typed).content.decode()

    assert "De quelle taille?" in page
    assert "Quelqu’un est-il en danger?" in page


def test_nothing_typed_is_lost_or_judged_between_two_presses(rita, asked):
    typed = {
        **begun(rita),
        "name": "Sam Sample",
        "phone": "12",
        "email": "not an address",
        "address": "1 Main Street\nTestville",
        "words": "pothole",
        "service": "pothole",
        "asked": "pothole",
        "place": "12 Main Street",
        "q-size": "big",
        "q-more": "<b>& 😀",
        "summary": "A deep hole.",
        "reference": "TV-",
        "received_on_day": "31",
        "do": "show",
    }

    page = rita.post(SCREEN, typed).content.decode()

    assert "There is a problem" not in page
    assert 'value="12"' in page
    assert 'value="not an address"' in page
    assert "1 Main Street\nTestville" in page
    assert 'value="12 Main Street"' in page
    assert 'value="&lt;b&gt;&amp; 😀"' in page
    assert "A deep hole." in page
    assert 'value="31"' in page
    assert page.count("checked") == 2


# --- Raising a case ---------------------------------------------------------


def test_a_case_is_raised_with_everything_that_was_said(rita, asked, town):
    response = rita.post(SCREEN, raising(rita, **{"q-size": "big"}), follow=True)

    case = Case.objects.get()
    assert case.answers == {"size": "big"}
    assert case.place_label == "12 Main Street"
    assert case.customer.name == "Sam Sample"
    assert case.channel == "phone"
    assert case.collection_notice == town.notice
    assert case.clocks.get(promise="acknowledge").is_kept
    assert case.interactions.get().summary == "A deep hole."
    assert response.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "Read out: Tango Victor, " in response.content.decode()
    assert "A deep hole." in response.content.decode()


def test_questions_that_were_never_shown_are_shown_first(rita, asked):
    response = rita.post(SCREEN, raising(rita, asked=""))

    assert response.status_code == 200
    assert "This service has questions" in response.content.decode()
    assert "Choose an answer." not in response.content.decode()
    assert not Case.objects.exists()


def test_what_is_missing_is_said_beside_it_and_at_the_top(rita, asked):
    response = rita.post(SCREEN, raising(rita, place="", name="", phone=""))

    page = response.content.decode()
    assert not Case.objects.exists()
    assert "Enter where it is." in page
    assert "This service needs a name." in page
    assert "How big is it? – Choose an answer." in page
    assert 'href="#id_place"' in page


def test_somebody_who_may_be_known_is_never_guessed(rita, town):
    response = rita.post(SCREEN, raising(rita, name="Elena Rivera", email="elena.rivera@example.org"))

    assert not Case.objects.exists()
    assert "Choose who it is" in response.content.decode()


def test_a_customer_who_was_chosen_gets_the_case_and_what_is_new_about_them(rita, town):
    rita.post(SCREEN, raising(rita, name="Elena", customer=str(town.rivera.pk)))

    case = Case.objects.get()
    assert case.customer == town.rivera
    assert Customer.objects.count() == 1
    assert {point.value for point in town.rivera.contact_points.all()} >= {"905 555 0123"}


def test_somebody_said_to_be_new_is_new_even_with_the_same_name_and_address(rita, town):
    typed = raising(rita, name="Elena Rivera", email="elena.rivera@example.org", customer="new")

    rita.post(SCREEN, typed)

    assert Case.objects.get().customer != town.rivera
    assert Customer.objects.filter(name="Elena Rivera").count() == 2


def test_a_customer_that_may_not_be_looked_up_cannot_be_chosen_by_number(rita, town):
    town.roles["representative"].grants = ["intake.take", "case.read", "case.read_all"]
    town.roles["representative"].save()

    rita.post(SCREEN, raising(rita, customer=str(town.rivera.pk)))

    assert not town.rivera.cases.exists()


def test_a_letter_counts_from_the_date_it_was_received(rita, town):
    on = timezone.localdate() - timedelta(days=3)
    dated = {"received_on_day": on.day, "received_on_month": on.month, "received_on_year": on.year}

    rita.post(SCREEN, raising(rita, channel="letter", **dated))

    case = Case.objects.get()
    assert timezone.localdate(case.received_at) == on
    assert all(clock.started_at == case.received_at for clock in case.clocks.all())
    assert case.clocks.get(promise="acknowledge").is_running


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "It cannot have been received in the future."), (None, "Enter the date on which")]
)
def test_a_letter_bears_a_date_that_is_not_in_the_future(rita, town, days, sentence):
    on = timezone.localdate() + timedelta(days=days) if days else None
    dated = {"received_on_day": on.day, "received_on_month": on.month, "received_on_year": on.year} if on else {}

    response = rita.post(SCREEN, raising(rita, channel="letter", **dated))

    assert sentence in response.content.decode()
    assert not Case.objects.exists()


def test_a_service_that_is_closed_now_says_why(rita, town):
    Service.objects.filter(pk=town.pothole.pk).update(closed_reason={"en": "Only from April on."})

    response = rita.post(SCREEN, raising(rita))

    assert response.content.decode().count("Only from April on.") >= 2
    assert not Case.objects.exists()


def test_a_double_click_is_one_case_with_one_reference(rita, town):
    typed = raising(rita)

    first = rita.post(SCREEN, typed)
    second = rita.post(SCREEN, typed, follow=True)

    assert Case.objects.count() == 1
    assert Draft.objects.count() == 1
    assert second.redirect_chain == [(first["Location"], 302)]
    assert "This was saved already, once" in second.content.decode()


def test_the_draft_of_another_representative_is_out_of_reach(as_member, rita, town):
    typed = raising(rita)
    rita.post(SCREEN, typed)
    town.roles["deputy_clerk"].grants = [*town.roles["deputy_clerk"].grants, "intake.take"]
    town.roles["deputy_clerk"].save()

    assert as_member("dana").post(SCREEN, typed).status_code == 404
    assert Case.objects.count() == 1


def test_taking_a_case_in_asks_at_most_so_many_questions(asked, town, queries):
    contact = Contact(name="Sam Sample", phone="905 555 0123", is_new=True)
    matter = Matter(asked, answers={"size": "big"}, form_version=asked.questions, place=Place("12 Main Street"))
    draft = Draft.objects.create(user=town.rita, channel="phone")

    with queries() as asked_of_it:
        submit(draft, matter, by=town.rita, contact=contact)

    # Three of them queue what reacts to it.
    assert len(asked_of_it) <= 21, "\n".join(sql[:200] for sql in asked_of_it)


# --- Answered, and added to a case ------------------------------------------


def test_a_question_answered_at_once_is_counted_and_raises_no_case(rita, town):
    response = rita.post(SCREEN, {**begun(rita), "service": "question", "do": "answered"}, follow=True)

    interaction = Interaction.objects.get()
    assert interaction.outcome == "answered"
    assert interaction.service == town.question
    assert interaction.entered_by == town.rita
    assert not Case.objects.exists()
    assert Event.objects.get(name="interaction.answered").by == town.rita
    assert "Counted as answered" in response.content.decode()
    assert response.context["taking"].service is None


def test_an_answer_about_nothing_is_not_counted(rita, town):
    response = rita.post(SCREEN, {**begun(rita), "do": "answered"})

    assert "Choose the service it was about" in response.content.decode()
    assert not Interaction.objects.exists()


def test_an_answer_given_twice_by_a_double_click_counts_once(rita, town):
    typed = {**begun(rita), "summary": "When is the office open?", "do": "answered"}

    rita.post(SCREEN, typed)
    rita.post(SCREEN, typed)

    assert Interaction.objects.count() == 1


def test_a_contact_is_added_to_the_case_it_is_about(rita, town):
    case = town.case("Broken street lamp")
    typed = {**begun(rita), "reference": case.reference.lower(), "summary": "It flickers.", "do": "add"}

    rita.post(SCREEN, typed)
    rita.post(SCREEN, typed)

    assert case.interactions.filter(outcome="added").count() == 1
    assert town.events(case).filter(name="case.contacted").count() == 1


def test_an_open_case_of_theirs_can_be_chosen_instead_of_typed(rita, town):
    case = town.case("Broken street lamp")

    rita.post(SCREEN, {**begun(rita), "name": "Elena", "case": case.reference, "summary": "It flickers.", "do": "add"})

    assert case.interactions.filter(outcome="added").count() == 1


def test_a_reference_that_leads_nowhere_keeps_the_text(rita, town):
    typed = {**begun(rita), "reference": "TV-0000-0000-X", "summary": "It flickers.", "do": "add"}

    page = rita.post(SCREEN, typed).content.decode()

    assert "There is no case with this reference" in page
    assert "It flickers." in page
    assert not Interaction.objects.exists()


# --- Who, and the list ------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 403), ("ben", 403), ("lea", 403), ("otto", 403), ("rita", 200), ("dana", 403), ("ines", 403)],
)
def test_who_may_take_a_contact_in(as_member, who, status):
    browser = as_member(who)

    assert browser.get(SCREEN).status_code == status
    assert browser.get("/desk/interactions/").status_code == status


def test_the_latest_contacts_come_first(rita, town):
    older = town.case("Older", received_at=timezone.now() - timedelta(days=2))
    newer = town.case("Newer")

    response = rita.get("/desk/interactions/")

    page = response.content.decode()
    assert page.index(newer.reference) < page.index(older.reference)
    assert "Elena Rivera" in page


def test_the_list_of_contacts_does_not_ask_more_when_it_is_longer(rita, town, queries):
    town.case("One")
    with queries() as before:
        rita.get("/desk/interactions/")

    for number in range(10):
        town.case(f"Lamp {number}")
    with queries() as after:
        rita.get("/desk/interactions/")

    assert len(after) == len(before) <= 12


def test_a_screen_without_javascript_has_everything_in_one_form(rita):
    page = rita.get(SCREEN).content.decode()
    form = page[page.index('name="draft"') :]

    assert form.index('value="raise"') < form.index("</form>")
    assert 'formaction="#who"' in form
