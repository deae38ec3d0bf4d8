"""What a screen reader finds in a PDF: read off its structure."""

import io
from typing import Any

import pikepdf
import pypdfium2


def nodes(pdf: Any) -> list[Any]:
    """Every element of the structure, in reading order."""
    found: list[Any] = []
    _walk(pdf.Root.StructTreeRoot, found)
    return found


def _walk(node: Any, found: list[Any]) -> None:
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        found.append(node)
    inside = node.get("/K", [])
    for one in inside if isinstance(inside, pikepdf.Array) else [inside]:
        _walk(one, found)


def roles(pdf: Any) -> list[str]:
    """What each element is."""
    return [str(node.S)[1:] for node in nodes(pdf)]


def headings(pdf: Any) -> list[int]:
    """The levels of the headings, in order."""
    return [int(role[1]) for role in roles(pdf) if len(role) == 2 and role[0] == "H" and role[1].isdigit()]


def languages(pdf: Any) -> set[str]:
    """The languages that elements are marked with."""
    return {str(node.Lang) for node in nodes(pdf) if "/Lang" in node}


def alternatives(pdf: Any) -> list[str]:
    """The words for each picture; empty where they are missing."""
    return [str(node.get("/Alt", "")) for node in nodes(pdf) if str(node.S) == "/Figure"]


def text_of(pdf: Any) -> str:
    """All text, as a reader copies it."""
    kept = io.BytesIO()
    pdf.save(kept)
    pages = pypdfium2.PdfDocument(kept.getvalue())
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def pictures_of(content: bytes) -> list[Any]:
    """Each page as it looks on paper."""
    return [page.render(scale=1.2).to_pil() for page in pypdfium2.PdfDocument(content)]
