import pytest

from townline.channels.models import Mail
from townline.timeline.models import Event


@pytest.fixture
def failed(town):
    """A mail that the mail server refused for good."""
    mail = Mail.objects.create(
        contact_point=town.rivera_email,
        purpose="message",
        language="en",
        subject="About your request",
        body="The crew comes on Thursday.\n\nRoads",
        message_id="<m1@townline.example>",
    )
    mail.fail(by=town.system, why="550 5.1.1 no such mailbox")
    mail.refresh_from_db()
    return mail


def test_failed_mail_comes_first_with_the_servers_own_words(as_member, failed):
    page = as_member("rita").get("/desk/mail/").content.decode()

    assert "550 5.1.1 no such mailbox" in page
    assert "elena.rivera@example.org" in page
    assert f'action="/desk/mail/{failed.pk}/resend/"' in page


def test_one_mail_is_shown_as_it_was_sent(as_member, failed):
    page = as_member("rita").get(f"/desk/mail/{failed.pk}/").content.decode()

    assert "The crew comes on Thursday." in page
    assert "&lt;m1@townline.example&gt;" in page


def test_a_failed_mail_is_sent_again(as_member, failed, town, work):
    response = as_member("rita").post(f"/desk/mail/{failed.pk}/resend/")
    work()

    failed.refresh_from_db()
    assert response.status_code == 302
    assert failed.state == Mail.State.SENT
    event = Event.objects.get(name="mail.resent")
    assert event.by == town.rita


def test_a_mail_that_has_not_failed_is_not_sent_again(as_member, failed, work):
    rita = as_member("rita")
    rita.post(f"/desk/mail/{failed.pk}/resend/")

    assert rita.post(f"/desk/mail/{failed.pk}/resend/").status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 403), ("ben", 403), ("lea", 403), ("otto", 403), ("rita", 200), ("dana", 200), ("ines", 403)],
)
def test_who_may_open_the_outbox(as_member, failed, who, status):
    assert as_member(who).get("/desk/mail/").status_code == status


@pytest.mark.parametrize(("who", "status"), [("ada", 404), ("rita", 302), ("dana", 302), ("ines", 404)])
def test_who_may_send_again(as_member, failed, who, status):
    assert as_member(who).post(f"/desk/mail/{failed.pk}/resend/").status_code == status


def test_without_a_mail_server_the_page_says_where_mail_goes(as_member, settings, town):
    settings.EMAIL_BACKEND = "townline.channels.outbox.OutboxBackend"

    page = as_member("rita").get("/desk/mail/").content.decode()

    assert str(settings.EMAIL_OUTBOX) in page
    assert "Nothing has been sent yet" in page


@pytest.mark.parametrize("state", ["failed", "waiting", "sent", "nonsense"])
def test_every_state_has_its_list(as_member, town, state):
    assert as_member("rita").get("/desk/mail/", {"state": state}).status_code == 200


def test_mail_of_a_confidential_case_is_not_in_the_outbox(as_member, failed):
    Mail.objects.update(is_confidential=True)

    assert "550" not in as_member("rita").get("/desk/mail/?state=failed").content.decode()
    assert as_member("rita").get(f"/desk/mail/{failed.pk}/").status_code == 404


def test_by_the_interface(call, failed):
    assert call("rita", f"mail/{failed.pk}/resend").json()["state"] == "waiting"
    assert call("rita", f"mail/{failed.pk}/resend").status_code == 409
    assert call("ada", f"mail/{failed.pk}/resend").status_code == 404
