from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "townline.callbacks"

    def ready(self) -> None:
        """Calls that are owed stand beside their case and their customer from the start."""
        from townline.callbacks import beside  # noqa: F401
