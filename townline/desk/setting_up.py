"""What a clerk may change at the desk: the pages of “Setup”, each with who may open it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.setup.kinds import KINDS


@dataclass(frozen=True)
class SetupPage:
    """One page of the setup: its address, its name, what is done there, and the grants of which one is enough."""

    view: str
    label: Any
    about: Any
    grants: tuple[str, ...]
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.view, args=self.args)

    @property
    def link(self) -> SafeString:
        """Its name, leading there."""
        return format_html('<a href="{}">{}</a>', self.url, self.label)


PAGES = [
    *(SetupPage("setup:rows", one.many, one.about, one.grants, (one.kind,)) for one in KINDS.values()),
    SetupPage(
        "accounts:people",
        _l("People"),
        _l("Who works here, in which departments and with which roles; invitations."),
        ("accounts.invite",),
    ),
    SetupPage(
        "accounts:calendars",
        _l("Calendars"),
        _l("Opening hours, holidays and closures, by which promises are reckoned."),
        ("setup.read", "catalogue.edit"),
    ),
    SetupPage(
        "desk:weather",
        _l("Weather"),
        _l("Declare a significant weather event, say so to customers, and declare it over."),
        ("weather.declare",),
    ),
    SetupPage(
        "notices:notices",
        _l("Notices"),
        _l("What the public should know now or this season, and the cases that belong to it."),
        ("catalogue.edit", "case.supervise", "setup.read"),
    ),
    SetupPage(
        "surveys:results",
        _l("Questionnaires"),
        _l("What customers say some weeks after their case was closed."),
        ("catalogue.edit", "case.supervise", "setup.read"),
    ),
    SetupPage(
        "routing:in_force",
        _l("Routing"),
        _l("The rules by which a case goes to a department and a queue, and how queues are given out."),
        ("setup.read", "routing.edit"),
    ),
    SetupPage(
        "wording:templates",
        _l("Templates"),
        _l("Words that are ready for messages, for the end of a case and for notes."),
        ("catalogue.edit", "case.supervise", "setup.read"),
    ),
    SetupPage(
        "afterhours:scripts",
        _l("Scripts after hours"),
        _l("What the answering service asks, and when it pages somebody."),
        ("catalogue.edit", "setup.read"),
    ),
    SetupPage(
        "records:assessments",
        _l("Privacy assessments"),
        _l("Services that collect personal information, and which of them nobody has assessed yet."),
        ("records.access", "setup.read"),
    ),
    SetupPage(
        "macros:macros",
        _l("Macros"),
        _l("Several steps on a case that are usually done together."),
        ("catalogue.edit", "case.supervise", "setup.read"),
    ),
]


def pages_for(user: User) -> list[SetupPage]:
    """The pages this person may open."""
    return [page for page in PAGES if any(user.holds(grant) for grant in page.grants)]
