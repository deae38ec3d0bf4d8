from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    name = "townline.colleagues"
