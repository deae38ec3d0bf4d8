"""How staff come: a link that works once, for seven days, and for no customer."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from townline.accounts.invitations import Invitation, invite
from townline.accounts.models import User
from townline.core.refusals import NotPossible
from townline.jobs.models import Job
from townline.timeline.models import Event

ADDRESS = "nadia@townline.example"


@pytest.fixture
def link(town, work, mailoutbox):
    """Ines has invited Nadia; the address of the page in her mail."""
    officer = [town.roles["officer"]]
    invite(by=town.ines, address=ADDRESS, name="Nadia Sample", roles=officer, departments=[town.roads])
    work()
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mailoutbox[-1].body)[1]


def accept(browser, link, **typed):
    """Open the link and accept."""
    return browser.post(browser.get(link).url, {"name": "Nadia Sample", **typed})


def test_who_accepts_becomes_staff_with_the_roles_and_sets_up_a_second_factor_next(stranger, link, town):
    response = accept(stranger, link)

    nadia = User.objects.get(email=ADDRESS)
    assert (nadia.kind, nadia.name) == (User.Kind.STAFF, "Nadia Sample")
    assert nadia.holds("case.work")
    assert nadia.department_ids == {town.roads.pk}
    assert nadia.verified_addresses == [ADDRESS]
    assert response.url == "/desk/"
    assert stranger.get("/desk/").url.startswith("/sign-in/2fa/totp/activate/")


def test_a_password_may_be_set_and_must_not_be_a_common_one(stranger, link):
    refused = accept(stranger, link, password="password123")

    accept(stranger, link, password="quatre mots dont on se souvient")

    assert refused.status_code == 200
    assert User.objects.get(email=ADDRESS).check_password("quatre mots dont on se souvient")


def test_the_link_leaves_the_address_bar_at_once(stranger, link):
    response = stranger.get(link)

    assert response.url == "/sign-in/invitation/"


def test_the_link_stands_in_no_table_and_in_no_jobs_arguments(link, town):
    token = link.rstrip("/").rpartition("/")[2]

    assert token not in str(list(Invitation.objects.values()))
    assert [job.kwargs for job in Job.objects.filter(task__endswith="deliver")] == [
        {"invitation_id": Invitation.objects.get().pk}
    ]
    assert token not in str(list(Event.objects.values()))
    assert ADDRESS not in str(list(Event.objects.values("details")))


def test_a_link_works_once(client, stranger, link):
    accept(stranger, link)

    response = client.get(link)

    assert response.status_code == 410
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_two_browsers_with_the_same_link_make_one_member_of_staff(client, stranger, link):
    client.get(link)
    accept(stranger, link)

    response = client.post("/sign-in/invitation/", {"name": "Somebody Else"})

    assert response.status_code == 410
    assert User.objects.get(email=ADDRESS).name == "Nadia Sample"


def test_after_seven_days_it_is_too_late(stranger, link):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    response = stranger.get(link, follow=True)

    assert response.status_code == 410
    assert "more than seven days old" in response.content.decode()


def test_a_withdrawn_invitation_lets_nobody_in(stranger, link, town):
    Invitation.objects.get().withdraw(by=town.ines)

    assert stranger.get(link).status_code == 410


def test_sending_it_again_ends_the_earlier_link(stranger, link, town, work, mailoutbox):
    Invitation.objects.get().send(by=town.ines)
    work()

    newer = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mailoutbox[-1].body)[1]
    assert stranger.get(link).status_code == 410
    assert stranger.get(newer).status_code == 302


@pytest.mark.parametrize("token", ["", "x", "None", "0" * 43])
def test_a_guessed_link_opens_nothing(stranger, link, token):
    assert stranger.get(f"/sign-in/invitation/{token}/").status_code in (404, 410)
    assert stranger.get("/sign-in/invitation/").status_code == 410


def test_inviting_somebody_again_replaces_the_first_invitation(link, town):
    invite(by=town.ines, address=ADDRESS.upper(), name="Nadia S.", roles=[town.roles["supervisor"]], departments=[])

    assert Invitation.objects.pending().get().name == "Nadia S."


def test_a_customers_account_never_turns_into_staff(town, marie):
    with pytest.raises(NotPossible, match="customer"):
        invite(by=town.ines, address=marie.email, name="Marie", roles=[], departments=[])


def test_an_account_made_after_the_invitation_is_not_taken_over(stranger, client, link, code):
    client.post("/sign-in/signup/", {"email": ADDRESS})
    client.post("/sign-in/confirm-email/", {"code": code()})

    response = accept(stranger, link)

    assert response.status_code == 409
    assert User.objects.get(email=ADDRESS).kind == User.Kind.CUSTOMER


def test_a_strangers_unfinished_sign_up_does_not_stand_in_the_way(stranger, client, link):
    client.post("/sign-in/signup/", {"email": ADDRESS})

    accept(stranger, link)

    assert User.objects.get(email=ADDRESS).kind == User.Kind.STAFF


def test_staff_are_not_invited_twice(town):
    with pytest.raises(NotPossible, match="already"):
        invite(by=town.ines, address=town.ada.email, name="Ada", roles=[], departments=[])


def test_the_mail_is_in_the_language_of_the_invitation(town, work, mailoutbox):
    invite(by=town.ines, address=ADDRESS, name="Nadia", roles=[], departments=[], language="fr")
    work()

    assert "/fr/sign-in/invitation/" in mailoutbox[0].body
    assert mailoutbox[0].extra_headers["Content-Language"] == "fr"


def test_the_first_administrator_gets_a_link_from_the_terminal(stranger, town, capsys, mailoutbox):
    call_command("invite", ADDRESS, name="Nadia Sample", role=["administrator"], department=["front"])

    link = capsys.readouterr().out.splitlines()[0].removeprefix("http://127.0.0.1:8000")
    accept(stranger, link)
    assert User.objects.get(email=ADDRESS).holds("accounts.invite")
    assert not mailoutbox


def test_the_terminal_names_the_roles_there_are(town):
    with pytest.raises(CommandError, match="There are: administrator, deputy_clerk, officer"):
        call_command("invite", ADDRESS, name="Nadia", role=["king"], department=[])


def test_the_terminal_says_who_is_staff_already(town):
    with pytest.raises(CommandError, match="already"):
        call_command("invite", town.ada.email, name="Ada", role=["officer"], department=[])
