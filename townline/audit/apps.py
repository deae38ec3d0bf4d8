from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "townline.audit"

    def ready(self) -> None:
        from townline.timeline import triggers

        triggers.append_only("audit_link")
        triggers.append_only("audit_checkpoint")
        post_migrate.connect(triggers.guard_events, sender=self)
