from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "townline.site"
    label = "site"
