"""A municipality's colours: checked for contrast when saved, served as a stylesheet of tokens.

A brand is `{"colour": "#rrggbb", "accent": "#rrggbb"}`. Everything else on a
page follows from these two, so that a brand can change the look and never the
legibility.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE = "#ffffff"
AGAINST_TEXT = 4.5


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two `#rrggbb` colours as WCAG measures it: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` mixed in."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def faults(tokens: Mapping[str, str]) -> list[str]:
    """What is wrong with a brand, one sentence each; an empty list means it may be saved."""
    found = [
        _("The %(token)s must be written as # and six hexadecimal digits.") % {"token": token}
        for token, value in tokens.items()
        if token in ("colour", "accent") and not HEX.fullmatch(value)
    ]
    found += [
        _("“%(token)s” is not a brand token.") % {"token": token} for token in tokens.keys() - {"colour", "accent"}
    ]
    if found:
        return found
    for token, value in tokens.items():
        if (ratio := contrast(value, WHITE)) < AGAINST_TEXT:
            found.append(
                _("White text on the %(token)s has a contrast of %(ratio).1f. It needs 4.5: choose a darker one.")
                % {"token": token, "ratio": ratio}
            )
    return found


def brand_css(tokens: Mapping[str, str]) -> str:
    """The stylesheet that puts a brand on: custom properties on `:root`, nothing else.

    A brand with faults puts nothing on; the page then wears the house colours.
    """
    if faults(tokens):
        return ""
    properties: dict[str, str] = {}
    if colour := tokens.get("colour"):
        properties |= {
            "town": colour,
            "town-deep": mixed(colour, "#000000", 0.28),
            "town-soft": mixed(colour, WHITE, 0.88),
            "town-line": mixed(colour, WHITE, 0.62),
            "town-faint": mixed(colour, WHITE, 0.95),
        }
    if accent := tokens.get("accent"):
        properties |= {
            "accent": accent,
            "accent-deep": mixed(accent, "#000000", 0.28),
            "accent-soft": mixed(accent, WHITE, 0.82),
        }
    declared = "".join(f"--{name}:{value};" for name, value in properties.items())
    return f":root{{{declared}}}\n" if declared else ""
