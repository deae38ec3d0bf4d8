"""A copy of the tracking page by e-mail: to the known address only, and once for the same."""

from django.test import Client

from townline.cases.intake import Contact
from townline.channels.models import Mail


def copies():
    return list(Mail.objects.filter(purpose="copy").order_by("id"))


def let_in(client, case, proof="elena.rivera@example.org"):
    client.post("/track/", {"reference": case.reference, "proof": proof})


def test_it_goes_to_the_address_of_the_request_with_all_that_the_page_says(client, town):
    case = town.case("Lamp", assignee=town.ada)
    case.message(by=town.ada, text="We look at it on Monday.")
    let_in(client, case)

    client.post(f"/track/{case.reference}/copy/")
    client.post(f"/track/{case.reference}/copy/")
    client.post(f"/fr/track/{case.reference}/copy/")

    english, french = copies()
    assert english.contact_point.value == "elena.rivera@example.org"
    assert case.reference in english.body
    assert "We look at it on Monday." in english.body
    assert "/track/l/" in english.body
    assert french.language == "fr"


def test_a_stranger_sends_nobody_anything(client, town):
    case = town.case("Lamp")

    assert client.post(f"/track/{case.reference}/copy/").status_code == 302
    assert client.post("/track/TV-7K3M-9QXD-H/copy/").status_code == 302
    assert Client().get(f"/track/{case.reference}/copy/").status_code == 405
    assert copies() == []


def test_without_an_address_the_page_says_so(client, town):
    case = town.case("Lamp", contact=Contact(name="Sam", address="1 Main Street, Testville ON L1C 3A6"))
    let_in(client, case, "L1C 3A6")

    page = client.post(f"/track/{case.reference}/copy/", follow=True).content.decode()

    assert "You can print this page." in page
    assert copies() == []
