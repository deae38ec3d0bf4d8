"""Counts of few people: which of them may be shown, so that none of the others can be reckoned from what is.

A count of one to four points at somebody. Hiding it is not enough: with the
total beside it, a single hidden count is the difference. So more are hidden,
the smallest first, until what is hidden could be otherwise: even for somebody
who knows this rule and tries every way in which it might have come out.
"""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")
LEAST = 5


def shown(count: int, least: int = LEAST) -> int | None:
    """A single count, or a total: itself, or None when it points at somebody."""
    return None if 0 < count < least else count


def protect(cells: Mapping[Key, int], least: int = LEAST) -> dict[Key, int | None]:
    """The counts of one breakdown whose total may be known: each itself, or None.

    Hidden are the small ones. As long as all that is hidden is of one size, which the total would
    tell, the next larger counts are hidden too; where there are none, everything is, the zeros as well.
    """
    hidden = {key for key, count in cells.items() if shown(count, least) is None}
    while hidden and len({cells[key] for key in hidden}) < 2:
        rest = [count for key, count in cells.items() if key not in hidden and count]
        if not rest:
            hidden = set(cells)
            break
        hidden |= {key for key, count in cells.items() if count == min(rest)}
    return {key: None if key in hidden else count for key, count in cells.items()}
