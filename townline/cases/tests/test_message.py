import pytest

from townline.cases.models import NEVER
from townline.channels.models import Mail
from townline.core.refusals import NotPossible


def test_a_message_reaches_the_customer_by_mail(town, work):
    case = town.case("Broken street lamp", assignee=town.ada)

    message = case.message(by=town.ada, text="The crew comes on Thursday.")
    work()

    message.refresh_from_db()
    assert message.mail.state == Mail.State.SENT
    assert message.mail.contact_point.value == "elena.rivera@example.org"
    assert "The crew comes on Thursday." in message.mail.body
    assert town.events(case).get(name="case.messaged").details == {"message": message.pk}


def test_a_message_keeps_the_promise_to_answer(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.message(by=town.ada, text="The crew comes on Thursday.")

    case.refresh_from_db()
    assert case.clocks.get(promise="answer").is_kept
    assert case.due_kind == "outcome"
    assert case.due_at < NEVER


def test_a_closed_case_says_nothing_more(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    with pytest.raises(NotPossible, match="Reopen it first"):
        case.message(by=town.ada, text="One more thing.")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_write_to_the_customer(as_member, town, who, status):
    case = town.case("Broken street lamp", assignee=town.ada)

    response = as_member(who).post(f"/desk/cases/{case.reference}/message/", {"text": "The crew comes on Thursday."})

    assert response.status_code == status


def test_the_page_says_where_the_message_goes(as_member, town):
    case = town.case("Broken street lamp", assignee=town.ada)

    page = as_member("ada").get(f"/desk/cases/{case.reference}/message/").content.decode()

    assert "elena.rivera@example.org" in page


@pytest.mark.parametrize("page", ["", "message/", "close/"])
def test_who_has_no_address_that_works_is_to_be_told_otherwise(as_member, town, page):
    told = "This customer has no e-mail address that works. Tell them by phone or by letter"
    case = town.case("Broken street lamp", assignee=town.ada)
    reached = as_member("ada").get(f"/desk/cases/{case.reference}/{page}").content.decode()
    town.rivera.contact_points.update(status="failing")
    unreached = as_member("ada").get(f"/desk/cases/{case.reference}/{page}").content.decode()

    assert told not in reached
    assert told in unreached


def test_something_newer_is_shown_before_the_message_goes(as_member, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    address = f"/desk/cases/{case.reference}/message/"
    seen = as_member("ada").get(address).context["form"]["seen"].value()
    case.contact(by=town.rita, channel="phone", text="It works again.")

    response = as_member("ada").post(address, {"text": "The crew comes on Thursday.", "seen": seen})

    assert response.status_code == 200
    page = response.content.decode()
    assert "It works again." in page
    assert "The crew comes on Thursday." in page
    assert not case.messages.exists()

    seen = response.context["form"]["seen"].value()
    as_member("ada").post(address, {"text": "The crew comes on Thursday.", "seen": seen})
    assert case.messages.count() == 1


def test_a_message_by_the_interface(call, town):
    case = town.case("Broken street lamp", assignee=town.ada)

    assert call("ada", f"cases/{case.reference}/message", text="The crew comes.").status_code == 200
    assert call("ben", f"cases/{case.reference}/message", text="The crew comes.").status_code == 403
    assert case.messages.get().text == "The crew comes."
