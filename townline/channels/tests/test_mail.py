import email
from email.policy import default

import pytest

from townline.cases.models import Outcome
from townline.channels.mail import MOST_ATTEMPTS, NotDelivered, deliver
from townline.channels.models import Mail
from townline.core.refusals import NotPossible
from townline.jobs.models import Job
from townline.timeline.models import Event


def read(text):
    return email.message_from_string(text, policy=default)


def waiting_mail(town):
    return town.rivera_email.mails.create(
        purpose="message", language="en", subject="About your request", body="Hello.\n", message_id="<one@localhost>"
    )


def test_a_received_case_is_confirmed_by_a_real_mail(town, work, smtp):
    case = town.case("Broken lamp")

    work()

    ((recipients, text),) = smtp.kept
    message = read(text)
    assert recipients == ["elena.rivera@example.org"]
    assert case.reference in message["Subject"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert "/track/l/" in message.get_content()
    assert town.municipality.alternate_format["en"] in message.get_content()


def test_a_customer_who_writes_french_is_answered_in_french(town, work, smtp):
    case = town.case("Lampadaire")
    type(case).objects.filter(pk=case.pk).update(language="fr")

    work()

    message = read(smtp.kept[0][1])
    assert message["Content-Language"] == "fr"
    assert "/fr/track/l/" in message.get_content()
    assert "Demandez-nous un autre format." in message.get_content()


def test_a_mail_is_written_once_however_often_its_reaction_runs(town, work, smtp):
    from townline.timeline.reactions import react

    case = town.case("Broken lamp")
    work()
    event = town.events(case).get(name="case.received")

    react.call(event_id=event.pk, reaction="townline.cases.reactions.confirm_receipt")
    work()

    assert len(smtp.kept) == 1


def test_a_mail_that_was_sent_is_not_sent_again(town, smtp):
    mail = waiting_mail(town)
    deliver.call(mail_id=mail.pk)

    deliver.call(mail_id=mail.pk)

    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT
    assert len(smtp.kept) == 1


def test_a_copy_after_a_worker_died_carries_the_same_message_id(town, smtp):
    mail = waiting_mail(town)
    deliver.call(mail_id=mail.pk)
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.WAITING)

    deliver.call(mail_id=mail.pk)

    assert {read(text)["Message-ID"] for _, text in smtp.kept} == {"<one@localhost>"}
    assert len(smtp.kept) == 2


def test_a_refused_recipient_fails_for_good_with_the_servers_reason(town, smtp):
    mail = waiting_mail(town)
    smtp.refusal_of_recipient = "550 No such mailbox <elena.rivera@example.org>"

    deliver.call(mail_id=mail.pk)

    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED
    assert mail.last_error == "550 No such mailbox …"


def test_an_address_that_was_refused_is_not_written_to_until_somebody_resends(town, smtp, work):
    mail = waiting_mail(town)
    smtp.refusal_of_recipient = "550 No such mailbox"
    deliver.call(mail_id=mail.pk)

    town.case("Broken lamp")
    work()
    assert Mail.objects.count() == 1

    mail.resend(by=town.rita)
    town.rivera_email.refresh_from_db()
    assert town.rivera_email.status == "active"


def test_an_acknowledgement_carries_nothing_that_was_typed(town, smtp, work):
    town.case("Buy this at http://spam.example")

    work()

    assert "spam" not in smtp.kept[0][1]


def test_a_server_that_asks_for_patience_is_asked_again(town, smtp):
    mail = waiting_mail(town)
    smtp.refusal_of_text = "451 Try later"
    with pytest.raises(NotDelivered):
        deliver.call(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (Mail.State.WAITING, 1, "451 Try later")

    smtp.refusal_of_text = ""
    deliver.call(mail_id=mail.pk)

    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


def test_patience_ends_where_staff_can_see_it(town, smtp):
    mail = waiting_mail(town)
    smtp.refusal_of_text = "451 Try later"
    Mail.objects.filter(pk=mail.pk).update(attempts=MOST_ATTEMPTS - 1)

    deliver.call(mail_id=mail.pk)

    mail.refresh_from_db()
    assert mail.state == Mail.State.FAILED


def test_the_case_stands_and_the_mail_waits_while_the_server_is_away(town, work, smtp):
    smtp.controller.stop()
    case = town.case("Broken lamp")

    work()

    mail = Mail.objects.get(case_id=case.pk)
    assert mail.state == Mail.State.WAITING
    assert "Connection" in mail.last_error
    assert Job.objects.live().count() == 1


def test_a_mail_that_failed_can_be_sent_again_by_staff(town, smtp, work):
    mail = waiting_mail(town)
    mail.fail(by=town.system, why="550 no")

    mail.resend(by=town.rita)
    work()

    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT
    assert Event.objects.filter(name="mail.resent", by=town.rita).count() == 1


def test_only_a_failed_mail_can_be_sent_again(town):
    mail = waiting_mail(town)

    with pytest.raises(NotPossible, match="has not failed"):
        mail.resend(by=town.rita)


def test_a_line_break_in_a_subject_cannot_add_a_header(town, smtp, work):
    case = town.case("Lamp\r\nBcc: everybody@example.org", assignee=town.ada)

    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.\r\n.\r\nBcc: x")
    work()

    assert all(read(text)["Bcc"] is None for _, text in smtp.kept)
    assert all(recipients == ["elena.rivera@example.org"] for recipients, _ in smtp.kept)


def test_without_a_mail_server_mail_becomes_files(town, work, settings, tmp_path):
    settings.EMAIL_BACKEND = "townline.channels.outbox.OutboxBackend"
    settings.EMAIL_OUTBOX = tmp_path / "outbox"
    case = town.case("Broken lamp")

    work()

    (file,) = settings.EMAIL_OUTBOX.iterdir()
    assert case.reference in file.read_text()
    assert Mail.objects.get().state == Mail.State.SENT
