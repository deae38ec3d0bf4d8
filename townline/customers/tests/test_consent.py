"""Consents: to whom we may tell what, or who may act for a customer, on which ground and until when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from townline.core.refusals import NotPossible
from townline.customers.models import Consent
from townline.customers.tests.doings import consent

TODAY = timezone.localdate()


def test_a_consent_is_kept_with_its_ground_and_shown_while_it_holds(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    made = consent(town, to_whom="Marco Rivera")

    assert "Marco Rivera" in as_member("ada").get(case.get_absolute_url()).content.decode()
    assert town.rivera.events.get(name="customer.consented").details == {"consent": made.pk}


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(-10, None, True), (-10, 0, True), (0, 5, True), (-10, -1, False), (1, None, False)],
    ids=["open", "until today", "from today", "over", "not yet"],
)
def test_it_holds_from_its_first_day_to_its_last(town, begins, ends, holds):
    until_on = None if ends is None else TODAY + timedelta(days=ends)
    made = consent(town, from_on=TODAY + timedelta(days=begins), until_on=until_on)

    assert Consent.objects.in_force(TODAY).exists() is holds
    assert made.is_in_force is holds


def test_withdrawn_it_holds_no_more_and_stays_on_record(as_member, town):
    made = consent(town)

    assert as_member("rita").post(f"/desk/consents/{made.pk}/withdraw/").status_code == 302

    assert not Consent.objects.in_force(TODAY).exists()
    assert "withdrawn" in as_member("rita").get(f"/desk/customers/{town.rivera.pk}/").content.decode()
    with pytest.raises(NotPossible, match="already"):
        made.withdraw(by=town.rita)


def test_who_acts_for_a_customer_has_shown_a_proof(town):
    with pytest.raises(NotPossible, match="proof"):
        consent(town, kind="act", ground="attorney")
    made = consent(town, kind="act", ground="attorney", proof="Power of attorney for property, 3 May 2024")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=made.pk).update(proof="")


def test_it_does_not_end_before_it_begins(town):
    with pytest.raises(NotPossible, match="before it begins"):
        consent(town, until_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(("who", "status"), [("rita", 302), ("lea", 302), ("ada", 403), ("dana", 403), ("ines", 404)])
def test_who_may_note_one(as_member, town, who, status):
    typed = {"kind": "share", "to_whom": "A", "what": "B", "ground": "spoken", "proof": ""}
    day = {"from_on_day": TODAY.day, "from_on_month": TODAY.month, "from_on_year": TODAY.year}

    assert as_member(who).post(f"/desk/customers/{town.rivera.pk}/consent/", typed | day).status_code == status


def test_a_page_without_the_proof_comes_back(as_member, town):
    typed = {"kind": "act", "to_whom": "Marco", "what": "Everything", "ground": "attorney"}

    page = as_member("rita").post(f"/desk/customers/{town.rivera.pk}/consent/", typed).content.decode()

    assert "Say which proof was seen" in page
    assert "Marco" in page
