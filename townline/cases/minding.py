"""Words that go out are minded by whoever above knows what must not be said: each check may refuse."""

from collections.abc import Callable
from typing import Any

Check = Callable[[Any, str, bool], None]
_checks: list[Check] = []


def minds_words(check: Check) -> Check:
    """Register a check: it is given the case, the words, and whether followers read them; it refuses or lets go."""
    _checks.append(check)
    return check


def mind(case: Any, text: str, *, for_followers: bool) -> None:
    """Ask every check, before words to the customer are kept."""
    for check in _checks:
        check(case, text, for_followers)
