"""The kinds of case, the doors they come in by, and the units that time is promised in."""

from django.db import models
from django.utils.translation import gettext_lazy as _l


class Kind(models.TextChoices):
    """The kinds of case; what each needs differs, what each is does not."""

    INQUIRY = "inquiry", _l("Inquiry")
    SERVICE_REQUEST = "service_request", _l("Service request")
    BYLAW_COMPLAINT = "bylaw_complaint", _l("By-law complaint")
    COMPLAINT = "complaint", _l("Complaint, verbal")
    FORMAL_COMPLAINT = "formal_complaint", _l("Formal complaint")
    COMPLIMENT = "compliment", _l("Compliment")
    FEEDBACK = "feedback", _l("Feedback")
    APPLICATION = "application", _l("Application")
    ACCESS_REQUEST = "access_request", _l("Access request")


class Door(models.TextChoices):
    """The doors of the portal's home page; and the one at the desk, by which staff ask their colleagues."""

    REPORT = "report", _l("Report a problem")
    BYLAW = "bylaw", _l("By-law complaint")
    PERMIT = "permit", _l("Permits and licences")
    VOICE = "voice", _l("Complaint, compliment or feedback")
    ASK = "ask", _l("Ask a question")
    STAFF = "staff", _l("For staff")

    @classmethod
    def public(cls) -> "list[Door]":
        """Those of the portal."""
        return [door for door in cls if door is not cls.STAFF]


class TimeUnit(models.TextChoices):
    """What a promise of time is counted in."""

    BUSINESS_DAYS = "business_days", _l("business days")
    BUSINESS_HOURS = "business_hours", _l("business hours")
    CALENDAR_DAYS = "calendar_days", _l("calendar days")
    HOURS = "hours", _l("hours")
