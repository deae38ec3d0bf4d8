"""A part of the year that comes round again, such as 15 November to 31 March: written “11-15” and “03-31”."""

from calendar import monthrange
from datetime import date

from townline.core.refusals import NotPossible


def day_of_season(month: int, day: int) -> str:
    """How a day of every year is written; one that no year has is refused."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]):
        raise NotPossible("There is no such day.")
    return f"{month:02}-{day:02}"


def parts_of(written: str) -> tuple[int, int]:
    """The month and the day of it."""
    month, day = written.split("-")
    return int(month), int(day)


def is_in_season(on: date, first: str, last: str) -> bool:
    """Does the day lie in the season? Its last day belongs to it, and it may run over New Year."""
    today = f"{on.month:02}-{on.day:02}"
    return first <= today <= last if first <= last else today >= first or today <= last
