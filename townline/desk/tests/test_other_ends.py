"""Two more ways in which a contact ends: we call back, or it belongs to an outside body."""

import pytest

from townline.callbacks.models import Callback
from townline.cases.models import Case
from townline.catalogue.models import Body
from townline.channels.models import Interaction
from townline.customers.models import Consent
from townline.timeline.models import Event

SCREEN = "/desk/interactions/new/"


@pytest.fixture
def rita(as_member):
    return as_member("rita")


@pytest.fixture
def region(town):
    """The Region, which looks after the water."""
    return Body.objects.create(
        code="region", name={"en": "The Region", "fr": "La Région"}, matter={"en": "Water."},
        reach={"en": "905-555-0199, weekdays."}, say={"en": "The Region looks after the water."},
    )  # fmt: skip


def typed(**more):
    return {"channel": "phone", "language": "en", "draft": "a" * 22, **more}


# --- Call back --------------------------------------------------------------


def calling(**more):
    return typed(do="call-back", name="Sam Sample", phone="905 555 0123", summary="About the hole.", **more)


def test_a_call_is_owed_and_pressing_twice_is_once(rita, town):
    first = rita.post(SCREEN, calling(service="pothole"), follow=True)
    again = rita.post(SCREEN, calling(service="pothole"), follow=True)

    one = Callback.objects.get()
    assert (one.customer.name, one.contact_point.value, one.department) == ("Sam Sample", "905 555 0123", town.roads)
    assert "We call back at 905 555 0123 by" in first.content.decode()
    assert "counted already, once" in again.content.decode()
    assert not Case.objects.exists()


def test_without_a_number_nothing_typed_is_lost(rita):
    page = rita.post(SCREEN, calling() | {"phone": "", "call_from": "14:30"}).content.decode()

    assert "Ask for the phone number at which we call them back." in page
    assert "About the hole." in page
    assert 'value="14:30"' in page
    assert not Callback.objects.exists()


def test_a_number_we_know_of_them_is_enough(rita, town):
    point = town.rivera.add_point(by=town.rita, kind="phone", value="905-555-0111")
    rita.post(SCREEN, calling() | {"name": "Elena Rivera", "phone": "", "customer": town.rivera.pk})

    assert (Callback.objects.get().customer, Callback.objects.get().contact_point) == (town.rivera, point)


def test_about_one_of_their_cases(rita, town):
    case = town.case("Lamp")
    rita.post(SCREEN, calling(reference=case.reference))

    assert Callback.objects.get().case == case


def test_a_time_that_is_over_is_said(rita):
    page = rita.post(SCREEN, calling(call_from="15:00", call_until="14:00")).content.decode()

    assert "It must end after it begins." in page
    assert not Callback.objects.exists()


# --- Hand to a partner ------------------------------------------------------


def test_it_is_counted_with_the_body_and_the_way(rita, town, region):
    done = rita.post(SCREEN, typed(do="partner", body="region", handed="through"), follow=True)
    rita.post(SCREEN, typed(do="partner", body="region", handed="told"))

    one = Interaction.objects.get()
    assert (one.outcome, one.body, one.handed, one.customer) == ("partner", region, "through", None)
    assert Event.objects.get(name="interaction.handed").details == {
        "channel": "phone", "body": "region", "way": "through",
    }  # fmt: skip
    assert "905-555-0199, weekdays." in done.content.decode()
    assert not Case.objects.exists()


def test_the_screen_says_how_to_reach_it(rita, region):
    page = rita.post(SCREEN, typed(do="show", body="region")).content.decode()

    assert "The Region looks after the water." in page
    assert not Interaction.objects.exists()


def test_passed_on_in_writing_only_with_their_consent(rita, town, region):
    asked = typed(do="partner", body="region", handed="written", name="Sam Sample", summary="No water.")
    refused = rita.post(SCREEN, asked).content.decode()
    assert "Ask them first" in refused
    assert "No water." in refused
    assert not Interaction.objects.exists()

    rita.post(SCREEN, asked | {"agrees": "on"})

    one = Interaction.objects.get()
    assert (one.customer.name, one.consent.to_whom) == ("Sam Sample", "The Region")
    assert Consent.objects.get().is_in_force


def test_a_body_must_be_chosen(rita, region):
    assert "Choose to whom it belongs." in rita.post(SCREEN, typed(do="partner")).content.decode()


def test_the_list_counts_each_body_and_way(rita, region):
    rita.post(SCREEN, typed(do="partner", body="region", handed="told", summary="Brown water."))
    rita.post(SCREEN, typed(do="answered", summary="Hours.", draft="b" * 22))
    page = rita.get("/desk/interactions/?body=region").content.decode()

    assert "The Region (1 Told how to reach it)" in page
    assert "Brown water." in page
    assert "Hours." not in page
