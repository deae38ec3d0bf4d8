"""What is wrong with a pack, so that its author can put it right."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from townline.core.refusals import Refusal


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what would be right."""

    file: str
    line: int
    what: str
    would_be_right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.would_be_right}".rstrip()


class PackRefused(Refusal):
    """The pack is refused whole, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def report(self) -> str:
        """Every problem on its line, and how many there are."""
        count = len(self.problems)
        return f"{self}\n{count} problem{'s' if count > 1 else ''}. Nothing was changed."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, or all of them when none is near."""
    choices = sorted(known)
    near = get_close_matches(str(word), choices, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    if not choices:
        return "There is none to choose from yet."
    listed = ", ".join(choices[:20])
    return f"Known: {listed}{', …' if len(choices) > 20 else ''}."
