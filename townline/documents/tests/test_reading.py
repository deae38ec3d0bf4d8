"""What is taken, what is made of it, and what is refused with which sentence."""

import io
import time

import pikepdf
import pytest
from PIL import Image

from townline.documents import reading, store
from townline.documents.reading import FileRefused, read, write_anew
from townline.documents.tests import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.picture("JPEG"), "jpeg"),
        (samples.picture("JPEG", mode="CMYK"), "jpeg"),
        (samples.picture("PNG", mode="RGBA"), "png"),
        (samples.picture("PNG", mode="P"), "png"),
        (samples.picture("PNG", mode="I;16"), "png"),
        (samples.picture("WEBP"), "webp"),
        (samples.HEIC, "jpeg"),
        (samples.document(), "pdf"),
    ],
    ids=["jpeg", "jpeg of a printer", "png", "png with a palette", "png of a scanner", "webp", "heic", "pdf"],
)
def test_these_kinds_are_taken(folder, content, kind):
    found = read([content])

    assert found.kind == kind
    assert found.is_ready
    assert store.digest(found.name) == (found.sha256, found.size)
    assert {file.name.removeprefix(found.name) for file in folder.iterdir()} <= {"", ".small"}


def test_a_photo_is_turned_upright_and_keeps_nothing_of_where_and_by_whom(folder):
    found = read([samples.with_gps()])

    kept = store.path(found.name).read_bytes()
    image = Image.open(io.BytesIO(kept))
    assert (image.size, (found.width, found.height)) == ((48, 64), (48, 64))
    assert (dict(image.getexif()), image.info.get("exif"), image.info.get("comment")) == ({}, None, None)
    assert b"Canary" not in kept
    assert b"Canary" not in store.path(found.name + store.SMALL).read_bytes()


def test_a_heic_photo_becomes_a_jpeg_and_keeps_nothing_of_where_and_by_whom(folder):
    assert b"Canary" in samples.HEIC

    found = read([samples.HEIC])

    kept = store.path(found.name).read_bytes()
    assert Image.open(io.BytesIO(kept)).format == "JPEG"
    assert b"Canary" not in kept
    assert b"Exif" not in kept


def test_a_large_photo_is_written_anew_later_and_is_as_good_then(folder):
    came = read([samples.picture(size=(3000, 2000), exif=Image.Exif(), comment=b"Canary comment")])

    found = write_anew(came.name)

    assert (came.is_ready, came.width, came.height) == (False, 3000, 2000)
    assert (found.is_ready, found.width, found.height) == (True, 3000, 2000)
    assert b"Canary" in store.path(came.name).read_bytes()
    assert b"Canary" not in store.path(found.name).read_bytes()
    assert max(Image.open(store.path(came.name + store.SMALL)).size) == 400


def test_nothing_that_was_hidden_behind_a_photo_comes_along(folder):
    found = read([samples.picture() + b"PK\x03\x04<script>alert(1)</script>"])

    kept = store.path(found.name).read_bytes()
    assert b"PK\x03\x04" not in kept
    assert b"<script>" not in kept


def test_a_pdf_is_written_anew_without_its_writer_and_without_what_was_hidden_behind_it(folder):
    found = read([samples.document() + b"PK\x03\x04<script>alert(1)</script>"])

    kept = store.path(found.name).read_bytes()
    assert b"<script>" not in kept
    assert b"Canary Author" not in kept
    with pikepdf.open(io.BytesIO(kept)) as made:
        assert len(made.pages) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a photo or a PDF"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;PK\x03\x04", "not a photo or a PDF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not a photo or a PDF"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "not a photo or a PDF"),
        (b"PK\x03\x04 zip", "not a photo or a PDF"),
        (samples.EICAR, "not a photo or a PDF"),
        (b"<script>%PDF-1.7", "not a photo or a PDF"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "cannot be read"),
        (samples.picture(size=(800, 600))[:900], "cannot be read"),
        (samples.picture("PNG", size=(800, 600))[:300], "cannot be read"),
        (samples.HEIC[:500], "cannot be read"),
        (b"%PDF-1.7 nothing", "cannot be read"),
        (samples.encrypted(), "password"),
        (samples.document(OpenAction=samples.script()), "script"),
        (samples.document(AA=pikepdf.Dictionary(WC=samples.script())), "script"),
        (samples.document(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=[]))), "another file"),
        (
            samples.document(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))),
            "a program",
        ),
    ],
    ids=[
        "empty", "gifar", "svg", "html", "zip", "eicar", "pdf after a script", "html as jpeg", "half a jpeg",
        "half a png", "half a heic", "no pdf at all", "password", "script at opening", "script at closing",
        "a file inside", "a program",
    ],
)  # fmt: skip
def test_these_are_refused_with_a_sentence_and_nothing_is_left_of_them(folder, content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read([content])

    assert list(folder.iterdir()) == []


def test_a_png_of_400_megapixels_is_refused_before_it_is_decoded(folder):
    content = samples.bomb()
    assert len(content) < 60_000
    began = time.monotonic()

    with pytest.raises(FileRefused, match="40 megapixels"):
        read([content])

    assert time.monotonic() - began < 1
    assert list(folder.iterdir()) == []


def test_what_takes_more_memory_than_there_is_is_refused(folder, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PIXELS", 10**9)

    with pytest.raises(FileRefused):
        read([samples.bomb(40_000)])

    assert list(folder.iterdir()) == []


def test_when_there_is_no_room_it_says_so_and_nothing_is_left(folder, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("townline.documents.store.os.fsync", full)

    with pytest.raises(FileRefused, match="no room"):
        read([samples.picture()])

    assert list(folder.iterdir()) == []
