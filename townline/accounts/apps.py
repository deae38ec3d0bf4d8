from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "townline.accounts"

    def ready(self) -> None:
        from townline.accounts import checks as checks
        from townline.accounts import system

        post_migrate.connect(system.move_in, sender=self)
