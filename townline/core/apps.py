from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "townline.core"

    def ready(self) -> None:
        """Read each part's policies and reactions, and the start-up checks."""
        import_module("townline.core.checks")
        for config in apps.get_app_configs():
            if config.name.startswith("townline."):
                for module in ("policy", "reactions", "schedule"):
                    if find_spec(f"{config.name}.{module}"):
                        import_module(f"{config.name}.{module}")
