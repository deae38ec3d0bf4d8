from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "townline.setup"
