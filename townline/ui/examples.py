"""The made-up content of the page `/ui/`: nobody real, every state."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.core.localized import Localized
from townline.ui.forms import Choice, DateParts

MUNICIPALITY = SimpleNamespace(
    name=Localized(en="Municipality of Clarington", fr="Municipalité de Clarington"),
    service_name=Localized(en="Service Clarington"),
    phone="905-623-3379",
    email="info@example.org",
    address="40 Temperance Street\nBowmanville, Ontario  L1C 3A6",
    alternate_format=Localized(
        en="If you need this information in another format, call the Accessibility Coordinator at "
        "905-623-3379 ext. 2131.",
        fr="Pour obtenir cette information dans un autre format, composez le 905-623-3379, poste 2131.",
    ),
    emergency=Localized(
        en="In an emergency, call 9-1-1. Do not use this site when life or property is in danger.",
        fr="En cas d’urgence, composez le 9-1-1.",
    ),
)


class ReportForm(forms.Form):
    """One of every kind of question."""

    subject = forms.CharField(max_length=120, help_text="A few words, such as “Pothole on King Street”.")
    what_happened = forms.CharField(widget=forms.Textarea, max_length=2000)
    seen_on = forms.DateField(widget=DateParts(), help_text="For example, 27 3 2026.")
    email = forms.EmailField(
        required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}), help_text="We send the answer here."
    )
    reply_by = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            ("email", Choice("E-mail", "Usually the same day.")),
            ("mail", Choice("Letter", "Takes about five days.")),
            ("none", "I do not need an answer"),
        ],
    )
    where = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("road", "On the road"), ("walk", "On the sidewalk"), ("park", "In a park")],
    )
    ward = forms.ChoiceField(choices=[("", "Choose a ward"), ("1", "Ward 1"), ("2", "Ward 2")])
    photo = forms.FileField(required=False, help_text="A photo helps us find the place. Up to 10 MB.")
    agree = forms.BooleanField(label="I have read how my information is used", help_text="It is kept for two years.")


def language(request: HttpRequest) -> str:
    """The language asked for: `?lang=fr`, else English."""
    return "fr" if request.GET.get("lang") == "fr" else "en"


def frame(request: HttpRequest, layout: str) -> dict[str, Any]:
    """What the context processor gives every page, made up."""
    here = language(request)
    desk = layout == "desk"
    labels = ["Work", "Interactions", "Customers", "Outbox", "Setup"] if desk else ["Services", "Check on a request"]
    return {
        "municipality": MUNICIPALITY,
        "demo": True,
        "navigation": [
            {
                "url": f"#{label}",
                "label": label,
                "current": label == labels[0],
                "count": 140 if label == "Work" else None,
            }
            for label in labels
        ],
        "languages": [
            {"code": code, "label": label, "url": f"?lang={code}", "current": code == here}
            for code, label in (("en", "English"), ("fr", "Français"))
        ],
        "health": ["Mail was not fetched for 12 minutes.", "3 messages could not be sent."] if desk else [],
        "footer_links": [{"url": "#privacy", "label": "Privacy"}, {"url": "#words", "label": "What our words mean"}],
        "search_words": "",
    }


def _clocks(now: datetime) -> list[SimpleNamespace]:
    def clock(hours: int, ended: int | None = None) -> SimpleNamespace:
        ended_at = None if ended is None else now + timedelta(hours=ended)
        return SimpleNamespace(due_at=now + timedelta(hours=hours), ended_at=ended_at)

    waiting = SimpleNamespace(due_at=None, ended_at=None, is_running=True)
    return [clock(200), clock(6), clock(-52), waiting, clock(-30, -40), clock(-80, -20), SimpleNamespace(due_at=None)]


def _record(value: str, label: str) -> SimpleNamespace:
    return SimpleNamespace(status=value, get_status_display=lambda: label)


def _rows(now: datetime) -> list[SimpleNamespace]:
    subjects = [
        ("CL-7K3M-9QRT-2", "Pothole on King Street East near the library", "Potholes", -52, "open", "Open"),
        ("CL-2B8X-4MNP-7", "Street light out", "Street lights", 6, "new", "New"),
        (
            "CL-9F1C-6WYZ-3",
            "Parked over the sidewalk every morning on Liberty Street",
            "Parking",
            30,
            "waiting",
            "Waiting",
        ),
        ("CL-5D4H-8JKL-1", "Missed collection", "Waste", 200, "open", "Open"),
    ]
    return [
        SimpleNamespace(
            reference=reference,
            subject=subject,
            service=service,
            due_at=now + timedelta(hours=hours),
            record=_record(value, label),
        )
        for reference, subject, service, hours, value, label in subjects
    ]


def everything() -> dict[str, Any]:
    """The records that the components are shown with."""
    now = timezone.now()
    return {
        "now": now,
        "today": timezone.localdate(),
        "clocks": _clocks(now),
        "records": [
            _record("new", _("New")),
            _record("open", _("Open")),
            _record("waiting", _("Waiting")),
            _record("closed", _("Closed")),
        ],
        "rows": _rows(now),
        "english_only": Localized(en="Roads and sidewalks"),
        "both": Localized(en="Garbage and recycling", fr="Déchets et recyclage"),
        "form": ReportForm({"subject": "", "seen_on_day": "31", "seen_on_month": "2", "seen_on_year": "2026"}),
        "clean_form": ReportForm(prefix="clean", initial={"seen_on": date(2026, 3, 27)}),
        "answers": [
            ("Where", "40 Temperance Street, Bowmanville", "#where"),
            ("What happened", "A deep hole in the curb lane.\nTwo cars went around it.", "#what"),
            ("Photos", "None"),
        ],
        "trail": [("Home", "#"), ("Roads", "#roads"), ("Potholes", "")],
        "stages": ["Where is it", "What happened", "About you", "Check your answers"],
        "icons": ["report", "bylaw", "permit", "voice", "ask", "track", "search", "phone", "mail", "counter"],
    }


def refused() -> dict[str, Any]:
    """What a page that refuses is given."""
    return {
        "sentence": "This case was closed by Ben on Thursday. Reopen it to change it.",
        "back_url": "#back",
        "action": "#again",
        "fields": [("subject", "Pothole on King Street"), ("what", "A deep hole.\nTwo cars went around it.")],
    }
