from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TimelineConfig(AppConfig):
    name = "townline.timeline"

    def ready(self) -> None:
        from townline.timeline import triggers

        post_migrate.connect(triggers.guard_events, sender=self)
