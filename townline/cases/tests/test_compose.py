"""Writing on a case: templates, drafts, the preview, and who it goes to; nothing typed is lost."""

import pytest
from django.core import mail as outgoing

from townline.cases.letters import preview
from townline.cases.models import Unsent
from townline.core.refusals import NotPossible
from townline.customers.models import Customer
from townline.wording.models import Template


def a_template(town, use="message", **more):
    given = {"code": "thursday", "name": {"en": "On Thursday"}, "text": {"en": "{reference}: on Thursday, {place}."}}
    return Template.objects.create(use=use, **given | more)


@pytest.fixture
def case(town):
    return town.case("Broken street lamp", assignee=town.ada)


@pytest.fixture
def address(case):
    return f"/desk/cases/{case.reference}/message/"


def test_a_template_is_put_into_the_text_with_its_values(as_member, town, case, address):
    case.place_label = "12 Main Street"
    case.save()
    template = a_template(town)

    page = as_member("ada").post(
        address, {"step": "insert", "template": template.pk, "text": "Hello,", "language": "en"}
    )

    assert page.context["form"]["text"].value() == f"Hello,\n{case.reference}: on Thursday, 12 Main Street."
    assert page.context["form"]["began_with"].value() == template.pk


def test_it_is_put_where_the_writer_was(as_member, town, case, address):
    template = a_template(town, text={"en": "on Thursday"})

    page = as_member("ada").post(
        address, {"step": "insert", "template": template.pk, "text": "We come\r\n\r\nBye", "position": "8"}
    )

    assert page.context["form"]["text"].value() == "We come\non Thursday\nBye"


def test_what_the_case_lacks_is_said_and_the_message_is_not_sent_with_it(as_member, town, case, address):
    template = a_template(town)

    page = as_member("ada").post(address, {"step": "insert", "template": template.pk, "text": ""})
    assert "nothing to put in place of {place}" in page.content.decode()

    refused = as_member("ada").post(address, {"text": page.context["form"]["text"].value()})
    assert "Write something in place of {place}, or take it out." in refused.content.decode()
    assert not case.messages.exists()
    with pytest.raises(NotPossible, match="in place of"):
        case.message(by=town.ada, text="By {due}.")


def test_a_french_case_gets_the_french_words_or_a_mark(as_member, town, address, case):
    case.language = "fr"
    case.save()
    both = a_template(town, text={"en": "On Thursday", "fr": "Jeudi"})
    english = a_template(town, code="english", text={"en": "On Friday"})
    ada = as_member("ada")

    page = ada.post(address, {"step": "insert", "template": both.pk, "text": "", "language": "fr"})
    assert page.context["form"]["text"].value() == "Jeudi"
    assert "no French text" not in page.content.decode()

    page = ada.post(address, {"step": "insert", "template": english.pk, "text": "", "language": "fr"})
    assert page.context["form"]["text"].value() == "On Friday"
    assert "This template has no French text. The English one stands below." in page.content.decode()


def test_the_list_suggests_by_service_and_kind_and_offers_no_other_departments(as_member, town, address):
    a_template(town)
    a_template(town, code="pothole", name={"en": "Potholes"}, service=town.pothole)
    a_template(town, code="kind", name={"en": "Any request"}, kind="service_request")
    a_template(town, code="noise", name={"en": "Noise"}, service=town.noise)
    a_template(town, code="foreign", name={"en": "By-law’s own"}, department=town.bylaw)
    a_template(town, code="own", name={"en": "Our own"}, department=town.roads)
    a_template(town, code="gone", name={"en": "Retired"}, is_active=False)

    groups = as_member("ada").get(address).context["groups"]

    assert [(group, [one.label for one in offered]) for group, offered in groups] == [
        ("Suggested", ["Potholes", "Any request"]),
        ("For everything", ["On Thursday", "Our own"]),
        ("For other cases", ["Noise"]),
    ]


def test_closing_words_bring_their_outcome(as_member, town, case):
    template = a_template(town, use="closing", outcome="done", text={"en": "It is done."})

    page = as_member("ada").post(
        f"/desk/cases/{case.reference}/close/", {"step": "insert", "template": template.pk, "words": ""}
    )

    assert page.context["form"]["words"].value() == "It is done."
    assert page.context["form"]["outcome"].value() == "done"
    assert page.context["groups"][0][1][0].label == "Done: On Thursday"


def test_the_message_remembers_the_version_it_was_begun_with(as_member, town, case, address):
    template = a_template(town)

    as_member("ada").post(address, {"text": "On Thursday.", "began_with": template.pk})

    assert case.messages.get().template == template


def test_the_preview_is_what_is_sent(as_member, town, case, address, work):
    ada = as_member("ada")
    typed = {"text": "La lampe\n\n  sera réparée jeudi. <b>", "language": "fr"}

    shown = ada.post(address, {**typed, "step": "preview"}).context["preview"]
    assert not case.messages.exists()
    ada.post(address, typed)
    work()

    sent = next(one for one in outgoing.outbox if one.subject == shown.subject)
    assert (sent.body, sent.from_email, sent.to) == (shown.body, shown.sender, [shown.to])
    assert sent.extra_headers["Content-Language"] == shown.language == "fr"
    assert "Demande" in shown.subject or "demande" in shown.subject


def test_the_preview_of_an_end_is_what_is_sent(as_member, town, case, work):
    ada = as_member("ada")
    typed = {"words": "The lamp was replaced.", "outcome": "done"}

    shown = ada.post(f"/desk/cases/{case.reference}/close/", {**typed, "step": "preview"}).context["preview"]
    ada.post(f"/desk/cases/{case.reference}/close/", typed)
    work()

    sent = next(one for one in outgoing.outbox if one.subject == shown.subject)
    assert sent.body == shown.body


def test_without_a_working_address_the_preview_says_that_nothing_goes_out(as_member, town, address):
    town.rivera.contact_points.update(status="failing")

    page = as_member("ada").post(address, {"text": "Hello.", "step": "preview"})

    assert "No e-mail goes out." in page.content.decode()


def test_another_address_of_the_customer_is_confirmed_first(as_member, town, case, address, work):
    other = town.rivera.contact_points.create(kind="email", value="elena@work.example")
    ada = as_member("ada")

    asked = ada.post(address, {"text": "Hello.", "to": other.pk})
    assert "This goes to elena@work.example, which is not the address" in asked.content.decode()
    assert not case.messages.exists()

    ada.post(address, {"text": "Hello.", "to": other.pk, "confirmed": "on"})
    work()
    assert case.messages.get().mail.contact_point == other


def test_an_address_of_somebody_else_is_refused(town, case):
    stranger = Customer.objects.create(name="Sample Person").contact_points.create(kind="email", value="x@example.org")

    with pytest.raises(NotPossible, match="not one of the customer’s"):
        case.message(by=town.ada, text="Hello.", to=stranger)


def test_whatever_is_posted_is_a_draft_until_it_is_sent(as_member, town, case, address):
    ada = as_member("ada")

    ada.post(address, {"text": "The crew", "step": "keep"})
    assert "You have a draft from" in ada.get(case.get_absolute_url()).content.decode()
    page = ada.get(address)
    assert page.context["form"]["text"].value() == "The crew"

    ada.post(address, {"text": "The crew comes.", "revision": page.context["form"]["revision"].value()})
    assert not case.unsent.exists()
    assert case.messages.get().text == "The crew comes."


def test_a_refused_message_is_a_draft(as_member, town, case, address):
    ada = as_member("ada")
    case.assign(by=town.lea, to=town.ben)

    assert ada.post(address, {"text": "The crew comes."}).status_code == 403
    assert case.unsent.get().text == "The crew comes."

    case.close(by=town.ben, outcome="done", words="Done.")
    assert as_member("lea").post(address, {"text": "Lea’s words."}).status_code == 409
    assert {draft.text for draft in case.unsent.all()} == {"The crew comes.", "Lea’s words."}


def test_two_windows_are_told_of_each_other(as_member, town, case, address):
    ada = as_member("ada")
    ada.post(address, {"text": "From the first window", "step": "keep"})

    page = ada.post(address, {"text": "From the second window", "step": "keep", "revision": "0"})

    assert "From the first window" in page.content.decode()
    assert page.context["form"]["text"].value() == "From the second window"
    ada.post(address, {"text": "Both", "step": "keep", "revision": page.context["form"]["revision"].value()})
    assert case.unsent.get().text == "Both"


def test_a_colleague_finishes_the_reply(as_member, town, case, address):
    as_member("ada").post(address, {"text": "The crew", "step": "keep"})
    draft = case.unsent.get()
    case.assign(by=town.lea, to=town.ben)
    ben = as_member("ben")

    assert "Ada Bell has a draft from" in ben.get(case.get_absolute_url()).content.decode()
    page = ben.get(f"{address}?draft={draft.pk}")
    assert page.context["form"]["text"].value() == "The crew"

    ben.post(address, {"text": "The crew comes.", "continues": page.context["form"]["continues"].value()})
    assert case.messages.get().by == town.ben
    assert not Unsent.objects.exists()


def test_a_draft_that_went_on_is_not_ended_by_the_colleague(as_member, town, case, address):
    as_member("ada").post(address, {"text": "The crew", "step": "keep"})
    draft = case.unsent.get()

    as_member("ada").post(address, {"text": "The crew and I", "step": "keep", "revision": "1"})
    as_member("lea").post(address, {"text": "Sent.", "continues": f"{draft.pk}_1"})

    assert case.unsent.get().text == "The crew and I"


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("ben", 403), ("lea", 403), ("otto", 404), ("dana", 403)])
def test_only_its_author_throws_a_draft_away(as_member, town, case, who, status):
    draft, _kept = Unsent.keep(case, by=town.ada, verb="message", typed={"text": "The crew"}, seen=0)

    assert as_member(who).post(f"/desk/cases/{case.reference}/draft/{draft.pk}/discard/").status_code == status
    assert Unsent.objects.exists() == (who != "ada")


def test_the_page_keeps_what_is_typed_by_itself(as_member, town, case):
    ada = as_member("ada")
    keep = f"/desk/cases/{case.reference}/draft/message/"

    first = ada.post(keep, {"text": "The"}).json()
    second = ada.post(keep, {"text": "The crew", "revision": first["revision"]}).json()
    other = ada.post(keep, {"text": "Something else", "revision": "1"}).json()

    assert first["sentence"].startswith("Draft kept at ")
    assert second["revision"] == 2
    assert "another window" in other["sentence"]
    assert case.unsent.get().text == "The crew"
    assert ada.post(f"/desk/cases/{case.reference}/draft/nothing/", {"text": "x"}).status_code == 404


def test_something_newer_is_shown_before_the_case_is_closed(as_member, town, case):
    ada, address = as_member("ada"), f"/desk/cases/{case.reference}/close/"
    seen = ada.get(address).context["form"]["seen"].value()
    case.contact(by=town.rita, channel="phone", text="It works again.")

    page = ada.post(address, {"words": "Replaced.", "outcome": "done", "seen": seen})

    assert "It works again." in page.content.decode()
    case.refresh_from_db()
    assert not case.is_closed


def test_nonsense_in_hidden_fields_is_as_good_as_nothing(as_member, town, case, address):
    odd = {"seen": "x", "revision": "-1", "continues": "9" * 40, "began_with": "²", "template": "x", "position": "x"}

    assert as_member("ada").post(address, {**odd, "text": "Hello.", "step": "insert"}).status_code == 200
    assert as_member("ada").post(address, {**odd, "text": "Hello.", "step": "nonsense"}).status_code == 302


def test_the_previewed_link_is_the_one_in_the_mail_all_day(town, case):
    one = preview(case, text="Hello.", language="en", to=None, by=town.ada)
    two = preview(case, text="Hello.", language="en", to=None, by=town.ada)

    assert one == two


def test_one_s_drafts_stand_on_one_page_and_only_those_of_cases_one_may_see(as_member, town, case):
    secret = town.case("Quiet matter", is_confidential=True)
    Unsent.keep(case, by=town.ada, verb="message", typed={"text": "The crew"}, seen=0)
    Unsent.keep(case, by=town.ben, verb="note", typed={"text": "Ben’s note"}, seen=0)
    Unsent.keep(secret, by=town.ada, verb="note", typed={"text": "A quiet note"}, seen=0)

    page = as_member("ada").get("/desk/drafts/").content.decode()

    assert "The crew" in page
    assert "Ben’s note" not in page
    assert "A quiet note" not in page
    assert "You have no drafts" in as_member("lea").get("/desk/drafts/").content.decode()
