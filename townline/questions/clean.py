"""An answer of the right kind becomes its normal form; of the wrong kind, a sentence that says what to do.

The normal form is plain JSON: text, a number, whole cents, a date as
2026-03-31, an option's code, a list of codes, "yes" or "no", or a place as
{text, lat, long}. Text that people typed and values that programs sent come
the same way; cleaning what is clean changes nothing.

Lengths are judged before anything else looks at a text, and no pattern here
can run away on a long one. Control characters, which nobody types and which
PostgreSQL refuses (NUL), are taken out; all other text stays as it was typed.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from townline.documents.reading import limits_in_words
from townline.questions.definition import LONGEST_ANSWER, Kind, Question
from townline.questions.saying import amount, number
from townline.questions.terms import Context

CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
SURROGATES = re.compile("[\ud800-\udfff]")
NUMBER = re.compile(r"[-−]?\d{1,12}(\.\d{1,6})?")
DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FILE_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
SPACES = {ord(space): None for space in " \u00a0\u202f\u2009"}


class Wrong(ValueError):
    """The answer cannot be taken; the sentence says what to do."""


def normalized(question: Question, given: Any, context: Context) -> Any:
    """The answer in its normal form; None when nothing was answered. Raises `Wrong`."""
    if isinstance(given, str):
        given = _typed(question, given)
    if given is None or given == "" or given == [] or given == {}:
        return None
    return NORMAL[question.kind](question, given, context)


def _typed(question: Question, given: str) -> str:
    if len(given) > 4 * LONGEST_ANSWER:
        raise Wrong(_too_long(question.length, len(given)))
    text = given.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
    text = SURROGATES.sub("\ufffd", text)
    if question.kind != Kind.PARAGRAPH:
        text = text.replace("\n", " ").replace("\t", " ")
    text = text.strip()
    if len(text) > question.length:
        raise Wrong(_too_long(question.length, len(text)))
    return text


def _too_long(limit: int, length: int) -> str:
    return _("This has %(length)s characters. Shorten it to %(limit)s or fewer.") % {
        "length": number(length),
        "limit": number(limit),
    }


def _text(question: Question, given: Any, context: Context) -> str:
    if not isinstance(given, str):
        raise Wrong(_("Enter the answer as text."))
    return given


def _plain_number(given: Any) -> Decimal | None:
    """What a person may have written as a number, in the language of the page; None when it is none."""
    text = given.translate(SPACES).strip("$").replace("−", "-")
    if (get_language() or "en").startswith("fr"):
        text = text.replace(",", ".")
    else:
        whole, *groups = text.split(".")[0].split(",")
        if len(groups) == 1 and len(groups[0]) != 3 and "." not in text:
            text = f"{whole}.{groups[0]}"
        elif all(len(group) == 3 for group in groups):
            text = text.replace(",", "")
    return Decimal(text) if NUMBER.fullmatch(text) else None


def _number(question: Question, given: Any, context: Context) -> int | float:
    if isinstance(given, str):
        found = _plain_number(given)
        if found is None:
            raise Wrong(_("Enter a number, such as 12 or 2.5."))
        given = int(found) if found == found.to_integral_value() else float(found)
    if not isinstance(given, int | float) or isinstance(given, bool) or not abs(given) < 10**12:
        raise Wrong(_("Enter a number, such as 12 or 2.5."))
    value = int(given) if given == int(given) else round(float(given), 6)
    return _within(question, value, number)


def _money(question: Question, given: Any, context: Context) -> int:
    """Typed text is dollars; a whole number is already cents."""
    if isinstance(given, str):
        found = _plain_number(given)
        cents = found * 100 if found is not None else None
        if cents is None or cents != cents.to_integral_value():
            raise Wrong(_("Enter an amount in dollars and cents, such as 12.50."))
        given = int(cents)
    if isinstance(given, bool) or not isinstance(given, int) or abs(given) >= 10**14:
        raise Wrong(_("Enter an amount in dollars and cents, such as 12.50."))
    return int(_within(question, given, amount))


def _within(question: Question, value: int | float, said: Callable[[Any], str]) -> int | float:
    if question.min is not None and value < question.min:
        raise Wrong(_("This must be %(limit)s or more.") % {"limit": said(question.min)})
    if question.max is not None and value > question.max:
        raise Wrong(_("This must be %(limit)s or less.") % {"limit": said(question.max)})
    return value


def _date(question: Question, given: Any, context: Context) -> str:
    match = DATE.fullmatch(given) if isinstance(given, str) else None
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        found = None
    if found is None:
        raise Wrong(_("Enter a date that exists: day, month, and year with four digits."))
    if not 1900 <= found.year <= 2100:
        raise Wrong(_("Enter a year from 1900 to 2100."))
    if question.past and found > context.today:
        raise Wrong(_("Enter today’s date or an earlier one."))
    return found.isoformat()


def _one_choice(question: Question, given: Any, context: Context) -> str:
    if not isinstance(given, str) or given not in question.codes:
        raise Wrong(_("Choose one of the answers that are listed."))
    return given


def _many_choices(question: Question, given: Any, context: Context) -> list[str]:
    chosen = given if isinstance(given, list | tuple) else [given]
    if len(chosen) > 2 * len(question.codes) or any(
        not isinstance(code, str) or code not in question.codes for code in chosen
    ):
        raise Wrong(_("Choose only from the answers that are listed."))
    return [code for code in question.codes if code in chosen]


def _yes_no(question: Question, given: Any, context: Context) -> str:
    if given not in ("yes", "no"):
        raise Wrong(_("Choose yes or no."))
    return str(given)


def _place(question: Question, given: Any, context: Context) -> dict[str, Any] | None:
    """An address or a description in words, and a point on the map if there is one."""
    if isinstance(given, str):
        given = {"text": given}
    if not isinstance(given, dict) or set(given) - {"text", "lat", "long"}:
        raise Wrong(_("Enter an address, or describe the place."))
    text = given.get("text") or ""
    if not isinstance(text, str):
        raise Wrong(_("Enter an address, or describe the place."))
    lat, long = _coordinate(given.get("lat"), 90), _coordinate(given.get("long"), 180)
    if (lat is None) != (long is None):
        raise Wrong(_("The point on the map is not complete. Put it again, or take it off."))
    text = _typed(question, text)
    return {"text": text, "lat": lat, "long": long} if text or lat is not None else None


def _coordinate(given: Any, limit: int) -> float | None:
    if given is None or given == "":
        return None
    try:
        found = float(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else None
    except (ValueError, OverflowError):
        found = None
    if found is None or not isfinite(found) or abs(found) > limit:
        raise Wrong(_("The point on the map is not right. Put it again, or take it off."))
    return round(found, 6)


def _email(question: Question, given: Any, context: Context) -> str:
    text = _text(question, given, context)
    try:
        validate_email(text)
    except ValidationError:
        raise Wrong(_("Enter an e-mail address, such as name@example.com.")) from None
    return text


def _phone(question: Question, given: Any, context: Context) -> str:
    """Kept in its international form with its extension; a number without a country is Canadian."""
    text = _text(question, given, context)
    try:
        found = phonenumbers.parse(text, "CA")
    except phonenumbers.NumberParseException:
        found = None
    if found is None or not phonenumbers.is_possible_number(found):
        raise Wrong(_("Enter a phone number with its area code, such as 905-555-0123."))
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _files(question: Question, given: Any, context: Context) -> list[str]:
    """The keys of files that were brought before; whose they are, the door looks after."""
    keys = list(dict.fromkeys(given)) if isinstance(given, list | tuple) else [given]
    if any(not isinstance(key, str) or not FILE_KEY.fullmatch(key) for key in keys):
        raise Wrong(_("Choose the files again."))
    if len(keys) > question.most_files:
        raise Wrong(most_files_in_words(question))
    return keys


def most_files_in_words(question: Question) -> str:
    """How many files it takes."""
    most = question.most_files
    return ngettext("Add at most %(count)s file.", "Add at most %(count)s files.", most) % {"count": most}


NORMAL: dict[Kind, Callable[[Question, Any, Context], Any]] = {
    Kind.SHORT_TEXT: _text,
    Kind.PARAGRAPH: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.ONE_CHOICE: _one_choice,
    Kind.MANY_CHOICES: _many_choices,
    Kind.YES_NO: _yes_no,
    Kind.FILE: _files,
    Kind.PLACE: _place,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
}


def missing(question: Question) -> str:
    """What to do about a required question that has no answer."""
    if question.kind in (Kind.ONE_CHOICE, Kind.YES_NO):
        return _("Choose an answer.")
    if question.kind == Kind.MANY_CHOICES:
        return _("Choose at least one answer.")
    if question.kind == Kind.FILE:
        return _("Add at least one photo or document.")
    return _("Answer this question.")


def limits(question: Question) -> str:
    """The limits of an answer, said before they are hit; empty when there are none to say."""
    if question.kind in (Kind.NUMBER, Kind.MONEY):
        return _range_of(question)
    if question.kind == Kind.FILE:
        return f"{most_files_in_words(question)} {limits_in_words()}"
    if question.kind == Kind.DATE and question.past:
        return _("Today or earlier.")
    if question.kind == Kind.PARAGRAPH or (question.kind == Kind.SHORT_TEXT and question.max_length):
        return ngettext("Up to %(limit)s character.", "Up to %(limit)s characters.", question.length) % {
            "limit": number(question.length)
        }
    return ""


def _range_of(question: Question) -> str:
    said = amount if question.kind == Kind.MONEY else number
    if question.min is not None and question.max is not None:
        return _("From %(least)s to %(most)s.") % {"least": said(question.min), "most": said(question.max)}
    if question.min is not None and question.min != 0:
        return _("%(limit)s or more.") % {"limit": said(question.min)}
    if question.max is not None:
        return _("%(limit)s or less.") % {"limit": said(question.max)}
    return ""
