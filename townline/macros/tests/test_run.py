"""A macro shows its effects, word for word, and then does all of them or none."""

import pytest

from townline.cases.models import Outcome
from townline.core.refusals import NotAllowed, NotPossible
from townline.macros.models import Macro
from townline.macros.tests.doings import a_macro
from townline.wording.models import Template


@pytest.fixture
def words(town):
    """A template of each use."""
    for use in ("note", "message", "closing"):
        Template.objects.create(
            code=use,
            use=use,
            name={"en": use},
            text={"en": f"{{reference}}: {use}, {{assignee}}.", "fr": f"{use} (fr)"},
        )


@pytest.fixture
def everything(town, words):
    return a_macro(town, priority="high", note="note", message="message", outcome="done", closing="closing")


def test_it_does_everything_with_one_event_each(town, everything):
    case = town.case("Lamp")

    everything.run(by=town.ada, case=case)

    case.refresh_from_db()
    assert (case.assignee, case.outcome, case.priority) == (town.ada, Outcome.DONE, "high")
    assert [message.text for message in case.messages.order_by("id")] == [
        f"{case.reference}: message, Ada Bell.",
        f"{case.reference}: closing, Ada Bell.",
    ]
    names = [event.name for event in town.events(case) if event.by == town.ada]
    assert names == ["case.taken", "case.prioritised", "case.noted", "case.messaged", "case.closed"]
    assert everything.events.get().details == {"case": case.pk}


def test_it_does_all_or_nothing(town, words):
    macro = a_macro(town, note="note", message="message", outcome="done", closing="gone")
    case = town.case("Lamp")
    before = town.events(case).count()

    with pytest.raises(NotPossible, match="no template “gone”"):
        macro.run(by=town.ada, case=case)

    case.refresh_from_db()
    assert case.assignee is None
    assert not case.messages.exists()
    assert town.events(case).count() == before


def test_it_lets_nobody_do_what_they_may_not(town, words):
    macro = a_macro(town, takes=False, message="message")
    case = town.case("Lamp", assignee=town.ada)

    with pytest.raises(NotAllowed):
        macro.run(by=town.ben, case=case)

    assert not case.messages.exists()


def test_the_page_shows_the_exact_words_and_leaves_nothing_behind(as_member, town, everything):
    case = town.case("Lamp")
    before = town.events(case).count()

    page = as_member("ada").get(f"/desk/cases/{case.reference}/macros/mine/")

    assert [effect.verb for effect in page.context["effects"]] == ["take", "prioritise", "note", "message", "close"]
    assert f"{case.reference}: closing, Ada Bell." in page.content.decode()
    case.refresh_from_db()
    assert case.assignee is None
    assert town.events(case).count() == before


def test_what_was_shown_is_what_is_done(as_member, town, everything, work):
    case = town.case("Lamp")
    ada, address = as_member("ada"), f"/desk/cases/{case.reference}/macros/mine/"
    page = ada.get(address)

    ada.post(address, {"shown": page.context["digest"], "seen": page.context["seen"]})

    case.refresh_from_db()
    assert case.is_closed
    assert [message.text for message in case.messages.order_by("id")] == [
        effect.text for effect in page.context["effects"] if effect.verb in ("message", "close")
    ]


def test_something_else_than_was_shown_is_not_done(as_member, town, everything):
    case = town.case("Lamp")
    ada, address = as_member("ada"), f"/desk/cases/{case.reference}/macros/mine/"
    page = ada.get(address)
    Template.objects.get(code="message").change(by=town.dana, seen=1, text={"en": "Other words."})

    again = ada.post(address, {"shown": page.context["digest"], "seen": page.context["seen"]})

    assert "Something has changed since this page was shown." in again.content.decode()
    assert "Other words." in again.content.decode()
    case.refresh_from_db()
    assert not case.is_closed


def test_something_newer_is_shown_first(as_member, town, everything):
    case = town.case("Lamp")
    ada, address = as_member("ada"), f"/desk/cases/{case.reference}/macros/mine/"
    page = ada.get(address)
    case.contact(by=town.rita, channel="phone", text="It works again.")

    again = ada.post(address, {"shown": page.context["digest"], "seen": page.context["seen"]})

    assert "It works again." in again.content.decode()
    case.refresh_from_db()
    assert not case.is_closed


def test_a_refusal_is_shown_before_and_what_follows_is_not_reached(as_member, town, words):
    a_macro(town, message="message", wait_reason="weather", wait_days=3)
    case = town.case("Lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    page = as_member("ada").get(f"/desk/cases/{case.reference}/macros/mine/")

    assert "This case is closed. Reopen it first." in page.content.decode()
    assert not page.context["effects"][1].is_reached
    assert "Do all of this" not in page.content.decode()


def test_a_value_that_is_missing_is_a_refusal(as_member, town):
    Template.objects.create(code="where", use="message", name={"en": "Where"}, text={"en": "At {place}."})
    a_macro(town, message="where")
    case = town.case("Lamp", assignee=town.ada)

    page = as_member("ada").get(f"/desk/cases/{case.reference}/macros/mine/").content.decode()

    assert "Write something in place of {place}" in page


def test_a_french_case_gets_french_words(town, words):
    macro = a_macro(town, message="message")
    case = town.case("Lamp", language="fr")

    macro.run(by=town.ada, case=case)

    assert (case.messages.get().text, case.messages.get().language) == ("message (fr)", "fr")


def test_it_goes_to_whoever_holds_the_position(town):
    position = town.roads.positions.create(code="lead", title={"en": "Lead"})
    macro = a_macro(town, takes=False, position=position)
    case = town.case("Lamp")

    with pytest.raises(NotPossible, match="Nobody holds this position"):
        macro.run(by=town.lea, case=case)
    town.ben.position = position
    town.ben.save()
    macro.run(by=town.lea, case=case)

    case.refresh_from_db()
    assert case.assignee == town.ben


def test_the_list_at_a_case_keeps_to_its_service_kind_and_department(as_member, town):
    a_macro(town)
    a_macro(town, code="pothole", service=town.pothole)
    a_macro(town, code="noise", service=town.noise)
    a_macro(town, code="kind", kind="inquiry")
    a_macro(town, code="ours", department=town.roads)
    a_macro(town, code="theirs", department=town.bylaw)
    a_macro(town, code="gone", is_active=False)
    case = town.case("Lamp")
    ada = as_member("ada")

    shown = ada.get(f"/desk/cases/{case.reference}/macros/").context["macros"]

    assert {one.code for one in shown} == {"mine", "pothole", "ours"}
    assert ada.get(f"/desk/cases/{case.reference}/macros/theirs/").status_code == 404


def test_a_macro_by_the_interface(call, town, everything):
    case = town.case("Lamp")

    assert call("ben", f"cases/{case.reference}/macro", macro="nothing").status_code == 404
    assert call("ben", f"cases/{case.reference}/macro", macro="mine").json()["status"] == "closed"
    assert Macro.objects.get().events.get().by == town.ben
