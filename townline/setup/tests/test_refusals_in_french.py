"""A clerk who works in French is refused in French: each fault of the setup, at its page, with nothing lost."""

import pytest

from townline.accounts.models import Calendar, Role
from townline.cases.models import Draft
from townline.catalogue.models import Service, Standard
from townline.questions.models import FormVersion
from townline.setup.models import FormDraft
from townline.setup.tests.typing import typed

pytestmark = pytest.mark.django_db

POTHOLE = "/desk/setup/services/pothole/"
DRAFT = f"{POTHOLE}questions/draft/"
P = {"mark": "P"}


@pytest.fixture
def dana(as_member, town):
    """The Deputy Clerk, who works in French, with a service whose row is whole."""
    way = {"mode": "central", "reason": {"en": "One place."}}
    Service.objects.update(provenance=P, centralisation={"intake": way, "decision": way, "fulfilment": way})
    town.dana.language = "fr"
    town.dana.save()
    return as_member("dana")


def send(browser, address, **other):
    """Open the page of a row and send its form, with some of it typed over."""
    return browser.post(address, typed(browser.get(address), "seen", **other))


def text_of(response):
    """The page, with common spaces."""
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def both(name, en, fr):
    """A text in both languages."""
    return {f"{name}_en": en, f"{name}_fr": fr}


def written(browser):
    """A draft with one page, a question, and one that is asked only after it."""
    browser.post(f"{POTHOLE}questions/begin/")
    send(browser, f"{DRAFT}pages/add/", **both("title", "The hole", "Le trou"))
    add = f"{DRAFT}pages/the_hole/add/"
    send(browser, add, kind="yes_no", **both("label", "Is it big?", "Est-il gros?"))
    send(browser, add, kind="yes_no", if_0="is_it_big|is|yes", **both("label", "Is it deep?", "Est-il profond?"))
    return FormDraft.objects.get()


def test_questions_that_look_forward_or_lack_a_language_are_refused_with_their_rows(dana):
    written(dana)
    send(dana, f"{DRAFT}pages/the_hole/add/", kind="date", **both("label", "Since when?", ""))
    dana.post(f"{DRAFT}questions/is_it_deep/move/", {"seen": FormDraft.objects.get().changes, "up": "yes"})

    response = dana.post(f"{DRAFT}publish/", {"seen": FormDraft.objects.get().changes})

    page = text_of(response)
    assert response.status_code == 409
    assert "Question 1, « Est-il profond? »" in page
    assert "Une règle regarde seulement en arrière" in page
    assert "Question 3, « Since when? »" in page
    assert "Le texte manque en « fr »." in page
    assert not FormVersion.objects.exists()


def test_a_short_name_that_is_taken_is_refused_with_its_row(dana):
    written(dana)

    add = f"{DRAFT}pages/the_hole/add/"

    page = text_of(send(dana, add, kind="date", id="is_it_big", **both("label", "Since?", "Depuis?")))

    assert "est déjà le nom court de la question « Est-il gros? »" in page
    assert "Depuis?" in page


def test_only_what_can_be_moved_is_offered_a_move(dana):
    written(dana)

    page = dana.get(DRAFT).content.decode()

    assert "Descendre la question 1" in page
    assert "Descendre la question 2" not in page
    assert "Monter la question 1" not in page
    assert "Descendre la page 1" not in page


def test_a_standard_shorter_than_its_own_acknowledgement_is_refused_at_its_amount(dana):
    Standard.objects.update(provenance=P, amount=10)
    Standard.objects.filter(code="acknowledge").update(amount=5)

    response = send(dana, "/desk/setup/standards/outcome/", amount="2")

    (sentence,) = response.context["form"].errors["amount"]
    assert "c’est plus court que l’accusé de réception « acknowledge »" in sentence.replace("\xa0", " ")
    assert "dans un délai de 2 jours ouvrables" in sentence
    assert Standard.objects.get(code="outcome").amount == 10


def test_a_notice_that_ends_before_it_begins_is_refused(dana):
    page = dana.post(
        "/desk/notices/new/",
        {
            "kind": "event", **both("name", "Leaf pickup", "Ramassage"), **both("text", "Put them out.", "Sortez-les."),
            "from_on_day": "25", "from_on_month": "11", "from_on_year": "2040", "from_time": "08:00",
            "until_on_day": "24", "until_on_month": "11", "until_on_year": "2040", "until_time": "16:30",
        },
    )  # fmt: skip

    assert "Il finit avant de commencer." in page.content.decode()
    assert page.context["form"]["text_fr"].value() == "Sortez-les."


def test_a_role_that_would_lock_out_the_last_administrator_is_refused(as_member, town):
    Role.objects.update(provenance=P)
    town.ines.language = "fr"
    town.ines.save()

    response = send(as_member("ines"), "/desk/setup/roles/administrator/", grants=["setup.read"])

    assert "Il ne resterait personne pour inviter du personnel." in text_of(response)
    assert "accounts.invite" in Role.objects.get(code="administrator").grants


def test_the_second_of_two_clerks_loses_nothing_and_sees_the_words_of_the_first(dana):
    mine = typed(dana.get(POTHOLE), "seen", **both("summary", "My words.", "Mes mots."))
    send(dana, POTHOLE, **both("summary", "Her words.", "Ses mots."))

    response = dana.post(POTHOLE, mine)

    page = text_of(response)
    assert response.status_code == 409
    assert "Dana Whitfield a changé ceci pendant que vous écriviez." in page
    assert "Ses mots." in page
    assert typed(response, "seen")["summary_fr"] == ["Mes mots."]


def test_a_calendar_without_opening_hours_is_refused(dana):
    Calendar.objects.update(provenance=P, holidays="none")
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

    empty = send(dana, "/desk/setup/calendars/office/", **{f"hours__{day}": "" for day in days})
    turned = send(dana, "/desk/setup/calendars/office/", hours__mon="16:30-8:30")

    assert "Sans heures d’ouverture, rien n’arriverait jamais à échéance." in empty.content.decode()
    assert "De 16:30 à 08:30" in text_of(turned)


def test_a_service_for_staff_that_would_be_shared_is_refused(dana):
    page = text_of(send(dana, POTHOLE, door="staff", is_public=[], shares="service"))

    assert "Un service pour le personnel ne communique rien de ses dossiers" in page
    assert Service.objects.get(code="pothole").door != "staff"


def test_a_request_under_way_is_answered_in_french_when_the_service_is_retired(dana, client):
    client.post("/fr/services/pothole/start/")
    draft = Draft.objects.get()

    dana.post(f"{POTHOLE}retire/")

    page = text_of(client.get(f"/fr/ask/{draft.token}/where/"))
    assert "905-555-0100" in page
    assert "Cette demande a été fermée après que vous avez commencé." in page


def test_a_case_shows_its_answers_by_the_version_it_was_asked_with(dana, town):
    draft = written(dana)
    dana.post(f"{DRAFT}publish/", {"seen": draft.changes})
    first = FormVersion.objects.get()
    case = town.case("Hole", assignee=town.dana, form_version=first, answers={"is_it_big": "yes", "is_it_deep": "no"})
    dana.post(f"{POTHOLE}questions/begin/")
    dana.post(f"{DRAFT}questions/is_it_deep/remove/", {"seen": 0})
    send(dana, f"{DRAFT}questions/is_it_big/", **both("label", "Is it wide?", "Est-il large?"))
    dana.post(f"{DRAFT}publish/", {"seen": FormDraft.objects.get().changes})

    page = dana.get(f"/desk/cases/{case.reference}/").content.decode()

    assert Service.objects.get(code="pothole").questions.version == 2
    assert "Est-il gros?" in page
    assert "Est-il profond?" in page
    assert "Est-il large?" not in page
