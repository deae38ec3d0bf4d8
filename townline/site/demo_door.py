"""What the public meets at the door of the demonstration: what is going on there."""

from datetime import timedelta

from django.utils import timezone

from townline.accounts.models import User
from townline.catalogue.models import Kind, Service
from townline.core.localized import Localized
from townline.notices.models import Notice
from townline.notices.writing import draft_notice


def something_is_going_on(people: dict[str, User]) -> None:
    """A watermain is broken, and the lift of the town hall does not work; both are invented."""
    if Notice.objects.exclude(kind=Notice.Kind.SEASON).exists():
        return
    now, dana = timezone.now(), people["dana"]
    asked = Service.objects.offered().filter(door="report", kind=Kind.SERVICE_REQUEST).order_by("sort_key")
    water = draft_notice(
        by=dana,
        name=Localized(en="Invented: watermain break", fr="Inventé : bris de conduite d’eau"),
        text=Localized(
            en="Crews are at work. Water may be brown for some hours: let it run until it is clear.",
            fr="Les équipes sont au travail. L’eau peut être brune pendant quelques heures : laissez-la couler.",
        ),
        area=Localized(en="Around Invented Street and Sample Avenue", fr="Autour d’Invented Street et Sample Avenue"),
        streets=["Invented Street", "Sample Avenue"],
        services=list(asked.values_list("code", flat=True)[:6]),
        from_at=now - timedelta(hours=2),
        until_at=now + timedelta(days=1),
    )
    water.publish(by=dana)
    lift = draft_notice(
        by=dana,
        kind=Notice.Kind.DISRUPTION,
        name=Localized(en="Invented: the lift is out of service", fr="Inventé : l’ascenseur est hors service"),
        text=Localized(en="The lift of the town hall does not run.", fr="L’ascenseur de l’hôtel de ville est arrêté."),
        reason=Localized(en="It is being repaired.", fr="Il est en réparation."),
        duration=Localized(en="About two days", fr="Environ deux jours"),
        alternatives=Localized(
            en="Meet us at the ground floor counter, or call us: we come to you.",
            fr="Rencontrez-nous au comptoir du rez-de-chaussée, ou appelez-nous : nous venons à vous.",
        ),
        from_at=now - timedelta(hours=5),
        until_at=now + timedelta(days=2),
    )
    lift.publish(by=dana)
