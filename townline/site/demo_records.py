"""Records in the demonstration: a hold, and a consent that lets a case go sooner."""

from django.utils import timezone

from townline.accounts.models import User
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.records.models import EarlyConsent, Hold, RecordsClass
from townline.records.models.classes import class_of


def records_are_kept(people: dict[str, User]) -> None:
    """Once; everything invented."""
    if Hold.objects.exists() or not RecordsClass.objects.exists():
        return
    dana = people["dana"]
    service = Service.objects.filter(kind="bylaw_complaint").order_by("pk").first()
    if service:
        Hold.place(by=dana, kind="legal", reason="Invented claim about this service.", service=service)
    classes = list(RecordsClass.objects.all())
    for case in Case.objects.closed().filter(is_confidential=False).select_related("service").order_by("pk"):
        chosen = class_of(case.service.code, case.kind, classes)
        if chosen and chosen.action == "destroy" and not chosen.bylaw and case.service != service:
            EarlyConsent.note(case, by=dana, how="written", on=timezone.localdate())
            break
