"""What is wrong with a definition, so that its author can put it right."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

Loc = tuple[str | int, ...]


class Finding(NamedTuple):
    """One thing to put right: the way to it through the JSON, what is wrong, and what would be right."""

    loc: Loc
    what: str
    right: str

    def __str__(self) -> str:
        return f"{'.'.join(str(step) for step in self.loc)}: {self.what} {self.right}".rstrip()


def one_of(word: object, known: Iterable[str]) -> str:
    """A sentence with the nearest known word, or with all of them."""
    choices = sorted(known)
    near = get_close_matches(str(word), choices, n=1)
    if near:
        return _("Did you mean “%(word)s”?") % {"word": near[0]}
    if not choices:
        return _("There is none to choose from.")
    return _("Write one of: %(words)s.") % {"words": ", ".join(choices[:20])}
