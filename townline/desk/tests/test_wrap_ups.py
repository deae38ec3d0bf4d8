"""A contact that is answered at once is counted with two keys."""

import pytest

from townline.catalogue.models import Kind, WrapUp
from townline.channels.models import Interaction
from townline.timeline.models import Event


@pytest.fixture
def counted(town):
    """Two ways to count anything, and one for questions about requests."""
    for keys, name, kind in (
        ("gi", "General information", ""),
        ("ho", "Hours", ""),
        ("kn", "Known already", Kind.SERVICE_REQUEST),
    ):
        WrapUp.objects.create(code=f"wrap-{keys}", keys=keys, name={"en": name, "fr": f"{name} (fr)"}, kind=kind)
    return town


def typed(**more):
    return {"channel": "phone", "language": "en", "draft": "a" * 22, "do": "enter", **more}


def test_enter_with_two_keys_answers_and_counts(as_member, counted):
    response = as_member("rita").post(
        "/desk/interactions/new/", typed(words="pothole", service="pothole", wrap_up="GI ")
    )

    assert response.status_code == 302
    one = Interaction.objects.get()
    assert (one.outcome, one.service, one.wrap_up.keys) == ("answered", counted.pothole, "gi")
    assert Event.objects.get(name="interaction.answered").details == {"channel": "phone", "wrap_up": "wrap-gi"}


def test_enter_without_keys_only_looks_up(as_member, counted):
    page = as_member("rita").post("/desk/interactions/new/", typed(words="pothole")).content.decode()

    assert not Interaction.objects.exists()
    assert page.count("autofocus") == 1
    assert "<kbd>gi</kbd> General information" in page


def test_only_wrap_ups_that_fit_the_service_are_offered(as_member, counted):
    page = as_member("rita").post("/desk/interactions/new/", typed(words="question", service="question", do="show"))

    assert [one.keys for one in page.context["taking"].wrap_ups] == ["gi", "ho"]


def test_keys_that_stand_for_nothing_are_refused_and_stay(as_member, counted):
    page = as_member("rita").post("/desk/interactions/new/", typed(service="question", wrap_up="kn")).content.decode()

    assert "Enter the two keys of one of those that are shown." in page
    assert 'value="kn"' in page
    assert not Interaction.objects.exists()


def test_its_name_does_as_well(as_member, counted):
    as_member("rita").post("/desk/interactions/new/", typed(service="pothole", wrap_up="known already"))

    assert Interaction.objects.get().wrap_up.keys == "kn"


def test_the_list_shows_the_answered_ones_of_one_wrap_up_and_how_many_there_were(as_member, counted):
    rita = as_member("rita")
    rita.post("/desk/interactions/new/", typed(service="pothole", wrap_up="gi", summary="When do you open?"))
    rita.post("/desk/interactions/new/", typed(service="pothole", wrap_up="ho", summary="Where?", draft="b" * 22))

    page = rita.get("/desk/interactions/?wrap_up=gi").content.decode()

    assert "When do you open?" in page
    assert "Where?" not in page
    assert "General information (1)" in page


def test_a_wrap_up_that_nobody_knows_shows_everything(as_member, counted):
    as_member("rita").post("/desk/interactions/new/", typed(service="pothole", wrap_up="gi", summary="Hello."))

    assert "Hello." in as_member("rita").get("/desk/interactions/?wrap_up=zz").content.decode()
