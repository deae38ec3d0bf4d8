"""What is not the municipality's is closed with the words that say whose it is."""

import pytest

from townline.catalogue.models import Body
from townline.core.refusals import NotPossible

WORDS = "The courts decide this."


@pytest.fixture
def courts(db):
    """A body that looks after some matters."""
    return Body.objects.create(
        code="courts",
        name={"en": "The courts", "fr": "Les tribunaux"},
        matter={"en": "Charges", "fr": "Accusations"},
        reach={"en": "At the court house.", "fr": "Au palais de justice."},
        say={"en": "A court decides this.", "fr": "Un tribunal en décide."},
    )


def test_the_case_ends_as_not_ours_and_it_is_counted_by_body(town, courts):
    case = town.case("Ticket", assignee=town.ada)

    case.redirect(by=town.ada, body=courts, words=WORDS)

    case.refresh_from_db()
    assert (case.outcome, case.messages.get().text) == ("not_ours", WORDS)
    assert case.redirections.get().body == courts
    assert town.events(case).get(name="case.redirected").details == {"body": "courts"}


def test_a_closed_case_is_not_redirected(town, courts):
    case = town.case("Ticket", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    with pytest.raises(NotPossible):
        case.redirect(by=town.ada, body=courts, words=WORDS)

    assert not case.redirections.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_redirect(as_member, town, courts, who, status):
    case = town.case("Ticket", assignee=town.ada)

    response = as_member(who).post(f"/desk/cases/{case.reference}/redirect/?body=courts", {"words": WORDS})

    assert response.status_code == status


def test_the_page_offers_the_bodies_and_then_their_words_in_the_language_of_the_customer(as_member, town, courts):
    case = town.case("Ticket", assignee=town.ada, language="fr")
    ada = as_member("ada")

    offered = ada.get(f"/desk/cases/{case.reference}/redirect/").content.decode()
    asked = ada.get(f"/desk/cases/{case.reference}/redirect/?body=courts").content.decode()

    assert "The courts" in offered
    assert "Charges" in offered
    assert "Un tribunal en décide." in asked
    assert "Au palais de justice." in asked


def test_the_case_shows_whose_it_is(as_member, town, courts):
    case = town.case("Ticket", assignee=town.ada)
    case.redirect(by=town.ada, body=courts, words=WORDS)

    assert "At the court house." in as_member("ada").get(case.get_absolute_url()).content.decode()


def test_redirecting_by_the_interface(call, town, courts):
    case = town.case("Ticket", assignee=town.ada)

    assert call("ada", f"cases/{case.reference}/redirect", body="nobody", words=WORDS).status_code == 409
    assert call("ada", f"cases/{case.reference}/redirect", body="courts", words=WORDS).status_code == 200
    assert case.redirections.get().by == town.ada
