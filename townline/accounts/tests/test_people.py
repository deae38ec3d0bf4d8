"""The page of those who work here: who may look, and what they can do there."""

import pytest

from townline.accounts.invitations import Invitation
from townline.accounts.models import ApiKey, Position, User
from townline.core.refusals import NotPossible


@pytest.mark.parametrize(
    ("who", "status"),
    [("ines", 200), ("ada", 403), ("lea", 403), ("dana", 403)],
    ids=["administrator", "officer", "supervisor", "deputy clerk"],
)
def test_who_may_see_everybody(as_member, who, status):
    assert as_member(who).get("/desk/people/").status_code == status
    assert as_member(who).get("/desk/people/invite/").status_code == status


@pytest.mark.parametrize("verb", ["deactivate", "activate", "forget-second-factor", "unlink-identity"])
def test_who_may_not_invite_can_do_nothing_to_anybody(as_member, town, verb):
    response = as_member("lea").post(f"/desk/people/{town.ada.pk}/{verb}/")

    assert response.status_code == 403


def test_the_page_shows_roles_departments_and_who_has_no_second_factor(as_member, town, with_app):
    with_app(town.ada)

    page = as_member("ines").get("/desk/people/").content.decode()

    assert "Ada Bell" in page
    assert "supervisor" in page
    assert page.count("<td>No</td>") == 6


def test_the_page_asks_the_database_no_more_when_there_are_more_people(as_member, town, django_assert_max_num_queries):
    browser = as_member("ines")
    for number in range(20):
        User.objects.create_user(f"s{number}@townline.example", kind="staff", name="Sample").roles.set(
            [town.roles["officer"]]
        )

    with django_assert_max_num_queries(16):
        browser.get("/desk/people/")


def test_an_invitation_is_made_on_the_page(as_member, town, work, mailoutbox):
    typed = {
        "name": "Nadia Sample",
        "address": "Nadia@townline.example",
        "language": "en",
        "roles": ["officer"],
        "departments": ["roads"],
    }

    response = as_member("ines").post("/desk/people/invite/", typed)
    work()

    assert response.url == "/desk/people/"
    assert Invitation.objects.get().address == "nadia@townline.example"
    assert mailoutbox[0].to == ["nadia@townline.example"]


def test_an_address_that_is_taken_is_refused_with_what_was_typed(as_member, town):
    typed = {"name": "Ada", "address": town.ada.email, "language": "en", "roles": ["officer"]}

    response = as_member("ines").post("/desk/people/invite/", typed)

    assert response.status_code == 409
    assert "already" in response.content.decode()


def test_who_is_deactivated_is_out_at_once_and_old_sessions_stay_out(as_member, client, town):
    browser = as_member("ada")
    assert browser.get("/desk/").status_code == 200

    as_member("ines").post(f"/desk/people/{town.ada.pk}/deactivate/")
    assert browser.get("/desk/").status_code == 302

    as_member("ines").post(f"/desk/people/{town.ada.pk}/activate/")
    assert browser.get("/desk/").status_code == 302
    town.ada.refresh_from_db()
    client.force_login(town.ada)
    assert client.get("/desk/").status_code == 200


def test_deactivating_leaves_an_event(town):
    town.ada.deactivate(by=town.ines)

    event = town.ada.events.get(name="user.deactivated")
    assert event.by == town.ines


def test_whoever_is_deactivated_gets_no_code_and_their_keys_open_nothing(town, stranger, mailoutbox):
    key = ApiKey.issue(town.ada, "Test")
    town.ada.deactivate(by=town.ines)

    stranger.post("/sign-in/login/", {"login": town.ada.email})

    assert "There is no account" in mailoutbox[0].body
    assert ApiKey.user_of(key) is None


def test_nobody_switches_off_their_own_account(town):
    with pytest.raises(NotPossible, match="your own"):
        town.ines.deactivate(by=town.ines)


def test_nobody_is_deactivated_twice_or_activated_twice(town):
    with pytest.raises(NotPossible, match="in use"):
        town.ada.activate(by=town.ines)
    town.ada.deactivate(by=town.ines)

    with pytest.raises(NotPossible, match="already"):
        town.ada.deactivate(by=town.ines)


def test_somebody_is_always_left_who_can_invite(town):
    with pytest.raises(NotPossible, match="Nobody would be left"):
        town.ines.deactivate(by=town.dana)
    with pytest.raises(NotPossible, match="Nobody would be left"):
        town.ines.appoint(by=town.ines, roles=[town.roles["officer"]], departments=[])

    town.dana.appoint(by=town.ines, roles=[town.roles["administrator"]], departments=[])
    town.ines.deactivate(by=town.dana)

    assert not town.ines.is_active


def test_roles_and_departments_are_changed_on_the_persons_page(as_member, town):
    typed = {"roles": ["supervisor"], "departments": ["bylaw"]}

    as_member("ines").post(f"/desk/people/{town.ada.pk}/", typed)

    ada = User.objects.get(pk=town.ada.pk)
    assert ada.holds("case.supervise")
    assert ada.department_ids == {town.bylaw.pk}
    event = ada.events.get(name="user.appointed")
    assert event.details == {"roles": ["supervisor"], "departments": ["bylaw"]}


def test_a_customer_is_neither_shown_nor_given_a_role(as_member, town, marie):
    browser = as_member("ines")

    assert browser.get(f"/desk/people/{marie.pk}/").status_code == 404
    with pytest.raises(NotPossible, match="not a member of staff"):
        marie.appoint(by=town.ines, roles=[town.roles["officer"]], departments=[])


def test_a_lost_phone_is_forgotten_and_every_session_ends(as_member, town, with_app):
    with_app(town.ada)
    browser = as_member("ada")

    as_member("ines").post(f"/desk/people/{town.ada.pk}/forget-second-factor/")

    assert not User.objects.get(pk=town.ada.pk).has_second_factor
    assert browser.get("/desk/").status_code == 302


def test_a_new_account_at_the_identity_provider_is_linked_anew(as_member, town):
    town.ada.link_identity(by=town.ada, issuer="https://id.townline.example", subject="7")
    browser = as_member("ada")
    page = as_member("ines").get(f"/desk/people/{town.ada.pk}/").content.decode()

    as_member("ines").post(f"/desk/people/{town.ada.pk}/unlink-identity/")

    assert "Unlink from the identity provider" in page
    assert not User.objects.get(pk=town.ada.pk).is_linked
    assert browser.get("/desk/").status_code == 302


def test_an_invitation_is_sent_again_and_withdrawn_on_the_page(as_member, town, work, mailoutbox):
    from townline.accounts.invitations import invite

    made = invite(by=town.ines, address="n@townline.example", name="N", roles=[], departments=[], by_mail=False)

    as_member("ines").post(f"/desk/people/invitations/{made.pk}/send/")
    work()
    as_member("ines").post(f"/desk/people/invitations/{made.pk}/withdraw/")

    made.refresh_from_db()
    assert len(mailoutbox) == 1
    assert made.withdrawn_at
    assert as_member("ada").post(f"/desk/people/invitations/{made.pk}/send/").status_code == 404


def test_somebody_is_given_a_chair_in_the_reporting_line(as_member, town):
    chair = Position.objects.create(code="roads-supervisor", title={"en": "Supervisor"}, department=town.roads)
    kept = {"roles": ["officer"], "departments": ["roads"]}

    as_member("ines").post(f"/desk/people/{town.ada.pk}/", {**kept, "position": "roads-supervisor"})

    town.ada.refresh_from_db()
    assert town.ada.position == chair
    assert town.ada.events.last().details["position"] == "roads-supervisor"
