from django.apps import AppConfig


class MacrosConfig(AppConfig):
    name = "townline.macros"
