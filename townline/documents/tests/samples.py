"""Files made for the tests: good ones, and what somebody might try."""

import base64
import io
import struct
import zlib
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The file by which scanners are tested; it does nothing."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **more: Any) -> bytes:
    """A small picture of this kind, with a gradient."""
    made = Image.linear_gradient("L").resize(size).convert(mode)
    file = io.BytesIO()
    made.save(file, kind, **more)
    return file.getvalue()


def with_gps() -> bytes:
    """A photo that says where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Canary Photographer"
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 55.0, 0.0), 3: "W", 4: (78.0, 41.0, 0.0)})
    return picture(exif=exif, comment=b"Canary comment")


HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAABoAAgAAAAACBgABAAAAAAAAAIYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADmaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEA"
    "AQaBAgMFhIYAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAKhtZGF0AAAAFigBrxmA70mlv//f4x/19q/4prWmPm4AAAAGRXhp"
    "ZgAATU0AKgAAAAgAAwESAAMAAAABAAYAAAE7AAIAAAAUAAAAMoglAAQAAAABAAAARgAAAABDYW5hcnkgUGhvdG9ncmFwaGVyAAAC"
    "AAEAAgAAAAJOAAAAAAIABQAAAAMAAABkAAAAAAAAACsAAAABAAAANwAAAAEAAAAAAAAAAQ=="
)
"""A photo as a phone makes it, of 64 by 48 pixels, with a place and a photographer in it.

Made once with pillow-heif: what we run can only read them.
"""


def bomb(side: int = 20_000) -> bytes:
    """A PNG of 400 megapixels in less than 50 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    squeeze = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    data = b"".join(squeeze.compress(row) for _row in range(side)) + squeeze.flush()
    header = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def document(content: bytes = b"", **more: Any) -> bytes:
    """A PDF of one page, with this in its root, and its writer's name."""
    made = pikepdf.new()
    made.add_blank_page()
    if content:
        made.pages[0].Contents = made.make_stream(content)
    for name, value in more.items():
        made.Root[f"/{name}"] = made.make_indirect(value)
    made.docinfo["/Author"] = "Canary Author"
    file = io.BytesIO()
    made.save(file, compress_streams=False)
    return file.getvalue()


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as made:
        made.save(file, encryption=pikepdf.Encryption(owner="one", user="two"))
    return file.getvalue()


def script(words: str = "app.alert(1)") -> Any:
    """An action that runs JavaScript."""
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(words))


def upload(content: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content, kind)
