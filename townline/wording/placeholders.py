"""The words in braces that a template may hold, and what is put in their place.

The list is fixed: a template with any other word in braces is refused when it
is saved, with the name and the list. A value that a case lacks stays in the
text as it is written, so that whoever writes sees what is missing, and a text
in which a placeholder still stands is not sent.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

PLACEHOLDERS: dict[str, str | Promise] = {
    "reference": _l("the reference of the case"),
    "service": _l("the name of the service"),
    "subject": _l("what the case is about"),
    "place": _l("where it is"),
    "received": _l("the day on which it came in"),
    "due": _l("the day by which the next promise is due"),
    "assignee": _l("who has the case"),
    "assignee_position": _l("the position of whoever has the case"),
    "department": _l("the department that looks after it"),
    "department_phone": _l("the phone number of the department"),
    "department_email": _l("the e-mail address of the department"),
    "municipality": _l("the name of the municipality"),
    "municipality_phone": _l("the main phone number"),
    "service_centre": _l("the name of the service centre"),
    "tracking_link": _l("the link under which the customer follows the case"),
    "today": _l("today’s date"),
}
IN_BRACES = re.compile(r"\{\s*([^{}\n]{0,60}?)\s*\}")


class Filled(NamedTuple):
    """A text with its values, and the names of those that were missing."""

    text: str
    missing: list[str]


def named(text: str) -> list[str]:
    """Every word in braces, once, in the order of the text."""
    return list(dict.fromkeys(IN_BRACES.findall(text)))


def unknown(text: str) -> list[str]:
    """The words in braces for which there is no value."""
    return [name for name in named(text) if name not in PLACEHOLDERS]


def unfilled(text: str) -> list[str]:
    """The placeholders that still stand in a text about to be sent."""
    return [name for name in named(text) if name in PLACEHOLDERS]


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Put the values in; what has none stays in its braces and is named."""
    missing = [name for name in named(text) if not values.get(name)]
    return Filled(IN_BRACES.sub(lambda found: values.get(found[1]) or found[0], text), missing)


def in_braces(names: list[str]) -> str:
    """For a sentence: “{due}, {place}”."""
    return ", ".join(f"{{{name}}}" for name in names)


def still_open(names: list[str]) -> str:
    """Why a text cannot be sent: placeholders stand in it for which there was no value."""
    return _("Write something in place of %(names)s, or take it out.") % {"names": in_braces(names)}


def refusal(text: str) -> str:
    """What is wrong with the placeholders of a template, in a sentence; nothing when nothing is."""
    wrong = unknown(text)
    if not wrong:
        return ""
    return _("There is no %(names)s. You can use: %(list)s.") % {
        "names": in_braces(wrong),
        "list": in_braces(list(PLACEHOLDERS)),
    }
