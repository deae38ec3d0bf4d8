import pytest

from townline.channels.models import Mail


def test_a_note_is_kept_for_staff_and_its_event_holds_no_text(town, work):
    case = town.case("Broken street lamp", assignee=town.ada)
    work()
    mails = Mail.objects.count()

    note = case.note(by=town.ada, text="The pole is rusty.")
    work()

    event = town.events(case).get(name="case.noted")
    assert event.details == {"note": note.pk}
    assert Mail.objects.count() == mails


def test_a_note_can_be_written_on_a_closed_case(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    case.note(by=town.ben, text="It was number 12.")

    assert case.notes.get().text == "It was number 12."


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 302), ("dana", 403), ("ines", 404)],
)
def test_who_may_write_a_note(as_member, town, who, status):
    case = town.case("Broken street lamp")

    response = as_member(who).post(f"/desk/cases/{case.reference}/note/", {"text": "The pole is rusty."})

    assert response.status_code == status


def test_a_note_is_shown_as_it_was_typed(as_member, town):
    case = town.case("Broken street lamp")
    text = "<b>Nicht</b> נר \U0001f6a7 & “so”"

    as_member("ada").post(f"/desk/cases/{case.reference}/note/", {"text": text})

    assert case.notes.get().text == text
    page = as_member("ada").get(f"/desk/cases/{case.reference}/").content.decode()
    assert "&lt;b&gt;Nicht&lt;/b&gt; נר \U0001f6a7 &amp; “so”" in page


def test_a_note_that_is_too_long_comes_back_with_its_text(as_member, town):
    case = town.case("Broken street lamp")
    text = "a" * 4001

    response = as_member("ada").post(f"/desk/cases/{case.reference}/note/", {"text": text})

    assert response.status_code == 200
    assert text in response.content.decode()
    assert not case.notes.exists()


def test_a_note_by_the_interface(call, town):
    case = town.case("Broken street lamp")

    assert call("ada", f"cases/{case.reference}/note", text="The pole is rusty.").status_code == 200
    assert call("ada", f"cases/{case.reference}/note", text="").status_code == 422
    assert case.notes.get().by == town.ada
