"""A letter as plain text, for a mail."""

from townline.letters.document import Block, Document, Facts, Heading, Picture, Points, Table

WIDTH = 72


def as_text(document: Document) -> str:
    """All its parts, one after the other."""
    parts = ["\n\n".join(said for one in part.blocks if (said := _said(one))) for part in document.parts]
    return f"\n\n{'-' * WIDTH}\n\n".join(parts) + "\n"


def _said(block: Block) -> str:
    match block:
        case Heading():
            return block.text.upper() if block.level == 1 else block.text
        case Points():
            return "\n".join(f"- {one}" for one in block.items)
        case Facts():
            return "\n".join(f"{label}: {value}" for label, value in block.rows)
        case Table():
            return "\n".join(" | ".join(row) for row in (block.head, *block.rows))
        case Picture():
            return block.alt
    return block.text
