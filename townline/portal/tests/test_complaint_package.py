"""The package on one's own page: asked for, saved, and the consent to give the file to the Ombudsman."""

import io
import zipfile

import pytest
from django.test import Client

from townline.complaints.models import OutsideOffice
from townline.complaints.testing import TYPED, a_complaint, a_line, a_procedure
from townline.portal.tests.test_complaint import prove


@pytest.fixture
def line(town):
    return a_line(town)


@pytest.fixture
def procedure(town, line):
    OutsideOffice.objects.create(code="ombudsman", name={"en": "Ombudsman (sample)"}, from_on="2020-01-01")
    return a_procedure(town)


@pytest.fixture
def complaint(town, procedure):
    return a_complaint(town)


@pytest.fixture
def outside(complaint):
    complaint.stage, complaint.level = "outside", 6
    complaint.save()
    return complaint


@pytest.fixture
def owner(complaint):
    browser = Client()
    prove(browser, complaint, TYPED["email"])
    return browser


def at(complaint, verb=""):
    return f"/complaint/mine/{complaint.case.reference}/{verb}"


def test_it_is_asked_for_and_saved(outside, owner, work):
    asked = owner.post(at(outside, "package/"), follow=True).content.decode()
    work()
    name = outside.packages.get().name
    page = owner.get(at(outside)).content.decode()
    saved = owner.get(at(outside, f"package/{name}/"))

    assert "it is being made" in asked
    assert at(outside, f"package/{name}/") in page
    assert saved["Content-Type"] == "application/zip"
    assert "complaint.pdf" in zipfile.ZipFile(io.BytesIO(saved.content)).namelist()
    assert Client().get(at(outside, f"package/{name}/")).status_code == 404
    assert owner.get(at(outside, f"package/{'0' * 32}/")).status_code == 404


def test_before_the_last_level_has_decided_there_is_none(complaint, owner):
    page = owner.get(at(complaint)).content.decode()

    assert "Make my package" not in page
    assert owner.post(at(complaint, "package/")).status_code == 409
    assert owner.post(at(complaint, "consent/")).status_code == 409


def test_they_agree_once_and_take_it_back(outside, owner):
    owner.post(at(outside, "consent/"))
    agreed = owner.post(at(outside, "consent/"), follow=True).content.decode()
    given = outside.disclosures.get()
    back = owner.post(at(outside, "consent/withdraw/"), follow=True).content.decode()

    assert "You agreed." in agreed
    assert (given.ground, given.what) == ("consent", "file")
    assert "taken back" in back
    assert outside.disclosures.get().withdrawn_at


def test_the_ombudsmans_copy_is_not_theirs_to_save(outside, owner, line, work):
    given = outside.disclose(by=line["foi"], ground="ombudsman", what="file", to_whom="Ombudsman (sample)")
    package = outside.release(by=line["foi"], disclosure=given)
    work()
    package.refresh_from_db()

    assert owner.get(at(outside, f"package/{package.name}/")).status_code == 404
    assert "the file was given" in owner.get(at(outside)).content.decode()


@pytest.mark.parametrize("verb", ["package/", "consent/", "consent/withdraw/"])
def test_for_a_stranger_there_is_nothing(outside, verb):
    assert Client().post(at(outside, verb)).status_code == 404
