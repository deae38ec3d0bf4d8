"""Safety interventions: planned, seen before contact, reviewed, ended with what they did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.conduct.models import Intervention
from townline.conduct.tests.doings import days, intervention
from townline.core.refusals import NotPossible


def test_it_is_seen_before_contact_wherever_the_customer_is(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    intervention(town, what="Two of us go", place="12 Invented Street")

    for address in (case.get_absolute_url(), f"/desk/customers/{town.rivera.pk}/"):
        assert "Two of us go" in as_member("ada").get(address).content.decode()
    typed = {"customer": town.rivera.pk, "name": "Elena", "channel": "phone", "language": "en", "do": "show"}
    assert "Two of us go" in as_member("rita").post("/desk/interactions/new/", typed).content.decode()


def test_over_it_shows_nowhere_even_before_anybody_has_ended_it(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    made = intervention(town)
    yesterday = timezone.localdate() - timedelta(days=1)
    Intervention.objects.filter(pk=made.pk).update(from_on=yesterday, until_on=yesterday)

    assert "Two of us go" not in as_member("ada").get(case.get_absolute_url()).content.decode()


def test_it_ends_with_whether_it_helped(as_member, town):
    made = intervention(town)

    as_member("rita").post(f"/desk/interventions/{made.pk}/end/", {"helped": "partly", "how_it_went": "Calmer."})

    made.refresh_from_db()
    assert (made.helped, made.how_it_went) == ("partly", "Calmer.")
    assert made.events.get(name="intervention.ended").details == {"helped": "partly"}
    with pytest.raises(NotPossible, match="ended already"):
        made.review(by=town.rita, until_on=days(10))


def test_it_is_reviewed_to_a_day_that_is_to_come(town):
    made = intervention(town)
    made.review(by=town.rita, until_on=days(60))

    with pytest.raises(NotPossible, match="until today"):
        made.review(by=town.rita, until_on=days(-1))

    made.refresh_from_db()
    assert made.until_on == days(60)


def test_a_customer_never_sees_it(client, town):
    case = town.case("Lamp")
    intervention(town)

    page = client.post("/track/", {"reference": case.reference, "proof": "elena.rivera@example.org"}, follow=True)

    assert case.reference in page.content.decode()
    assert "Two of us go" not in page.content.decode()


@pytest.mark.parametrize(("who", "status"), [("rita", 302), ("ada", 302), ("lea", 302), ("dana", 403), ("ines", 404)])
def test_who_may_plan_one(as_member, town, who, status):
    last = days(30)
    typed = {"what": "Two go", "place": "", "why": "A dog.", "until_on_day": last.day, "until_on_month": last.month,
             "until_on_year": last.year}  # fmt: skip

    response = as_member(who).post(f"/desk/customers/{town.rivera.pk}/conduct/intervention/", typed)

    assert response.status_code == status
