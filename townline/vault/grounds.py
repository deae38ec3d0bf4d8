"""On which ground somebody may open a safe: each part that keeps safes says so for its own kind.

What no part speaks for is opened by nobody. There is no rank, role or
superuser that opens a safe by itself.
"""

from collections.abc import Callable
from typing import Any

from townline.vault.models import Safe

Keeper = Callable[[Safe, Any, str], str]
_keepers: dict[str, Keeper] = {}


def keeps(kind: str) -> Callable[[Keeper], Keeper]:
    """Register who may open safes of this kind: a function that names the ground, or gives "" for no."""

    def register(keeper: Keeper) -> Keeper:
        _keepers[kind] = keeper
        return keeper

    return register


def ground_of(safe: Safe, user: Any, purpose: str) -> str:
    """The ground on which this user may open this safe for this purpose now; empty when there is none."""
    keeper = _keepers.get(safe.kind)
    return keeper(safe, user, purpose) if keeper and not safe.shredded_at else ""
