from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "townline.routing"
