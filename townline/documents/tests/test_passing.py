"""What is to be sealed is decoded in memory: nothing of it ever lies on a disk."""

import pytest
from django.conf import settings

from townline.documents.passing import pass_through
from townline.documents.reading import FileRefused
from townline.documents.tests import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.with_gps(), "jpeg"), (samples.HEIC, "jpeg"), (samples.picture("PNG"), "png"),
        (samples.picture("WEBP"), "webp"), (samples.document(), "pdf"), (samples.picture(size=(6000, 4500)), "jpeg"),
    ],
)  # fmt: skip
def test_it_is_written_anew_without_what_stood_beside(folder, content, kind):
    passed = pass_through([content[:100], content[100:]])

    assert passed.kind == kind
    assert passed.content
    assert b"Canary" not in passed.content
    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (samples.bomb(), "40 megapixels"), (samples.encrypted(), "password"), (b"text", "not a photo or a PDF"),
        (samples.document(OpenAction=samples.script()), "script"), (samples.picture()[:200], "damaged"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_and_leaves_nothing(folder, content, why):
    with pytest.raises(FileRefused, match=why):
        pass_through([content])

    assert not folder.exists()


def test_too_many_bytes_are_refused(folder):
    with pytest.raises(FileRefused, match="20 MB"):
        pass_through([bytes(settings.LARGEST_FILE + 1)])


def test_a_large_upload_has_no_name_on_the_disk(rf, folder):
    request = rf.post("/", {"add_files": samples.upload(bytes(4_000_000))})

    spooled = request.FILES["add_files"]

    assert spooled.size == 4_000_000
    with pytest.raises(FileNotFoundError):
        open(spooled.temporary_file_path()).close()  # noqa: PTH123
