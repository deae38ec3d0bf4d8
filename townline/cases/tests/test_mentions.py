"""A colleague who is mentioned in a note is told, if they may see the case; a mention opens nothing."""

import pytest

from townline.cases.mentions import mentioned_in
from townline.cases.models import CaseAccess, Notification


def told(town, name):
    return list(Notification.objects.filter(user=getattr(town, name)).values_list("kind", flat=True))


def test_a_mentioned_colleague_is_told_once(town, work):
    case = town.case("Lamp", assignee=town.ada)
    work()
    Notification.objects.all().delete()

    case.note(by=town.ada, text="@Ben Okafor can you look? @ben okafor!")
    work()
    work()

    assert told(town, "ben") == ["mentioned"]
    assert told(town, "lea") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ada Bell, and @Otto Frey.", ["Ada Bell", "Otto Frey"]),
        ("Ada Bell said so.", []),
        ("write to ada@townline.example", []),
        ("@Ada Bellamy", []),
        ("@Ada Bellamy and @Ada Bell", ["Ada Bell"]),
    ],
)
def test_who_is_mentioned(town, text, names):
    assert [one.name for one in mentioned_in(text)] == names


def test_a_mention_opens_nothing_and_the_writer_learns_that(as_member, town, work):
    case = town.case("Lamp", assignee=town.ada)

    page = as_member("ada").post(f"/desk/cases/{case.reference}/note/", {"text": "@Otto Frey, see."}, follow=True)
    work()

    assert "Not told, because they may not see this case: Otto Frey." in page.content.decode()
    assert "mentioned" not in told(town, "otto")
    assert as_member("otto").get(f"/desk/cases/{case.reference}/").status_code == 404
    assert CaseAccess.objects.count() == 0


def test_a_colleague_is_chosen_from_a_list_without_a_script(as_member, town, work):
    case = town.case("Lamp", assignee=town.ada)

    as_member("ada").post(f"/desk/cases/{case.reference}/note/", {"text": "Please look.", "mention": town.ben.pk})
    work()

    assert case.notes.get().text == "Please look. @Ben Okafor"
    assert "mentioned" in told(town, "ben")


def test_a_note_about_a_confidential_case_tells_only_who_has_access(town, work):
    case = town.case("Quiet matter", is_confidential=True)
    CaseAccess.objects.create(case=case, user=town.lea)
    case.note(by=town.lea, text="@Ada Bell and @Lea Moreau")
    work()

    assert "mentioned" not in told(town, "ada")
