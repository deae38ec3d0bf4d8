"""My requests: from every channel, once the address is confirmed, and never a confidential one."""

from datetime import timedelta

from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Case, Outcome
from townline.channels.models import Channel
from townline.portal.tests.walking import begin, text_of
from townline.portal.views.account import LENGTH


def taken_in_by_rita(town, channel=Channel.PHONE, email="nadia@example.org"):
    contact = Contact(name="Nadia", email=email)
    return take_in(Matter(town.noise), by=town.rita, channel=channel, contact=contact)


def nadia(verified):
    user = User.objects.create_user("nadia@example.org", name="Nadia")
    user.emailaddress_set.create(email="Nadia@Example.org", verified=verified, primary=True)
    return user


def test_requests_from_every_channel_are_in_one_list(client, town):
    cases = [taken_in_by_rita(town, channel) for channel in (Channel.PHONE, Channel.COUNTER, Channel.LETTER)]
    client.force_login(nadia(verified=True))

    page = text_of(client.get("/account/"))

    assert all(case.reference in page for case in cases)
    assert [word in page for word in ("Phone", "Counter", "Letter")] == [True] * 3
    assert client.get(f"/track/{cases[0].reference}/").status_code == 200


def test_an_address_that_is_not_confirmed_shows_nothing(client, town):
    case = taken_in_by_rita(town)
    client.force_login(nadia(verified=False))

    page = text_of(client.get("/account/"))

    assert case.reference not in page
    assert "Nothing here yet" in page
    assert client.get(f"/track/{case.reference}/").status_code == 302


def test_somebody_elses_requests_are_not_there(client, town):
    case = taken_in_by_rita(town, email="other@example.org")
    client.force_login(nadia(verified=True))

    assert case.reference not in text_of(client.get("/account/"))


def test_a_confidential_case_never_shows(client, town):
    case = taken_in_by_rita(town)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    client.force_login(nadia(verified=True))

    assert case.reference not in text_of(client.get("/account/"))


def test_each_request_says_how_it_stands(client, town, rivera):
    town.case("Broken lamp", assignee=town.ada).close(by=town.ada, outcome=Outcome.DONE, words="Done.")
    client.force_login(rivera)

    page = text_of(client.get("/account/"))

    assert "Closed" in page
    assert "(Done)" in page


def test_a_long_list_goes_on(client, town, rivera):
    for hours in range(LENGTH + 3):
        town.case(received_at=timezone.now() - timedelta(hours=hours))
    client.force_login(rivera)

    first = text_of(client.get("/account/"))
    older = first.split('href="?before=')[1].split('"')[0]
    second = text_of(client.get(f"/account/?before={older}"))

    shown = [{case.reference for case in Case.objects.all() if case.reference in page} for page in (first, second)]
    assert [len(references) for references in shown] == [LENGTH, 3]
    assert not shown[0] & shown[1]


def test_nonsense_in_the_address_of_a_list_is_passed_over(client, rivera):
    client.force_login(rivera)

    for nonsense in ("x", "~", "2026-01-01~9" + "9" * 30, "0001-01-01T00:00+14:00~1"):
        assert client.get("/account/", {"before": nonsense}).status_code == 200


def test_what_was_begun_stands_on_top(client, town, rivera):
    client.force_login(rivera)
    client.post(f"{begin(client, town.pothole)}/where/", {"label": "12 Main Street"})

    page = text_of(client.get("/account/"))

    assert "What you began" in page
    assert "Nothing here yet" not in page


def test_a_strangers_list_is_behind_sign_in(client, town):
    assert client.get("/account/")["Location"].startswith("/sign-in/login/")
