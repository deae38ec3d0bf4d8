"""What was said and done: kept as the policy defines it, read by few, and every reading leaves an event."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.catalogue.models import Definition
from townline.conduct.models import Behaviour, SupportivePhrase
from townline.conduct.tests.doings import behaviour
from townline.core.refusals import NotPossible
from townline.timeline.models import Event

TODAY = timezone.localdate()
DAY = {"happened_on_day": TODAY.day, "happened_on_month": TODAY.month, "happened_on_year": TODAY.year}
TYPED = {"grade": "disrespectful", "what": "She hung up on us twice.", "impact": "", "reference": "", **DAY}


def test_it_is_kept_with_its_grade_and_its_case(as_member, town):
    case = town.case("Lamp")

    as_member("rita").post(
        f"/desk/customers/{town.rivera.pk}/conduct/behaviour/", {**TYPED, "reference": case.reference}
    )

    made = Behaviour.objects.get()
    assert (made.grade, made.case, made.recorded_by) == ("disrespectful", case, town.rita)
    assert made.events.get().details == {"grade": "disrespectful", "customer": town.rivera.pk}


def test_the_definitions_and_the_supportive_language_stand_beside_the_form(as_member, town):
    Definition.objects.create(
        code="abusive-behaviour", term={"en": "Abusive behaviour"}, text={"en": "A customer threatens."}, clause="4.1"
    )
    SupportivePhrase.objects.create(code="hear", moment={"en": "When they shout:"}, text={"en": "I want to help you."})

    page = as_member("rita").get(f"/desk/customers/{town.rivera.pk}/conduct/behaviour/").content.decode()

    assert "A customer threatens." in page
    assert "clause 4.1" in page
    assert "I want to help you." in page


def test_every_reading_leaves_who_did(as_member, town):
    made = behaviour(town)

    page = as_member("lea").get(f"/desk/behaviours/{made.pk}/").content.decode()

    assert "He shouted threats." in page
    assert made.events.get(name="behaviour.opened").by == town.lea


@pytest.mark.parametrize(
    ("who", "status"), [("rita", 200), ("lea", 200), ("ada", 404), ("otto", 404), ("dana", 200), ("ines", 404)]
)
def test_who_may_read_it(as_member, town, who, status):
    made = behaviour(town)

    assert as_member(who).get(f"/desk/behaviours/{made.pk}/").status_code == status
    assert made.events.filter(name="behaviour.opened").exists() is (status == 200)


def test_its_words_are_in_no_list_no_search_and_no_event(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    behaviour(town, case=case)
    rita = as_member("rita")
    rita.post("/desk/search/", {"q": "Elena"})

    for address in (
        "/desk/search/",
        f"/desk/customers/{town.rivera.pk}/",
        f"/desk/customers/{town.rivera.pk}/conduct/",
    ):
        assert "shouted" not in rita.get(address).content.decode()
    assert "shouted" not in str(list(Event.objects.values_list("details", flat=True)))


def test_a_case_that_they_may_not_see_is_not_named(as_member, town):
    made = behaviour(town, case=town.case("Noise", service=town.noise))

    assert "TV-" not in as_member("lea").get(f"/desk/behaviours/{made.pk}/").content.decode()


def test_what_was_written_down_wrongly_is_withdrawn_and_stays(as_member, town):
    made = behaviour(town)

    assert as_member("rita").post(f"/desk/behaviours/{made.pk}/withdraw/").status_code == 302

    made.refresh_from_db()
    assert made.withdrawn_at is not None
    with pytest.raises(NotPossible, match="already"):
        made.withdraw(by=town.rita)


def test_nothing_is_recorded_of_tomorrow(town):
    with pytest.raises(NotPossible, match="future"):
        behaviour(town, happened_at=timezone.now() + timedelta(hours=1))
