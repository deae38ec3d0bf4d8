from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from townline.accounts.models import ApiKey
from townline.cases.models import Enclosure
from townline.cases.schedule import forget_loose_files
from townline.channels.models import Mail
from townline.core.refusals import NotPossible
from townline.documents import store
from townline.documents.models import Attachment
from townline.documents.schedule import sweep_files
from townline.documents.tests import samples


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def bring(by, content=None, name="IMG_1234.jpg", **more):
    return Attachment.bring(samples.upload(content or samples.picture(), name), by=by, **more)


def attach(browser, case, *files, **typed):
    return browser.post(f"/desk/cases/{case.reference}/attach/", {"add_files": list(files), **typed})


def test_a_photo_lies_with_its_case_and_its_event_holds_no_name(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    photo = bring(town.ada, name="Mrs Rivera.jpg")

    case.attach(by=town.ada, attachments=[photo])

    assert case.enclosures.get().attachment == photo
    assert (photo.brought_by, photo.original_name) == ("staff", "Mrs Rivera.jpg")
    assert town.events(case).get(name="case.attached").details == {"attachments": [photo.pk]}


def test_a_file_lies_with_one_case_only(town):
    photo = bring(town.ada)
    one, another = town.case("One"), town.case("Another")
    one.attach(by=town.ada, attachments=[photo])

    with pytest.raises(NotPossible, match="another case"):
        another.attach(by=town.ada, attachments=[photo])
    with pytest.raises(NotPossible, match="at least one"):
        one.attach(by=town.ada, attachments=[photo])

    assert Enclosure.objects.get().case == one


def test_a_photo_can_be_added_to_a_closed_case(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    case.attach(by=town.ada, attachments=[bring(town.ada)])

    assert case.is_closed
    assert case.enclosures.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 302), ("dana", 403), ("ines", 404)],
)
def test_who_may_add_a_photo(as_member, town, who, status):
    case = town.case("Broken street lamp")

    assert attach(as_member(who), case, samples.upload(samples.picture())).status_code == status


def test_the_page_says_the_limits_beforehand_and_opens_the_camera_of_a_phone(as_member, town):
    case = town.case("Broken street lamp")

    page = as_member("ada").get(f"/desk/cases/{case.reference}/attach/").content.decode()

    assert "Each up to 20 MB and 40 megapixels." in page
    assert 'capture="environment"' in page
    assert 'enctype="multipart/form-data"' in page


def test_a_photo_that_is_refused_says_why_and_the_good_one_stays(as_member, town):
    case = town.case("Broken street lamp")
    good = samples.upload(samples.picture(), "good.jpg")
    bad = samples.upload(b"<svg><script>alert(1)</script></svg>", "bad.jpg")

    page = attach(as_member("ada"), case, good, bad, description="The pole").content.decode()
    assert "bad.jpg: It is not a photo or a PDF that we can take." in page
    assert 'value="The pole"' in page
    held = Attachment.objects.get()
    assert f'name="held" id="held_1" value="{held.key}" checked' in page
    assert attach(as_member("ada"), case, held=held.key).status_code == 302

    assert case.enclosures.get().attachment == held


def test_a_file_that_somebody_else_holds_is_not_taken(as_member, town):
    case = town.case("Broken street lamp")
    photo = bring(town.ben)

    assert attach(as_member("ada"), case, held=photo.key).status_code == 200

    assert not case.enclosures.exists()


def test_a_file_that_is_too_large_is_left_out_and_the_rest_stays(as_member, town, settings):
    case = town.case("Broken street lamp")
    settings.LARGEST_FILE = 10_000
    large, small = samples.upload(b"\xff\xd8\xff" + b"a" * 200_000, "large.jpg"), samples.upload(samples.picture())

    page = attach(as_member("ada"), case, large, small, description="The pole").content.decode()

    assert "large.jpg: It has more than" in page
    assert 'value="The pole"' in page
    assert Attachment.objects.get().original_name == "photo.jpg"


def test_when_the_disk_is_full_the_page_says_so_and_no_case_points_at_nothing(as_member, town, monkeypatch):
    case = town.case("Broken street lamp")
    address = f"/desk/cases/{case.reference}/note/"

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("townline.documents.store.os.fsync", full)
    page = as_member("ada").post(address, {"text": "Rust.", "add_files": samples.upload(samples.picture())})
    assert "We could not keep it: there is no room for files just now." in page.content.decode()
    assert "Rust." in page.content.decode()
    assert as_member("ada").post(address, {"text": "Rust."}).status_code == 302

    assert case.notes.get().text == "Rust."
    assert not Attachment.objects.exists()
    call_command("documents", "verify")


def test_a_note_carries_its_files_and_only_staff_see_them(as_member, town):
    case = town.case("Broken street lamp")
    file = samples.upload(samples.document(), "map.pdf", "application/pdf")

    as_member("ada").post(f"/desk/cases/{case.reference}/note/", {"text": "Rust.", "add_files": file})

    enclosure = case.enclosures.get()
    assert (enclosure.note.text, enclosure.attachment.kind, enclosure.is_shared) == ("Rust.", "pdf", False)


def test_a_message_carries_its_files_to_the_tracking_page_and_not_into_the_mail(as_member, town, work):
    case = town.case("Broken street lamp", assignee=town.ada)
    file = samples.upload(samples.picture(), "plan.jpg")

    as_member("ada").post(f"/desk/cases/{case.reference}/message/", {"text": "Our plan.", "add_files": file})
    work()

    enclosure = case.enclosures.get()
    assert (enclosure.message.text, enclosure.is_shared) == ("Our plan.", True)
    assert "plan.jpg" not in Mail.objects.latest("pk").body


def test_the_page_of_the_case_shows_its_files_in_no_more_queries(as_member, town, django_assert_max_num_queries):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.attach(by=town.ada, attachments=[bring(town.ada, description="The rusty pole"), bring(town.ada)])
    browser = as_member("ada")
    browser.get(f"/desk/cases/{case.reference}/")

    with django_assert_max_num_queries(12):
        page = browser.get(f"/desk/cases/{case.reference}/").content.decode()

    assert 'alt="The rusty pole"' in page
    assert "IMG_1234.jpg" in page
    assert page.count("Not scanned for viruses") == 2


def test_a_file_is_given_out_as_a_download_that_cannot_act(as_member, town):
    case = town.case("Broken street lamp")
    photo = bring(town.ada)
    case.attach(by=town.ada, attachments=[photo])

    response = as_member("ada").get(f"/desk/cases/{case.reference}/files/{photo.key}/")

    assert b"".join(response) == store.path(photo.file).read_bytes()
    assert response["Content-Disposition"] == f'attachment; filename="{case.reference}-{photo.pk}.jpg"'
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("dana", 200), ("otto", 404), ("ines", 404)])
@pytest.mark.parametrize("ending", ["", "small/"])
def test_a_file_is_for_those_who_see_its_case(as_member, town, who, status, ending):
    case, another = town.case("Broken street lamp"), town.case("Another")
    photo = bring(town.ada)
    case.attach(by=town.ada, attachments=[photo])

    assert as_member(who).get(f"/desk/cases/{case.reference}/files/{photo.key}/{ending}").status_code == status
    assert as_member(who).get(f"/desk/cases/{another.reference}/files/{photo.key}/{ending}").status_code == 404
    assert Client().get(f"/desk/cases/{case.reference}/files/{photo.key}/{ending}").status_code == 302


def test_a_file_of_a_confidential_case_is_not_there_for_others(as_member, town):
    case = town.case("Broken street lamp")
    photo = bring(town.ada)
    case.attach(by=town.ada, attachments=[photo])
    type(case).objects.filter(pk=case.pk).update(is_confidential=True)

    assert as_member("ada").get(f"/desk/cases/{case.reference}/files/{photo.key}/").status_code == 404


def test_a_large_photo_is_made_ready_by_the_worker(as_member, town, work):
    case = town.case("Broken street lamp")
    photo = bring(town.ada, samples.picture(size=(3000, 2000)))
    case.attach(by=town.ada, attachments=[photo])
    address = f"/desk/cases/{case.reference}/files/{photo.key}/"
    came = photo.file
    assert as_member("ada").get(address).status_code == 409
    assert as_member("ada").get(address + "small/").status_code == 200

    work()

    photo.refresh_from_db()
    assert (photo.is_ready, photo.width, photo.height) == (True, 3000, 2000)
    assert photo.file != came
    assert as_member("ada").get(address).status_code == 200
    call_command("documents", "verify")


def test_what_was_never_attached_is_thrown_away_and_what_was_stays(town, folder):
    case = town.case("Broken street lamp")
    kept, loose = bring(town.ada), bring(town.ada)
    case.attach(by=town.ada, attachments=[kept])
    sweep_files.call()
    assert store.path(loose.file).exists()

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        forget_loose_files.call()
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=True):
        sweep_files.call()

    assert list(Attachment.objects.all()) == [kept]
    assert {path.name[:43] for path in folder.iterdir()} == {kept.file}


def test_the_verification_names_what_is_missing_and_what_was_changed(town, capsys):
    whole, gone, changed = bring(town.ada), bring(town.ada), bring(town.ada)
    store.path(gone.file).unlink()
    store.path(changed.file).write_bytes(b"another")

    with pytest.raises(CommandError, match="2 of the attachments"):
        call_command("documents", "verify")

    said = capsys.readouterr().err
    assert f"Attachment {gone.pk}: its file is not there." in said
    assert f"Attachment {changed.pk}: its file is not what it was." in said
    assert f"Attachment {whole.pk}:" not in said


def test_a_photo_by_the_interface(town):
    case = town.case("Broken street lamp")
    key = {"Authorization": f"Bearer {ApiKey.issue(town.ada, 'a test')}"}
    address = f"/api/v1/cases/{case.reference}/attach"
    good, bad = samples.picture(), b"nothing"

    assert Client().post(address, {"files": samples.upload(good)}, headers=key).status_code == 200
    refused = Client().post(address, {"files": [samples.upload(good), samples.upload(bad)]}, headers=key)

    assert (refused.status_code, case.enclosures.count()) == (409, 1)
    assert "not a photo or a PDF" in refused.content.decode()
