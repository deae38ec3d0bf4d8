from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "townline.records"

    def ready(self) -> None:
        """Statements of disagreement stand beside cases and customers from the start."""
        from townline.records import beside  # noqa: F401
