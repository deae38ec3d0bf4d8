from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "townline.surveys"
