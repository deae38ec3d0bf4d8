from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "townline.council"

    def ready(self) -> None:
        """Inquiries stand beside their cases, and words are minded, from the start."""
        from townline.council import beside, minding  # noqa: F401
