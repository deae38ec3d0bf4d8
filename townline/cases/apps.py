from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "townline.cases"
