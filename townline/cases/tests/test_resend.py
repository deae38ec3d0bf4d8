"""A message that did not arrive is sent again, to its address or a corrected one; the failure stays in the history."""

import pytest

from townline.cases.letters import address_of
from townline.cases.models import Case
from townline.cases.tests.doings import with_a_message
from townline.channels.models import Mail
from townline.core.refusals import NotPossible


@pytest.fixture
def case(town):
    return with_a_message(town, Mail.State.FAILED)


def test_it_is_sent_again_to_the_same_address(town, case, work):
    message = case.messages.get()

    case.resend(by=town.ben, message=message.pk)
    work()

    message.mail.refresh_from_db()
    assert message.mail.state == Mail.State.SENT
    assert town.events(case).get(name="case.resent").details == {"about": message.pk, "new_mail": message.mail_id}


def test_a_corrected_address_gets_the_same_words_and_the_old_failure_stays(town, case, work):
    town.rivera.contact_points.update(status="failing")
    failed = case.messages.get().mail

    case.resend(by=town.ben, message=case.messages.get().pk, address="elena@right.example")
    work()

    failed.refresh_from_db()
    new = case.messages.get().mail
    assert (failed.state, failed.last_error, failed.replaced_by) == ("replaced", "550 no such mailbox", new)
    assert (new.state, new.subject, new.body) == ("sent", failed.subject, failed.body)
    assert new.contact_point.value == "elena@right.example"
    assert address_of(Case.objects.get(pk=case.pk)) == new.contact_point
    assert town.events(case).filter(name="mail.redirected").exists()


def test_what_has_not_failed_is_not_sent_again(town, case):
    message = case.messages.get()
    Mail.objects.update(state=Mail.State.SENT)

    with pytest.raises(NotPossible, match="has not failed"):
        case.resend(by=town.ben, message=message.pk)


def test_what_did_not_go_by_mail_or_is_of_another_case_is_refused(town):
    case, other = with_a_message(town), with_a_message(town)

    with pytest.raises(NotPossible, match="did not go by e-mail"):
        case.resend(by=town.ben, message=case.messages.get().pk)
    with pytest.raises(NotPossible, match="no such message"):
        case.resend(by=town.ben, message=other.messages.get().pk)


def test_the_page_of_the_case_says_what_the_server_said_and_leads_there(as_member, town, case):
    page = as_member("ben").get(case.get_absolute_url()).content.decode()
    address = f"/desk/cases/{case.reference}/resend/?message={case.messages.get().pk}"

    assert "550 no such mailbox" in page
    assert f'href="{address}"' in page
    asked = as_member("ben").get(address)
    assert asked.context["form"]["address"].value() == "elena.rivera@example.org"


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("ben", 302), ("lea", 302), ("rita", 403), ("otto", 404)])
def test_who_may(as_member, town, case, who, status):
    typed = {"message": case.messages.get().pk, "address": "elena@right.example"}

    assert as_member(who).post(f"/desk/cases/{case.reference}/resend/", typed).status_code == status


def test_a_bounce_stops_writing_to_the_address(as_member, town):
    case = with_a_message(town, Mail.State.SENT)
    mail = case.messages.get().mail

    as_member("rita").post(f"/desk/mail/{mail.pk}/bounce/", {"why": "unknown"})

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("bounced", "There is no such address")
    assert town.rivera.contact_points.get().status == "failing"
    assert "Came back" in as_member("ada").get(case.get_absolute_url()).content.decode()
    assert "came back" in as_member("rita").get("/desk/mail/?state=bounced").content.decode().lower()


def test_by_the_interface(call, town, case):
    pk = case.messages.get().pk

    assert call("ben", f"cases/{case.reference}/resend", message=pk, to="x").status_code == 422
    assert call("ben", f"cases/{case.reference}/resend", message=pk, to="e@right.example").status_code == 200
    assert call("rita", f"cases/{case.reference}/resend", message=pk).status_code == 403
