from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "townline.notices"

    def ready(self) -> None:
        """What is going on stands beside cases, and goes along with confirmations, from the start."""
        from townline.notices import beside_cases  # noqa: F401
