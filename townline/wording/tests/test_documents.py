"""The page about templates lists every placeholder, and no other."""

import re
from pathlib import Path

from townline.wording.placeholders import PLACEHOLDERS

PAGE = Path(__file__).resolve().parents[3] / "docs/templates.md"


def test_every_placeholder_is_described():
    assert re.findall(r"^\| `\{(\w+)\}` \|", PAGE.read_text(), flags=re.M) == list(PLACEHOLDERS)
