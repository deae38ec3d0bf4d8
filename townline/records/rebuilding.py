"""A text for release, built anew without what is taken out: pure functions, for a mistake here cannot be called back.

Nothing is covered up: what is exempt is not in the new text at all, and the
section of the Act stands in its place.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

SHORTEST = 2
"""Characters: taking out a single letter everywhere would only make a text unreadable."""


class Cut(NamedTuple):
    """Words that are taken out wherever they stand, and the section that says why."""

    words: str
    section: str


class Part(NamedTuple):
    """A stretch of the new text, or the place where something was taken out."""

    text: str
    section: str = ""


def rebuilt(text: str, cuts: Iterable[Cut]) -> list[Part]:
    """The text in parts, without any of the words; small and capital letters and runs of white space are one."""
    spans = sorted(span for cut in cuts for span in _found(text, cut))
    parts: list[Part] = []
    at = 0
    for begin, end, section in spans:
        if begin < at:
            if end > at:
                at = end
                before = parts[-1].section
                parts[-1] = Part("", before if section in before.split(", ") else f"{before}, {section}")
            continue
        if begin > at:
            parts.append(Part(text[at:begin]))
        parts.append(Part("", section))
        at = end
    if at < len(text):
        parts.append(Part(text[at:]))
    return parts


def plain(parts: Iterable[Part]) -> str:
    """The new text as it is read out and copied: “[s. 14]” where something was taken out."""
    return "".join(part.text or f"[{part.section}]" for part in parts)


def _found(text: str, cut: Cut) -> list[tuple[int, int, str]]:
    words = cut.words.split()
    if len("".join(words)) < SHORTEST:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    return [(*match.span(), cut.section) for match in pattern.finditer(text)]


LIKELY = re.compile(
    r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[a-z]{2,}"
    r"|(?:\+?1[-. ]?)?\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b"
    r"|\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b",
    re.IGNORECASE,
)
"""E-mail addresses, phone numbers and postal codes."""


def candidates(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """What somebody should look at before a release: addresses, numbers, codes, and the names of known people."""
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(match.group() for match in LIKELY.finditer(text))
        lower = text.lower()
        found |= dict.fromkeys(name for name in names if len(name) >= SHORTEST and name.lower() in lower)
    return list(found)


def masked(text: str, own: Iterable[str], names: Iterable[str], mask: str) -> str:
    """A customer's own text with the addresses, numbers and names of others covered by a word."""
    theirs = {_plain(value) for value in own}
    others = [name for name in names if len(name) >= SHORTEST and _plain(name) not in theirs]
    text = LIKELY.sub(lambda match: match.group() if _plain(match.group()) in theirs else mask, text)
    for name in sorted(others, key=len, reverse=True):
        text = re.sub(re.escape(name), mask, text, flags=re.IGNORECASE)
    return text


def _plain(value: str) -> str:
    return re.sub(r"[\s().+-]", "", value).lower().removeprefix("1")
