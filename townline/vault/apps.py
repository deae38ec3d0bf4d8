from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "townline.vault"

    def ready(self) -> None:
        from townline.vault import fence, keys  # noqa: F401  (their checks are registered)

        post_migrate.connect(fence.raise_fence, sender=self)
