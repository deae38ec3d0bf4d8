from django.apps import AppConfig


class AfterHoursConfig(AppConfig):
    name = "townline.afterhours"
