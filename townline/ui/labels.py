"""A label and what it labels on one line, with the colon of the language of the page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def labelled(label: object, value: object) -> str:
    """“Received: Counter”; in French with a narrow no-break space before the colon."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def labelled_html(label: object, value: SafeString | str) -> SafeString:
    """The same for a page; what is not HTML yet is escaped."""
    return format_html(labelled("{}", "{}"), label, value)
