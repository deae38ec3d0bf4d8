"""Confidential from below: without a live access row, nobody knows that the case exists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case, CaseAccess, Outcome
from townline.channels.models import Mail
from townline.core.access import visible

CAST = ["ada", "ben", "lea", "otto", "rita", "dana", "ines"]


@pytest.fixture
def secret(town):
    return town.case("About a clerk", assignee=town.ada, is_confidential=True)


@pytest.mark.parametrize("who", CAST)
def test_nobody_sees_it_by_rank_department_or_role(town, secret, who):
    assert not visible(getattr(town, who), Case.objects.all()).exists()


@pytest.mark.parametrize("who", CAST)
def test_its_address_answers_like_one_that_does_not_exist(as_member, secret, who):
    known = as_member(who).get(f"/desk/cases/{secret.reference}/")
    unknown = as_member(who).get("/desk/cases/TV-0000-0000-0/")

    assert known.status_code == unknown.status_code == 404


def test_a_live_access_row_opens_it(town, as_member, secret):
    CaseAccess.objects.create(case=secret, user=town.ben)

    assert as_member("ben").get(f"/desk/cases/{secret.reference}/").status_code == 200
    assert not visible(town.lea, Case.objects.all()).exists()


def test_an_access_that_has_run_out_opens_nothing(town, secret):
    CaseAccess.objects.create(case=secret, user=town.ben, until=timezone.now() - timedelta(seconds=1))

    assert not visible(town.ben, Case.objects.all()).exists()


def test_the_front_desk_does_not_see_its_mail(town, secret, work):
    secret.close(by=town.ada, outcome=Outcome.DONE, words="Done.")
    work()

    about_it = Mail.objects.filter(case_id=secret.pk, purpose="message")
    assert about_it.exists()
    assert not visible(town.rita, about_it).exists()
