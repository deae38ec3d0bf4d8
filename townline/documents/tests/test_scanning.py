"""Files are scanned by a real clamd, which finds EICAR; and what holds while it is away, or not there at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.documents import clamd, store
from townline.documents.models import Attachment
from townline.documents.schedule import scan_what_waits
from townline.documents.tests import samples

INFECTED = samples.document(content=b"% " + samples.EICAR)


def bring(by, content=None, name="map.pdf"):
    return Attachment.bring(samples.upload(content or samples.document(), name), by=by)


def test_the_scanner_finds_what_it_knows_and_passes_the_rest(scanner):
    assert clamd.answers()
    assert clamd.scan([samples.EICAR]).startswith("Eicar-Test-Signature")
    assert clamd.scan([samples.picture()]) == ""
    assert clamd.scan([]) == ""


def test_a_clean_file_is_for_staff_until_it_is_scanned_and_for_customers_after(town, folder, scanner, work):
    file = bring(town.ada)
    assert (file.scan, file.is_served, file.is_served_to_customers) == ("waiting", True, False)

    work()

    file.refresh_from_db()
    assert (file.scan, file.is_served, file.is_served_to_customers) == ("clean", True, True)


def test_an_infected_file_is_kept_and_nobody_gets_it(as_member, town, folder, scanner, work):
    case = town.case("Broken street lamp")
    file = bring(town.ada, INFECTED)
    case.attach(by=town.ada, attachments=[file])

    work()

    file.refresh_from_db()
    assert (file.scan, file.is_served, file.is_served_to_customers) == ("infected", False, False)
    assert store.path(file.file).exists()
    address = f"/desk/cases/{case.reference}/"
    page = as_member("ada").get(address).content.decode()
    assert "A virus was found (Eicar-Test-Signature" in page
    assert file.key not in page
    refused = as_member("ada").get(f"{address}files/{file.key}/")
    assert refused.status_code == 409
    assert "A virus was found. Nobody can open it." in refused.content.decode()


def test_while_the_scanner_is_away_files_wait_and_are_scanned_when_it_is_back(town, folder, scanner, settings, work):
    socket = settings.CLAMD
    scanner()
    file = bring(town.ada)
    work()
    scan_what_waits.call()
    file.refresh_from_db()
    assert (file.scan, file.is_served_to_customers) == ("waiting", False)

    settings.CLAMD = socket
    scan_what_waits.call()

    file.refresh_from_db()
    assert file.scan == "clean"


def test_while_the_scanner_is_away_the_desk_says_so_to_those_who_look_after_it(as_member, town, folder, scanner):
    file = bring(town.ada)
    Attachment.objects.filter(pk=file.pk).update(brought_at=timezone.now() - timedelta(minutes=6))
    scanner()

    assert "1 file waits to be scanned for viruses." in as_member("ines").get("/desk/").content.decode()
    assert "to be scanned for viruses" not in as_member("ada").get("/desk/").content.decode()


def test_without_a_scanner_files_are_marked_and_scanned_when_there_is_one(town, folder, settings, scanner, work):
    socket, settings.CLAMD = settings.CLAMD, ""
    file = bring(town.ada)
    work()
    file.refresh_from_db()
    assert (file.scan, file.is_served_to_customers) == ("not_scanned", True)

    settings.CLAMD = socket
    assert not file.is_served_to_customers
    scan_what_waits.call()

    file.refresh_from_db()
    assert file.scan == "clean"


@pytest.mark.parametrize("where", ["/nowhere/clamd.sock", "127.0.0.1:1", "[::1]:1"])
def test_a_scanner_that_is_not_there_is_away(settings, where):
    settings.CLAMD = where

    assert not clamd.answers()
    with pytest.raises(clamd.ScannerAway):
        clamd.scan([b"a"])
