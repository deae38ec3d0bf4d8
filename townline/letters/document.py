"""A letter as data: parts in a language each, made of a few kinds of blocks.

From the same blocks comes the PDF (`printing.py`), the page and the plain text,
so that they cannot disagree. Text is text: nothing that somebody typed is ever
read as markup.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class Heading:
    """A heading; levels are not skipped."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 2


@dataclass(frozen=True)
class Words:
    """Paragraphs, with empty lines between them."""

    kind: ClassVar[str] = "words"
    text: str


@dataclass(frozen=True)
class Quoted:
    """Paragraphs in somebody's own words."""

    kind: ClassVar[str] = "quoted"
    text: str


@dataclass(frozen=True)
class Points:
    """A list."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels with what belongs to them."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings; `widths` are shares of the page."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Address:
    """Whom it goes to, where the window of an envelope shows it."""

    kind: ClassVar[str] = "address"
    text: str


@dataclass(frozen=True)
class Picture:
    """A drawing of ours, with the words for whoever cannot see it."""

    kind: ClassVar[str] = "picture"
    svg: str
    alt: str
    width: int = 4


Block = Heading | Words | Quoted | Points | Facts | Table | Address | Picture
KINDS: dict[str, Any] = {
    one.kind: one for one in (Heading, Words, Quoted, Points, Facts, Table, Address, Picture)
}  # fmt: skip


@dataclass(frozen=True)
class Sender:
    """Who writes: a name, and lines under it."""

    name: str
    lines: str = ""


@dataclass(frozen=True)
class Part:
    """The whole letter in one language."""

    lang: str
    sender: Sender
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A letter in one language or several, each on pages of its own.

    `title` stands in the properties of the file and in the window of a reader:
    it says no more than a stranger may read over a shoulder.
    """

    title: str
    author: str
    footer: str
    parts: tuple[Part, ...] = field(default=())

    def as_json(self) -> str:
        """For the press, and to be kept."""
        parts = [
            {
                "lang": part.lang,
                "sender": asdict(part.sender),
                "blocks": [{"kind": block.kind, **asdict(block)} for block in part.blocks],
            }
            for part in self.parts
        ]
        whole = {"title": self.title, "author": self.author, "footer": self.footer, "parts": parts}
        return json.dumps(whole, ensure_ascii=False)

    @classmethod
    def from_json(cls, kept: str) -> "Document":
        """As it was kept."""
        whole = json.loads(kept)
        parts = [
            Part(part["lang"], Sender(**part["sender"]), tuple(_block(one) for one in part["blocks"]))
            for part in whole["parts"]
        ]
        return cls(whole["title"], whole["author"], whole["footer"], tuple(parts))


def _block(kept: dict[str, Any]) -> Block:
    told = {name: _frozen(value) for name, value in kept.items() if name != "kind"}
    made: Block = KINDS[kept["kind"]](**told)
    return made


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
