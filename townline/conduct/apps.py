from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "townline.conduct"

    def ready(self) -> None:
        """What is to be known before contact stands beside cases and customers from the start."""
        from townline.conduct import before_contact  # noqa: F401
