"""Hidden from the public with a reason, shown again, and nothing of it in silence."""

import pytest

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.joining import join
from townline.cases.models import Hiding
from townline.cases.near import heard_of
from townline.catalogue.models import Service
from townline.core.refusals import NotPossible

MAIN = Place("12 Main Street")
WORDS = "The house of your neighbour is not for others to read about."
URL = "/desk/cases/{0.reference}/{1}/"


@pytest.fixture
def pothole(town):
    town.pothole.shares = Service.Shares.PLACE
    town.pothole.save()
    return town.pothole


@pytest.fixture
def case(town, pothole):
    found = take_in(
        Matter(pothole, place=MAIN), by=town.rita, channel="phone", contact=Contact(email="first@example.org")
    )
    found.take(by=town.ada)
    return found


@pytest.fixture
def hidden(town, case):
    case.hide(by=town.ada, reason="person", words=WORDS)
    return case


def tracked(client, case):
    client.post("/track/", {"reference": case.reference, "proof": "first@example.org"})
    return client.get(f"/track/{case.reference}/").content.decode()


def test_nobody_else_hears_of_a_hidden_case(town, pothole, hidden):
    assert heard_of(pothole, MAIN) == []
    assert town.events(hidden).get(name="case.hidden").details == {
        "reason": "person", "hiding": Hiding.objects.get().pk
    }  # fmt: skip


def test_a_case_that_is_shown_again_is_heard_of_again_and_both_decisions_stay(town, pothole, hidden):
    hidden.show_again(by=town.lea, reason="looked_at", words="It may be read.")

    assert len(heard_of(pothole, MAIN)) == 1
    assert [(one.is_hidden, one.words) for one in Hiding.objects.order_by("pk")] == [
        (True, WORDS), (False, "It may be read.")
    ]  # fmt: skip


def test_whoever_follows_it_still_does_and_does_not_see_its_place(client, town, case):
    join(case, by=town.rita, contact=Contact(email="second@example.org"), channel="web", text="", language="en")
    case.hide(by=town.ada, reason="person", words=WORDS)
    client.post("/track/", {"reference": case.reference, "proof": "second@example.org"})

    page = client.get(f"/track/{case.reference}/").content.decode()

    assert "You follow this" in page
    assert "12 Main Street" not in page
    assert WORDS not in page


def test_whoever_reported_it_sees_that_it_is_hidden_and_why(client, hidden):
    page = tracked(client, hidden)

    assert "Other people cannot see this" in page
    assert "who may not want others to read it" in page
    assert WORDS in page
    assert "12 Main Street" in page


def test_whoever_reported_it_sees_that_it_is_shown_again(client, town, hidden):
    hidden.show_again(by=town.lea, reason="mended", words="The number of the house is gone.")

    page = tracked(client, hidden)

    assert "Other people cannot see this" not in page
    assert "The number of the house is gone." in page


def test_a_case_is_hidden_once_and_only_for_a_reason_to_hide(town, case):
    with pytest.raises(NotPossible, match="not a reason"):
        case.hide(by=town.ada, reason="mended", words=WORDS)
    with pytest.raises(NotPossible, match="in a sentence"):
        case.hide(by=town.ada, reason="person", words=" ")
    case.hide(by=town.ada, reason="person", words=WORDS)
    with pytest.raises(NotPossible, match="already"):
        case.hide(by=town.ada, reason="person", words=WORDS)


def test_what_nobody_can_see_is_neither_hidden_nor_shown(town):
    private = town.case("Lamp", assignee=town.ada)

    with pytest.raises(NotPossible, match="nothing to hide"):
        private.hide(by=town.ada, reason="person", words=WORDS)
    with pytest.raises(NotPossible, match="nothing to show"):
        private.show_again(by=town.lea, reason="mended", words=WORDS)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_hide(as_member, case, who, status):
    response = as_member(who).post(URL.format(case, "hide"), {"reason": "words", "words": WORDS})

    assert response.status_code == status


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("lea", 302), ("otto", 404), ("rita", 403)])
def test_who_may_show_again(as_member, hidden, who, status):
    response = as_member(who).post(URL.format(hidden, "show-again"), {"reason": "looked_at", "words": "It is fine."})

    assert response.status_code == status


def test_the_page_keeps_what_was_typed_and_the_case_says_that_it_is_hidden(as_member, case):
    ada = as_member("ada")

    assert WORDS in ada.post(URL.format(case, "hide"), {"words": WORDS}).content.decode()
    ada.post(URL.format(case, "hide"), {"reason": "risk", "words": WORDS})
    page = ada.get(case.get_absolute_url()).content.decode()
    assert "Hidden from the public: It could put somebody at risk" in page
    assert page.count(WORDS) == 2


def test_hiding_by_the_interface(call, case):
    body = {"reason": "asked", "words": WORDS}

    assert call("ada", f"cases/{case.reference}/hide", **body).status_code == 200
    assert call("ada", f"cases/{case.reference}/hide", **body).status_code == 409
    assert call("ada", f"cases/{case.reference}/show_again", **body).status_code == 403
    assert call("lea", f"cases/{case.reference}/show_again", **body).status_code == 200


def test_the_words_go_when_the_case_is_disposed_of(town, hidden):
    hidden.close(by=town.ada, outcome="done", words="Done.")

    hidden.dispose(by=town.system, disposition=1, at=hidden.closed_at)

    assert Hiding.objects.get().words == ""
