"""Who has no e-mail gets a letter: printed from the case, and noted as told."""

import pytest

from townline.cases.tests.doings import with_a_message
from townline.core.refusals import NotPossible


def test_it_is_noted_how_the_customer_was_told(town):
    case = with_a_message(town)
    message = case.messages.get()

    case.tell(by=town.ben, message=message.pk, way="letter")

    message.refresh_from_db()
    assert message.told_at
    assert town.events(case).get(name="case.told").details == {"about": message.pk, "way": "letter"}
    with pytest.raises(NotPossible, match="noted already"):
        case.tell(by=town.ben, message=message.pk, way="phone")


def test_the_letter_has_the_words_the_name_and_the_address(as_member, town):
    case = with_a_message(town)
    town.rivera.contact_points.create(kind="mail", value="12 Main Street\nTestville")

    page = as_member("ada").get(f"/desk/cases/{case.reference}/letter/{case.messages.get().pk}/").content.decode()

    assert "The crew comes on Thursday." in page
    assert "Elena Rivera<br>12 Main Street" in page
    assert case.reference in page


def test_the_letter_is_in_the_language_of_the_message_and_tells_no_name_to_who_may_not_know(as_member, town):
    case = town.case("Lamp", assignee=town.ada, language="fr")
    message = case.message(by=town.ada, text="L’équipe vient jeudi.")

    page = as_member("dana").get(f"/desk/cases/{case.reference}/letter/{message.pk}/").content.decode()

    assert "Au sujet de votre demande" in page
    assert "Elena Rivera" not in page
    other = with_a_message(town).messages.get().pk
    assert as_member("dana").get(f"/desk/cases/{case.reference}/letter/{other}/").status_code == 404


def test_the_page_of_the_case_leads_to_both(as_member, town):
    case = with_a_message(town)
    pk = case.messages.get().pk
    ben = as_member("ben")

    page = ben.get(case.get_absolute_url()).content.decode()
    assert f"/letter/{pk}/" in page
    assert f"/tell/?message={pk}" in page

    ben.post(f"/desk/cases/{case.reference}/tell/", {"message": pk, "way": "letter"})
    page = ben.get(case.get_absolute_url()).content.decode()
    assert "The customer was told: By letter" in page
    assert f"/tell/?message={pk}" not in page


def test_who_may_and_by_the_interface(as_member, call, town):
    case = with_a_message(town)
    typed = {"message": case.messages.get().pk, "way": "phone"}

    assert as_member("rita").post(f"/desk/cases/{case.reference}/tell/", typed).status_code == 403
    assert as_member("otto").post(f"/desk/cases/{case.reference}/tell/", typed).status_code == 404
    assert as_member("ada").post(f"/desk/cases/{case.reference}/tell/", {**typed, "message": 0}).status_code == 404
    assert call("ben", f"cases/{case.reference}/tell", **typed).status_code == 200
