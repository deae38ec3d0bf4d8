import pytest

from townline.cases.models import AFTER_ALL, Outcome, Status
from townline.channels.models import Mail
from townline.core.refusals import NotPossible


def test_closing_a_case_gives_it_an_outcome(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.close(by=town.ada, outcome=Outcome.DONE, words="The lamp was replaced.")

    case.refresh_from_db()
    assert case.status == Status.CLOSED
    assert case.due_at == AFTER_ALL
    event = town.events(case).get(name="case.closed")
    assert event.by == town.ada
    assert event.details == {"outcome": "done", "message": case.messages.get().pk}


def test_closing_tells_the_customer_in_words(town, work):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.close(by=town.ada, outcome=Outcome.DONE, words="The lamp was replaced.")
    work()

    mail = Mail.objects.get(purpose="message")
    assert mail.state == Mail.State.SENT
    assert "The lamp was replaced." in mail.body
    assert case.reference in mail.subject


def test_closing_keeps_every_promise_that_was_still_running(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")

    assert not case.clocks.filter(ended_at=None).exists()
    assert all(clock.is_kept for clock in case.clocks.all())


def test_a_closed_case_cannot_be_closed_again(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")

    with pytest.raises(NotPossible, match="Ada Bell closed this case before you"):
        case.close(by=town.ada, outcome=Outcome.UNABLE, words="Again.")

    assert town.events(case).filter(name="case.closed").count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("ines", 404)],
    ids=["assignee", "colleague", "supervisor", "other department", "administrator"],
)
def test_who_may_close(client, town, who, status):
    case = town.case("Broken street lamp", assignee=town.ada)
    client.force_login(getattr(town, who))

    response = client.post(f"/desk/cases/{case.reference}/close/", {"outcome": "done", "words": "Done."})

    assert response.status_code == status


def test_a_form_without_words_comes_back_with_what_was_chosen(client, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    client.force_login(town.ada)

    response = client.post(f"/desk/cases/{case.reference}/close/", {"outcome": "unable", "words": ""})

    assert response.status_code == 200
    assert response.context["form"]["outcome"].value() == "unable"
    case.refresh_from_db()
    assert not case.is_closed


def test_a_case_that_was_closed_meanwhile_is_refused_and_the_words_are_kept(client, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.lea, outcome=Outcome.DONE, words="Done.")
    client.force_login(town.ada)

    response = client.post(f"/desk/cases/{case.reference}/close/", {"outcome": "unable", "words": "We looked."})

    assert response.status_code == 409
    assert "We looked." in response.content.decode()
