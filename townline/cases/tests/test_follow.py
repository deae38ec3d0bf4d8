"""Several people, one matter: the second follows the first, and neither learns of the other."""

import pytest

from townline.cases.models import Status
from townline.channels.models import Interaction
from townline.core.refusals import NotPossible
from townline.customers.models import Customer


@pytest.fixture
def jo(town):
    customer = Customer.objects.create(name="Jo Dorfmann", language="fr")
    customer.contact_points.create(kind="email", value="jo@example.org")
    return customer


def follow(town, case, customer, **more):
    point = customer.contact_points.first()
    return case.follow(by=town.rita, customer=customer, contact_point=point, channel="phone", **more)


def test_a_second_reporter_follows_the_case_with_words_of_their_own(town, jo):
    case = town.case("Lamp")

    follower = follow(town, case, jo, language="fr", text="Je l’ai vu aussi.")

    assert case.followers.live().get() == follower
    assert follower.language == "fr"
    assert follower.interaction.summary == "Je l’ai vu aussi."
    assert follower.interaction.customer == jo
    assert follower.interaction.outcome == Interaction.Outcome.ADDED
    event = town.events(case).get(name="case.followed")
    assert event.details == {"follower": follower.pk, "interaction": follower.interaction_id, "channel": "phone"}


def test_the_first_customer_stays_the_customer_of_the_case(town, jo):
    case = town.case("Lamp")

    follow(town, case, jo)

    case.refresh_from_db()
    assert case.customer == town.rivera
    assert case.status == Status.NEW


def test_what_is_closed_is_not_followed(town, jo):
    case = town.case("Lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    with pytest.raises(NotPossible, match="closed"):
        follow(town, case, jo)

    assert not case.followers.exists()


def test_what_is_confidential_is_not_followed(town, jo):
    case = town.case("Lamp", is_confidential=True)

    with pytest.raises(NotPossible, match="Nobody can follow"):
        follow(town, case, jo)

    assert not case.followers.exists()


def test_nobody_follows_their_own_case(town):
    case = town.case("Lamp")

    with pytest.raises(NotPossible, match="their own case"):
        follow(town, case, town.rivera)


def test_nobody_follows_twice(town, jo):
    case = town.case("Lamp")
    follow(town, case, jo)

    with pytest.raises(NotPossible, match="already"):
        follow(town, case, jo)

    assert case.followers.count() == 1


def test_whoever_stops_hears_no_more_and_may_begin_again(town, jo):
    case = town.case("Lamp")
    follower = follow(town, case, jo)

    case.unfollow(by=town.system, follower=follower)

    assert not case.followers.live().exists()
    assert town.events(case).get(name="case.unfollowed").details == {"follower": follower.pk}
    assert follow(town, case, jo).pk != follower.pk


def test_whoever_has_stopped_cannot_stop_again(town, jo):
    case = town.case("Lamp")
    follower = follow(town, case, jo)
    case.unfollow(by=town.system, follower=follower)

    with pytest.raises(NotPossible):
        case.unfollow(by=town.system, follower=follower)
