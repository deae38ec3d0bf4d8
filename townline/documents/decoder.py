"""A program of its own that opens one file somebody sent, and makes ours of it.

Libraries that decode pictures and PDFs are where the surprises are: a small file
that unfolds into gigabytes, or a fault that ends the process. So they never run
inside the web server. This program is started for one file, may use so much
memory and time and no more, and says in one line of JSON what it found. It knows
nothing of Townline; `reading.py` starts it.
"""

import errno
import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 1024**3
SECONDS = 60
LONGEST_SIDE = 4096
SMALL_SIDE = 400
MOST_OBJECTS = 200_000
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
PILLOW = {"jpeg": ["JPEG"], "png": ["PNG"], "webp": ["WEBP"], "heic": ["HEIF"]}
ORIENTATION, ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
ACTIVE_KEYS = {"/JS", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent", "/JavaScript"}
ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
}  # fmt: skip
ACTIVE_KINDS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


class Refused(Exception):
    """Not taken, for the reason of this name."""


def kind_of(head: bytes) -> str:
    """What its first bytes say it is; only these kinds are ever given to a decoder."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return "heic"
    if head.startswith(b"%PDF-"):
        return "pdf"
    raise Refused("other_kind")


def picture(source: Path, made: Path, small: Path, kind: str, most_pixels: int, at_once: int) -> dict[str, Any]:
    """Decode it; write a small one, and the whole one anew unless it has more pixels than may be done at once."""
    from PIL import Image, ImageOps

    if kind == "heic":
        import pi_heif

        pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # Its own limit only warns; ours follows before anything is decoded.
    with Image.open(source, formats=PILLOW[kind]) as image:
        size = image.size
        if size[0] * size[1] > most_pixels:
            raise Refused("too_many_pixels")
        is_ready = size[0] * size[1] <= at_once
        if not is_ready and kind == "jpeg":
            image.draft("RGB", (SMALL_SIDE * 2, SMALL_SIDE * 2))  # Reads it all, and keeps an eighth of it.
        is_turned = kind != "heic" and image.getexif().get(ORIENTATION, 1) in ON_ITS_SIDE
        plain = _plain(ImageOps.exif_transpose(image), kind)
    if is_ready:
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        _write(plain, made, "jpeg" if kind == "heic" else kind)
        size = plain.size
    elif is_turned:
        size = size[::-1]
    plain.thumbnail((SMALL_SIDE, SMALL_SIDE))
    _write(_on_white(plain), small, "jpeg")
    return {"width": size[0], "height": size[1], "is_ready": is_ready}


def _plain(image: Any, kind: str) -> Any:
    """The pixels alone: nothing that was written beside them comes along."""
    if kind in ("png", "webp") and image.has_transparency_data:
        plain = image.convert("RGBA")
    elif image.mode in ("L", "1"):
        plain = image.convert("L")
    else:
        plain = _on_white(image)
    plain.load()
    plain.info = {}
    return plain


def _on_white(image: Any) -> Any:
    from PIL import Image

    if not image.has_transparency_data:
        return image if image.mode in ("RGB", "L") else image.convert("RGB")
    image = image.convert("RGBA")
    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page


def _write(image: Any, target: Path, kind: str) -> None:
    options: dict[str, Any] = {"jpeg": {"quality": 85, "optimize": True}, "webp": {"quality": 85}}.get(kind, {})
    image.save(target, format=kind.upper(), **options)


def pdf(source: Path, made: Path) -> dict[str, Any]:
    """Open it, refuse what could act by itself, and write the pages anew without what was said about the writer."""
    import pikepdf

    try:
        with pikepdf.open(source) as document:
            if document.is_encrypted:
                raise Refused("encrypted")
            if not len(document.pages):
                raise Refused("unreadable")
            _refuse_active(document)
            for name in ("/OpenAction", "/AA", "/Metadata", "/PieceInfo", "/AcroForm"):
                if name in document.Root and (name != "/AcroForm" or not document.Root.AcroForm.get("/Fields")):
                    del document.Root[name]
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            pages = len(document.pages)
            # Streams that are not compressed stay so: the scanner reads what is there.
            with made.open("wb") as file:
                document.save(file, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    return {"pages": pages, "is_ready": True}


def _refuse_active(document: Any) -> None:
    """Scripts, programs to start, files inside: a reader might run or open them."""
    import pikepdf

    if len(document.objects) > MOST_OBJECTS:
        raise Refused("too_complicated")
    seen = list(document.objects)
    for found in seen:
        _look_through(found, pikepdf, 0)


def _look_through(found: Any, pikepdf: Any, depth: int) -> None:
    if depth > 60:
        raise Refused("too_complicated")
    if isinstance(found, pikepdf.Array):
        for each in found:
            _inside(each, pikepdf, depth)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        inside = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        keys = set(inside.keys())
        is_active = keys & ACTIVE_KEYS or str(inside.get("/S")) in ACTIVE_ACTIONS
        if is_active or ("/Subtype" in keys and str(inside["/Subtype"]) in ACTIVE_KINDS):
            raise Refused("active")
        for key in keys:
            _inside(inside[key], pikepdf, depth)


def _inside(each: Any, pikepdf: Any, depth: int) -> None:
    """What stands in it directly; what it only points to is looked at for itself."""
    if isinstance(each, pikepdf.Object) and not each.is_indirect:
        _look_through(each, pikepdf, depth + 1)


def look(source: Path, made: Path, small: Path, most_pixels: int, at_once: int) -> dict[str, Any]:
    """What is found, or why it is refused."""
    try:
        with source.open("rb") as file:
            kind = kind_of(file.read(32))
        found = pdf(source, made) if kind == "pdf" else picture(source, made, small, kind, most_pixels, at_once)
    except Refused as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": "too_complicated"}
    except OSError as error:
        return {"refused": "no_room" if error.errno in NO_ROOM else "unreadable"}
    except Exception:  # Each decoder fails in ways of its own; all of them mean the same.
        return {"refused": "unreadable"}
    kept = "jpeg" if kind == "heic" and found["is_ready"] else kind
    return {"kind": kept, **found}


def main() -> None:
    """`decoder.py SOURCE MADE SMALL MOST_PIXELS AT_ONCE`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, made, small = (Path(name) for name in sys.argv[1:4])
    print(json.dumps(look(source, made, small, int(sys.argv[4]), int(sys.argv[5]))))  # noqa: T201


if __name__ == "__main__":
    main()
