"""A clerk writes the questions of a service: row by row, tried, published; and what is refused."""

import pytest

from townline.cases.models import Draft
from townline.catalogue.models import Service
from townline.questions.models import FormVersion
from townline.setup.models import FormDraft, Sample
from townline.setup.tests.typing import typed
from townline.timeline.models import Event

pytestmark = pytest.mark.django_db

HERE = "/desk/setup/services/pothole/questions/"
DRAFT = f"{HERE}draft/"


@pytest.fixture
def dana(as_member, town):
    """The Deputy Clerk at her desk, with a service whose row is whole."""
    way = {"mode": "central", "reason": {"en": "One place."}}
    Service.objects.update(provenance={"mark": "P"}, centralisation={"intake": way, "decision": way, "fulfilment": way})
    return as_member("dana")


def write(browser, address, **fields):
    """Open a page of the editor and send its form, with some of it typed over."""
    return browser.post(address, typed(browser.get(address), "seen", **fields))


def both(name, en, fr=None):
    """A text in both languages."""
    return {f"{name}_en": en, f"{name}_fr": f"{en} (fr)" if fr is None else fr}


def begun(browser):
    """A draft with one page and a question of two choices."""
    browser.post(f"{HERE}begin/")
    write(browser, f"{DRAFT}pages/add/", **both("title", "The hole"))
    write(
        browser, f"{DRAFT}pages/the_hole/add/", kind="one_choice", required="on", **both("label", "How big is it?"),
        **both("option_0_label", "Small"), **both("option_1_label", "Big"),
    )  # fmt: skip
    return FormDraft.objects.get()


def send(browser, verb, **fields):
    """Press a button of the draft."""
    return browser.post(f"{DRAFT}{verb}/", {"seen": FormDraft.objects.get().changes, **fields})


def test_a_draft_is_written_row_by_row_and_published_as_a_version(dana, town):
    begun(dana)
    write(
        dana, f"{DRAFT}pages/the_hole/add/", kind="number", if_0="how_big_is_it|is|big", min="1",
        **both("label", "How many centimetres?"),
    )  # fmt: skip
    page = dana.get(DRAFT).content.decode()
    assert "Only if “How big is it?” is “Big”." in page

    response = send(dana, "publish")

    assert response.url == HERE
    version = FormVersion.objects.get()
    assert (version.code, version.version) == ("pothole", 1)
    assert Service.objects.get(code="pothole").questions == version
    first, second = version.parsed.pages[0].questions
    assert (first.id, [one.code for one in first.options], first.required) == ("how_big_is_it", ["small", "big"], True)
    assert second.min == 1
    assert not FormDraft.objects.exists()
    assert Event.objects.get(name="formdraft.published").details == {"version": 1, "service": town.pothole.pk}


def test_drafts_of_customers_stay_with_the_version_they_were_begun_with(dana, town, client):
    begun(dana)
    send(dana, "publish")
    client.post("/services/pothole/start/")
    dana.post(f"{HERE}begin/")
    dana.post(f"{DRAFT}questions/how_big_is_it/remove/", {"seen": 0})
    write(dana, f"{DRAFT}pages/the_hole/add/", kind="yes_no", **both("label", "Is it on a bridge?"))
    send(dana, "publish")

    draft = Draft.objects.get()
    page = client.get(f"/ask/{draft.token}/q-the_hole/").content.decode()

    assert draft.form_version.version == 1
    assert "How big is it?" in page
    assert Service.objects.get(code="pothole").questions.version == 2
    assert FormVersion.objects.get(version=2).definition["retired"] == ["how_big_is_it"]


def test_a_question_without_a_language_is_refused_at_publishing_with_its_row(dana):
    begun(dana)
    write(dana, f"{DRAFT}pages/the_hole/add/", kind="date", **both("label", "Since when?", ""))

    response = send(dana, "publish")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Question 2, “Since when?”" in page
    assert "The text is missing in “fr”." in page
    assert not FormVersion.objects.exists()


def test_a_condition_that_looks_forward_is_refused_at_publishing_with_its_row(dana):
    begun(dana)
    write(
        dana, f"{DRAFT}pages/the_hole/add/", kind="yes_no", if_0="how_big_is_it|is|big", **both("label", "Is it deep?")
    )
    dana.post(f"{DRAFT}questions/is_it_deep/move/", {"seen": FormDraft.objects.get().changes, "up": "yes"})

    response = send(dana, "publish")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Question 1, “Is it deep?”" in page
    assert "A rule only looks back" in page


def test_only_earlier_questions_can_be_chosen_for_a_condition(dana):
    begun(dana)

    page = write(dana, f"{DRAFT}questions/how_big_is_it/", if_0="how_big_is_it|is|big").content.decode()

    assert "Nothing is asked before this" in dana.get(f"{DRAFT}questions/how_big_is_it/").content.decode()
    assert "there" not in page
    assert "show_if" not in FormDraft.objects.get().pages[0]["questions"][0]


def test_a_short_name_that_is_taken_is_refused_with_the_row_that_has_it(dana):
    begun(dana)

    response = write(
        dana, f"{DRAFT}pages/the_hole/add/", kind="date", id="how_big_is_it", **both("label", "Since when?")
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "is the short name of the question “How big is it?” already" in page
    assert "Since when?" in page
    assert len(FormDraft.objects.get().pages[0]["questions"]) == 1


def test_a_choice_can_end_the_form_and_lead_to_another_door(dana, town):
    begun(dana)
    write(
        dana, f"{DRAFT}questions/how_big_is_it/", option_1_phone="905-555-0123", option_1_service="noise",
        **both("option_1_stop", "Call now."),
    )  # fmt: skip

    option = FormDraft.objects.get().parsed.pages[0].questions[0].options[1]
    assert option.stop["en"] == "Call now."
    assert (option.instead.phone, option.instead.service, option.code) == ("905-555-0123", "noise", "big")


def test_samples_are_kept_as_tests_that_must_hold_before_publishing(dana, town):
    begun(dana)
    write(dana, f"{DRAFT}pages/the_hole/add/", kind="date", if_0="how_big_is_it|is|big", **both("label", "Since when?"))
    answers = {"q-how_big_is_it": "small", "keep": "yes", "name": "A small hole"}
    tried = dana.post(f"{DRAFT}try/", {"q-how_big_is_it": "big"})
    assert "It could be sent like this" in tried.content.decode()
    assert dana.post(f"{DRAFT}try/", answers).url == DRAFT
    sample = Sample.objects.get()
    assert sample.expects == {"asked": ["how_big_is_it"], "wrong": [], "stop": ""}

    write(dana, f"{DRAFT}questions/since_when/", if_0="")
    refused = send(dana, "publish")

    assert refused.status_code == 409
    assert "The test “A small hole” does not hold: “Since when?” is asked now." in refused.content.decode()
    dana.post(f"{DRAFT}tests/{sample.pk}/accept/")
    assert send(dana, "publish").status_code == 302


def test_the_second_of_two_who_edit_is_told_who_was_first_and_keeps_what_was_typed(dana):
    begun(dana)
    mine = typed(dana.get(f"{DRAFT}questions/how_big_is_it/"), "seen", label_en="How wide is it?")
    write(dana, f"{DRAFT}questions/how_big_is_it/", label_en="How deep is it?")

    response = dana.post(f"{DRAFT}questions/how_big_is_it/", mine)

    page = response.content.decode()
    assert "Dana Whitfield has changed the questions since you opened the page" in page
    assert "How wide is it?" in page
    assert dana.post(f"{DRAFT}questions/how_big_is_it/", typed(response, "seen")).status_code == 302
    assert FormDraft.objects.get().pages[0]["questions"][0]["label"]["en"] == "How wide is it?"


def test_questions_and_pages_are_moved_over_the_edge_and_taken_out(dana):
    begun(dana)
    write(dana, f"{DRAFT}pages/add/", **both("title", "More"), if_0="how_big_is_it|not|small")
    dana.post(f"{DRAFT}questions/how_big_is_it/move/", {"seen": FormDraft.objects.get().changes})
    assert [len(page["questions"]) for page in FormDraft.objects.get().pages] == [0, 1]
    assert dana.post(f"{DRAFT}questions/how_big_is_it/move/", {"seen": 4}).status_code == 409

    dana.post(f"{DRAFT}pages/the_hole/move/", {"seen": FormDraft.objects.get().changes})
    dana.post(f"{DRAFT}pages/the_hole/remove/", {"seen": FormDraft.objects.get().changes})

    assert [page["id"] for page in FormDraft.objects.get().pages] == ["more"]
    assert "The page has no questions" not in dana.get(DRAFT).content.decode()


def test_a_list_is_a_page_that_is_answered_once_for_each_item(dana):
    begun(dana)

    write(dana, f"{DRAFT}pages/add/", **both("title", "The dogs"), **both("item", "dog"), least="1", most="3")

    assert FormDraft.objects.get().parsed.pages[1].repeat.max == 3
    page = write(dana, f"{DRAFT}pages/add/", **both("title", "The cats"), **both("item", "cat")).content.decode()
    assert "A list needs both" in page


def test_personal_information_without_a_notice_of_collection_is_refused(dana, town):
    Service.objects.filter(code="pothole").update(collection_notice=None, contact="none")
    begun(dana)
    write(dana, f"{DRAFT}pages/the_hole/add/", kind="email", pii="on", **both("label", "Your address?"))

    response = send(dana, "publish")

    assert response.status_code == 409
    assert "shows no notice of collection" in response.content.decode()


def test_a_draft_that_was_overtaken_by_a_pack_cannot_be_published(dana, town):
    draft = begun(dana)
    FormVersion.objects.create(code="pothole", version=1, definition={**draft.definition, "version": 1})

    assert "Another version came into force" in send(dana, "publish").content.decode()


def test_discarding_leaves_what_is_asked(dana):
    begun(dana)
    send(dana, "publish")
    dana.post(f"{HERE}begin/")

    send(dana, "discard")

    assert not FormDraft.objects.exists()
    assert Service.objects.get(code="pothole").questions.version == 1


def test_limits_that_mean_nothing_and_values_that_cannot_be_read_are_refused_at_their_field(dana):
    begun(dana)

    response = write(
        dana, f"{DRAFT}pages/the_hole/add/", kind="short_text", min="3", max_length="50", **both("label", "Where?")
    )

    assert "This means nothing for “Short text”." in str(response.context["form"].errors["min"])


@pytest.mark.parametrize(("who", "status"), [("ada", 404), ("lea", 404), ("ines", 403), ("dana", 302)])
def test_who_may_begin_a_draft(as_member, town, who, status):
    assert as_member(who).post(f"{HERE}begin/").status_code == status
