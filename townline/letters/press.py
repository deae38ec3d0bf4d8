"""A program of its own that makes a PDF of one letter: JSON on its input, the PDF on its output.

It knows nothing of Townline, touches no disk and no network, and may use so
much memory and time and no more; `printing.py` starts it.
"""

import resource
import sys
import unicodedata
from pathlib import Path

MEMORY = 1024**3
SECONDS = 20
LAYOUT = Path(__file__).with_name("letter.typ")
SHOWN = ((0x0A, 0x0A), (0x20, 0x7E), (0xA0, 0x377), (0x38E, 0x3A1), (0x3A3, 0x4FF), (0x1E00, 0x1EFF),
         (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x2040), (0x20A0, 0x20C0), (0x2190, 0x23FF))  # fmt: skip
"""What the fonts that come with the press can show; a test prints each of them."""
INSTEAD = "□"


def shown(text: str) -> str:
    """The text with a box for each character that the fonts do not have: PDF/UA allows no missing one."""
    return "".join(one if one == INSTEAD or _is_shown(ord(one)) else INSTEAD for one in _printed(text))


def unshown(text: str) -> str:
    """Each character of the text that would be a box, once, in order; empty where the letter says all of it."""
    boxes = (one for one in _printed(text) if one != INSTEAD and not _is_shown(ord(one)))
    return "".join(dict.fromkeys(one for one in boxes if unicodedata.category(one) != "Cc"))


def _printed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).replace("\u2028", "\n").replace("\u2029", "\n\n")
    return "".join(one for one in composed if unicodedata.category(one) != "Cf")


def _is_shown(number: int) -> bool:
    return any(first <= number <= last for first, last in SHOWN)


def pressed(letter: str) -> bytes:
    """The PDF, tagged for people who do not see it: PDF/UA-1."""
    import typst

    made: bytes = typst.compile(
        str(LAYOUT), root=str(LAYOUT.parent), sys_inputs={"letter": letter}, format="pdf", pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )  # fmt: skip
    return made


def main() -> None:
    """`press.py < letter.json > letter.pdf`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    letter = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(pressed(shown(letter)))


if __name__ == "__main__":
    main()
