from django.apps import AppConfig


class DoorstepConfig(AppConfig):
    name = "townline.doorstep"

    def ready(self) -> None:
        """The link that confirms an address goes along with confirmations from the start."""
        from townline.doorstep import confirming  # noqa: F401
