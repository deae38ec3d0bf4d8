"""Numbers, amounts and days as they are written in the language of the moment."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language

from townline.ui import moments


def _locale() -> str:
    return "fr_CA" if (get_language() or "en").startswith("fr") else "en_CA"


def number(value: int | float) -> str:
    """1250.5 is “1,250.5” or “1 250,5”."""
    return str(format_decimal(value, format="#,##0.######", locale=_locale()))


def amount(cents: int | float) -> str:
    """1250 cents are “$12.50” or “12,50 $”."""
    return str(format_currency(Decimal(int(cents)) / 100, "CAD", locale=_locale()))


def day(value: str) -> str:
    """2026-03-31 as the pages say a day; text that is no date stays as it is."""
    try:
        return moments.day(date.fromisoformat(value))
    except ValueError:
        return value
