from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def set_time_limit(statement: str, using: str) -> None:
    """Building an index on a large table may take longer than any page may."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)


def lift_time_limit(using: str, **kwargs: Any) -> None:
    """Before migrating."""
    set_time_limit("SET statement_timeout = 0", using)


def restore_time_limit(using: str, **kwargs: Any) -> None:
    """After migrating."""
    set_time_limit("RESET statement_timeout", using)


class TimelineConfig(AppConfig):
    name = "townline.timeline"

    def ready(self) -> None:
        from townline.timeline import triggers

        pre_migrate.connect(lift_time_limit, sender=self)
        post_migrate.connect(restore_time_limit, sender=self)
        post_migrate.connect(triggers.guard_events, sender=self)
