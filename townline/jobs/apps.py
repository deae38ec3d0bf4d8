from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "townline.jobs"
