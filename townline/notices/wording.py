"""A notice in plain words, for pages and letters."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.notices.season import parts_of
from townline.ui.moments import day_of_year, near_moment


def period(notice: Any) -> str:
    """“until Friday 4 December, 4:30 p.m.”, “from 15 November to 31 March every year”."""
    if notice.kind == notice.Kind.SEASON:
        ends = {name: day_of_year(*parts_of(getattr(notice, f"season_{name}"))) for name in ("from", "until")}
        return _("From %(from)s to %(until)s every year") % ends
    now = timezone.now()
    begins = near_moment(notice.from_at, now) if notice.from_at and notice.from_at > now else ""
    ends_at = near_moment(notice.until_at, now) if notice.until_at else ""
    if begins and ends_at:
        return _("From %(from)s until %(until)s") % {"from": begins, "until": ends_at}
    if begins:
        return _("From %(from)s") % {"from": begins}
    return _("Until %(until)s") % {"until": ends_at} if ends_at else _("Until further notice")


def in_lines(notice: Any) -> list[str]:
    """The whole notice as lines of plain text, in the language of the moment."""
    said = [
        (_("Where"), notice.area),
        (_("Why"), notice.reason),
        (_("How long"), notice.duration),
        (_("What you can use instead"), notice.alternatives),
    ]
    more = [_("%(label)s: %(text)s") % {"label": label, "text": text} for label, text in said if text]
    return [f"{notice.name}. {notice.text}", *more, f"{period(notice)}."]
